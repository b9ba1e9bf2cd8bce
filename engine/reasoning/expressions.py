"""Conditions as Python expressions, two-valued or in two parts: what is true, and what is possible."""

from __future__ import annotations

from typing import Final, NamedTuple

from engine.content.conditions import All, Any, Comparison, Condition, FindingIs, Known, Not, Some
from engine.reasoning.watching import Limit, Watching

DEPTH: Final = 12
"""Operators within one expression; what lies deeper gets a line of its own, far from the parser's limit."""

WIDTH: Final = 8
"""Parts of a sum; of more a tuple is summed, as a long chain of ``+`` is a deep tree to Python's compiler."""

SUM, NOT, AND, OR = range(4)
"""How loosely operators bind, which says where parentheses are needed; comparisons are among the parts of ``not``."""


class _Deep(NamedTuple):
    """Something that gets a line of its own."""

    name: str
    condition: Condition
    possible: bool


class Expressions:
    """Writes conditions as expressions.

    Three-valued, everything has two parts: whether it is true, and whether it is possible, that is true or unknown.
    ``not`` swaps the two: what is not possible is false, so its negation is true. Findings have a local for each part
    (``s``, ``q``). A measure has two values (``a``, ``b``), the same number where it is known; otherwise one lies
    under and one over every limit, so that whether a comparison is true or possible is one comparison each.

    Args:
        watching: the program's.
        three_valued: whether measures that are compared may be unknown.
        lines: of the function; what is too deep for one expression is put there.
    """

    def __init__(self, watching: Watching, *, three_valued: bool, lines: list[str]) -> None:
        self._watching = watching
        self._three_valued = three_valued
        self._lines = lines
        self._named = 0
        self._deep: list[_Deep] = []

    def text(self, condition: Condition, *, possible: bool, under: int = OR) -> str:
        """Write a condition.

        Args:
            condition: may be nested however deep.
            possible: whether its possible part is wanted, or its true one; two-valued they are the same.
            under: the operator that it will stand under.
        """
        text = self._write(condition, possible, under, 0)
        lines = []
        while self._deep:
            name, inner, part = self._deep.pop()
            lines.append(f" {name}={self._write(inner, part, OR, 0)}")
        self._lines += reversed(lines)  # as each reads some that were found after it
        return text

    def limit(self, limit: Limit, *, possible: bool) -> str:
        """Write half a comparison."""
        value = "v" if not self._three_valued else "a" if possible == limit.below else "b"
        return f"{value}{limit.place}{'<' if limit.below else '>='}{limit.edge}"

    def finding(self, finding: str, *, possible: bool) -> str:
        """Write a finding."""
        return f"{'q' if possible and self._three_valued else 's'}{self._watching.numbers[finding]}"

    def _write(self, node: Condition, possible: bool, under: int, depth: int) -> str:
        if depth == DEPTH and not isinstance(node, Comparison | FindingIs | Known):
            return self._later(node, possible)
        text, binding = self._bare(node, possible, depth + 1)
        return f"({text})" if binding > under else text

    def _bare(self, node: Condition, possible: bool, inside: int) -> tuple[str, int]:
        """Write a node without parentheses around it, and say how loosely its operator binds."""
        match node:
            case FindingIs(finding):
                return self.finding(finding, possible=possible), SUM
            case Comparison():
                halves = [self.limit(each, possible=possible) for each in self._watching.halves(node)]
                return " and ".join(halves), AND if len(halves) > 1 else NOT
            case Known(measure):
                return f"v{self._watching.places[measure]} is not None", NOT
            case Not(part):
                return f"not {self._write(part, not possible, NOT, inside)}", NOT
            case All(parts):
                return " and ".join([self._write(each, possible, AND, inside) for each in parts]) or "True", AND
            case Any(parts):
                return " or ".join([self._write(each, possible, OR, inside) for each in parts]) or "False", OR
            case Some(count, parts):
                return f"{_sum([self._write(each, possible, SUM, inside) for each in parts])}>={count}", NOT

    def _later(self, node: Condition, possible: bool) -> str:
        name = f"h{self._named}"
        self._named += 1
        self._deep.append(_Deep(name, node, possible))
        return name


def _sum(parts: list[str]) -> str:
    return "+".join(parts) if 0 < len(parts) <= WIDTH else f"sum(({''.join(part + ',' for part in parts)}))"
