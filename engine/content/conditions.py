"""The condition tree: what a rule's ``when`` means, whichever evaluator decides it.

Every evaluator is built from this tree and must agree on its meaning: Kleene's strong three-valued logic over
integer comparisons, in which a comparison with an unknown measure is unknown and ``Known`` never is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from engine.content.measures import Measure

Operator = Literal["below", "at-most", "above", "at-least", "within", "is"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in a file, counted from 1."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """A measure compared with one number, or with an inclusive pair for ``within``.

    Args:
        measure: what is compared.
        operator: how; ``is`` compares for equality (words, and counts).
        operand: the number in thousandths; for ``within`` the lower end.
        upper: for ``within`` the upper end in thousandths, otherwise unused.
    """

    measure: Measure
    operator: Operator
    operand: int
    upper: int = 0
    place: Place | None = field(default=None, compare=False)

    @property
    def bounds(self) -> tuple[int | None, int | None]:
        """Give ``(low, high)``: the comparison holds exactly when ``low <= value < high``; None is no bound."""
        match self.operator:
            case "below":
                return None, self.operand
            case "at-most":
                return None, self.operand + 1
            case "above":
                return self.operand + 1, None
            case "at-least":
                return self.operand, None
            case "is":
                return self.operand, self.operand + 1
            case "within":
                return self.operand, self.upper + 1


@dataclass(frozen=True, slots=True)
class Known:
    """True when the measure is known, false when it is not; never unknown itself."""

    measure: Measure
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class FindingIs:
    """The verdict of the rule that concludes the finding: true, false or unknown."""

    finding: str
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class All:
    """True when every part is true, false when any is false, otherwise unknown; true when empty."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """True when any part is true, false when every one is false, otherwise unknown; false when empty."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """True when the part is false, false when it is true, unknown when it is unknown."""

    part: Condition


@dataclass(frozen=True, slots=True)
class Some:
    """True when at least ``count`` parts are true, false when that cannot happen, otherwise unknown."""

    count: int
    parts: tuple[Condition, ...]


Condition: TypeAlias = Comparison | Known | FindingIs | All | Any | Not | Some
Leaf: TypeAlias = Comparison | Known | FindingIs


def leaves(condition: Condition) -> Iterator[Leaf]:
    """Yield the comparisons, ``known`` tests and findings of a condition, from left to right."""
    stack: list[Condition] = [condition]
    while stack:
        node = stack.pop()
        match node:
            case All(parts) | Any(parts) | Some(_, parts):
                stack.extend(reversed(parts))
            case Not(part):
                stack.append(part)
            case _:
                yield node


def with_findings(condition: Condition, names: Mapping[str, str]) -> Condition:
    """Give the condition with findings renamed.

    Args:
        condition: any condition, nested no deeper than a content file can be.
        names: new names by old name; others stay.
    """
    match condition:
        case FindingIs(finding, place):
            return FindingIs(names.get(finding, finding), place)
        case All(parts):
            return All(tuple(with_findings(part, names) for part in parts))
        case Any(parts):
            return Any(tuple(with_findings(part, names) for part in parts))
        case Some(count, parts):
            return Some(count, tuple(with_findings(part, names) for part in parts))
        case Not(part):
            return Not(with_findings(part, names))
        case _:
            return condition
