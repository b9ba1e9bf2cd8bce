"""Strata: the order in which statements are decided, so that each is decided after what it reads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from engine.content.conditions import Comparison, Condition, FindingIs, Known, leaves
from engine.content.measures import Measure
from engine.errors import PelikirjaError

Vector: TypeAlias = Sequence[int | None]
"""One value per measure of a program, in thousandths; None is unknown."""


@dataclass(frozen=True, slots=True)
class Statement:
    """Something to decide: a rule by its id, or the ``unless`` of a play."""

    id: str
    condition: Condition


class Verdicts(NamedTuple):
    """What an evaluator decided; statements in neither tuple are false.

    Args:
        true: ids of the statements that are true, in the program's order.
        unknown: ids of the statements that are unknown, in the program's order.
    """

    true: tuple[str, ...]
    unknown: tuple[str, ...]


class CircularFindings(PelikirjaError):
    """Statements that read each other's findings in a circle.

    Args:
        chain: the ids along the circle; the first is repeated at the end.
    """

    def __init__(self, chain: tuple[str, ...]) -> None:
        self.chain = chain
        super().__init__("rules read each other in a circle: " + " → ".join(chain))


@dataclass(frozen=True, slots=True)
class Program:
    """Statements in strata; within a stratum ordered by id, so that no file order shows.

    Args:
        strata: each stratum reads only findings of the ones before it.
        measures: every measure that some statement reads, sorted; the places of a Vector.
    """

    strata: tuple[tuple[Statement, ...], ...]
    measures: tuple[Measure, ...]

    def vector(self, values: Mapping[Measure, int]) -> list[int | None]:
        """Give the values of this program's measures; ``done`` and ``adopted`` are false unless given."""
        return [values.get(measure, 0 if measure.kind in ("done", "adopted") else None) for measure in self.measures]


def stratify(statements: Iterable[Statement]) -> Program:
    """Put statements into strata.

    Args:
        statements: with distinct ids, in any order; a finding that no statement concludes is not allowed.

    Raises:
        CircularFindings: statements read each other in a circle.
    """
    by_id = {statement.id: statement for statement in sorted(statements, key=lambda each: each.id)}
    reads = {each.id: _findings(each.condition) for each in by_id.values()}
    heights = _heights(reads)
    strata: list[list[Statement]] = [[] for _ in range(max(heights.values(), default=-1) + 1)]
    for statement in by_id.values():
        strata[heights[statement.id]].append(statement)
    return Program(tuple(map(tuple, strata)), _measures(by_id.values()))


def _findings(condition: Condition) -> tuple[str, ...]:
    return tuple(sorted({leaf.finding for leaf in leaves(condition) if isinstance(leaf, FindingIs)}))


def _measures(statements: Iterable[Statement]) -> tuple[Measure, ...]:
    return tuple(sorted({
        leaf.measure
        for statement in statements
        for leaf in leaves(statement.condition)
        if isinstance(leaf, Comparison | Known)
    }))  # fmt: skip


def _heights(reads: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
    """Give each id's stratum, by a depth-first walk with a stack of its own (chains may be long)."""
    heights: dict[str, int] = {}
    for start in reads:
        path: dict[str, int] = {start: 0}  # id → how many of its reads were walked; ordered as the walk
        while path:
            current, walked = next(reversed(path.items()))
            pending = reads[current][walked:]
            if not pending:
                heights[current] = 1 + max((heights[read] for read in reads[current]), default=-1)
                del path[current]
            elif pending[0] in heights:
                path[current] += 1
            elif pending[0] in path:
                circle = list(path)[list(path).index(pending[0]) :]
                raise CircularFindings((*circle, pending[0]))
            else:
                path[pending[0]] = 0
    return heights
