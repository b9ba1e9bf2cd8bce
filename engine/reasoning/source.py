"""Generated Python: the statements of a program, each tested inside an ``if`` of what watches it.

The limits of one measure that watch anything are nested, the widest outside, so that the first one that does not hold
skips all that are narrower.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final

from engine.content.conditions import All, Comparison, Condition, FindingIs
from engine.reasoning.expressions import AND, Expressions
from engine.reasoning.strata import Program, Statement
from engine.reasoning.watching import Limit, Watch, Watching

LEVELS: Final = 40
"""Limits nested in each other; Python's parser takes 100 levels of indentation."""


@dataclass(slots=True)
class Group:
    """Tests that stand inside the same ``if``.

    Args:
        lines: of the tests.
        inner: groups further inside, by what must hold for them.
    """

    lines: list[str] = field(default_factory=list)
    inner: dict[Watch, Group] = field(default_factory=dict)


class Source:
    """The text of the function ``decide(vector)``, line by line.

    It returns the ids of the statements that are true and, if it is three-valued, of those that are unknown.
    Two-valued, it returns None where something that is compared is unknown.

    Args:
        program: what is decided.
        watching: the program's.
        three_valued: whether measures that are compared may be unknown.
    """

    def __init__(self, program: Program, watching: Watching, *, three_valued: bool) -> None:
        self._program = program
        self._watching = watching
        self._three_valued = three_valued
        self._lines: list[str] = []
        self._expressions = Expressions(watching, three_valued=three_valued, lines=self._lines)

    def text(self) -> str:
        """Give the source."""
        parts = "sq" if self._three_valued else "s"
        # findings are parameters, as their defaults cost less than assignments
        kept = sorted(self._watching.numbers[each] for each in self._watching.kept)
        findings = "".join(f",{part}{number}=False" for number in kept for part in parts)
        self._line(f"def decide(vector{findings}):", 0)
        self._line(f"({''.join(f'v{place},' for place in self._watching.places.values())})=vector")
        self._values(sorted({limit.place for limit in self._watching.limits}))
        self._line("true=[];unknown=[]")
        for stratum in self._program.strata:
            self._line("t=[];u=[]" if self._three_valued else "t=[]")
            self._stratum(stratum)
            self._line("t.sort();true+=t")  # within a stratum, statements are ordered by id
            if self._three_valued:
                self._line("u.sort();unknown+=u")
        self._line("return tuple(true),tuple(unknown)")
        return "\n".join(self._lines) + "\n"

    def _line(self, text: str, indent: int = 1) -> None:
        self._lines.append(" " * indent + text)

    def _values(self, compared: Sequence[int]) -> None:
        if self._three_valued:
            edges = [limit.edge for limit in self._watching.limits]
            for place in compared:
                self._line(f"if v{place} is None:a{place}={min(edges) - 1};b{place}={max(edges)}")
                self._line(f"else:a{place}=b{place}=v{place}")
        elif compared:
            self._line(f"if {' or '.join(f'v{place} is None' for place in compared)}:return None")

    def _stratum(self, stratum: Sequence[Statement]) -> None:
        root = Group()
        for statement in stratum:
            paths = self._watching.paths[statement.id]
            lines = self._test(statement, paths[0][-1] if len(paths) == 1 else None)
            for path in paths or ((),):
                group = root
                for watch in path:
                    group = group.inner.setdefault(watch, Group())
                group.lines += lines
        self._limits(root)
        self._group(root, 1)

    def _limits(self, root: Group) -> None:
        limits = [watch for watch in root.inner if isinstance(watch, Limit)]
        limits.sort(key=lambda limit: (limit.chain, limit.narrowness))
        for _, chain in groupby(limits, key=lambda limit: limit.chain):
            for level, limit in enumerate(chain):
                indent = 1 + level % LEVELS
                self._line(f"if {self._expressions.limit(limit, possible=True)}:", indent)
                self._group(root.inner[limit], indent + 1)

    def _group(self, group: Group, indent: int) -> None:
        for line in group.lines:
            self._line(line, indent)
        for watch, inner in group.inner.items():
            if isinstance(watch, str):
                self._line(f"if {self._expressions.finding(watch, possible=True)}:", indent)
                self._group(inner, indent + 1)

    def _test(self, statement: Statement, watch: Watch | None) -> list[str]:
        """Write a test and what follows from it, to stand inside the ``if`` of the only thing that watches it."""
        number, name = self._watching.numbers[statement.id], repr(statement.id)
        keep = statement.id in self._watching.kept
        possible = self._possible(statement, watch)
        if not self._three_valued:
            then = (f"s{number}=True;" if keep else "") + f"t.append({name})"
            return [then if possible == "True" else f"if {possible}:{then}"]
        true = self._expressions.text(statement.condition, possible=False)
        return [
            f"if {possible}:",
            f" if {true}:" + (f"s{number}=q{number}=True;" if keep else "") + f"t.append({name})",
            " else:" + (f"q{number}=True;" if keep else "") + f"u.append({name})",
        ]

    def _possible(self, statement: Statement, watch: Watch | None) -> str:
        rest = self._without(statement.condition, watch)
        if len(self._watching.paths[statement.id]) <= 1:
            return self._expressions.text(rest, possible=True)
        found_already = self._expressions.finding(statement.id, possible=True)
        return f"not {found_already} and {self._expressions.text(rest, possible=True, under=AND)}"

    def _without(self, condition: Condition, watch: Watch | None) -> Condition:
        """Leave out what holds where the statement is tested."""
        if isinstance(condition, All):
            return All(tuple([part for part in condition.parts if not self._is(part, watch)]))
        return All(()) if self._is(condition, watch) else condition

    def _is(self, condition: Condition, watch: Watch | None) -> bool:
        if isinstance(watch, str):
            return isinstance(condition, FindingIs) and condition.finding == watch
        return isinstance(condition, Comparison) and self._watching.halves(condition) == [watch]
