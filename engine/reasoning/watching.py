"""Where each statement is tested: only where something that it needs holds, and most of the time nothing does.

A condition that requires a comparison or a finding is *watched* by it; one that requires nothing is tested always.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple, TypeAlias

from engine.content.conditions import All, Any, Comparison, Condition, FindingIs, leaves
from engine.reasoning.strata import Program, Statement

DEEPEST: Final = 6
"""How deep in a condition a watch is looked for."""

WATCHES: Final = 4
"""The most that may watch one statement: an ``any`` needs one for each part."""

LONGEST: Final = 20
"""The most findings on a path: Python's parser takes 100 levels of indentation."""


class Limit(NamedTuple):
    """Half a comparison.

    Args:
        place: the measure's place in the vector.
        below: whether a value must be below the edge, or at least as high.
        edge: in thousandths.
    """

    place: int
    below: bool
    edge: int

    @property
    def chain(self) -> tuple[int, bool]:
        """Name the limits that it is compared with: each of them includes all that are narrower."""
        return self.place, self.below

    @property
    def narrowness(self) -> int:
        """Order the limits of a chain from the widest to the narrowest."""
        return -self.edge if self.below else self.edge


Watch: TypeAlias = Limit | str
"""What must hold: half a comparison, or the finding with this id."""

Path: TypeAlias = tuple[Watch, ...]
"""What must hold one after the other: the last watches the statement, each other watches the one after it."""


class Watching:
    """What is found out about a program before its source is written.

    Attributes:
        numbers: of the statements by id, in the program's order.
        places: of the measures in the vector.
        limits: halves of all comparisons.
        kept: the ids of the statements whose verdicts are kept, as something reads them.
        paths: of the statements by id; none where it is tested always, several where each of several may suffice.

    Args:
        program: that is to be written.
    """

    def __init__(self, program: Program) -> None:
        statements = [statement for stratum in program.strata for statement in stratum]
        self.numbers = {statement.id: number for number, statement in enumerate(statements)}
        self.places = {measure: place for place, measure in enumerate(program.measures)}
        self.limits: set[Limit] = set()
        self.kept: set[str] = set()
        self.paths: dict[str, tuple[Path, ...]] = {}
        for statement in statements:
            self._read(statement)
            self._watch(statement)

    def halves(self, comparison: Comparison) -> list[Limit]:
        """Give the limits that a comparison consists of, which are one or two."""
        place, (low, high) = self.places[comparison.measure], comparison.bounds
        halves = [] if low is None else [Limit(place, False, low)]
        return halves if high is None else [*halves, Limit(place, True, high)]

    def _read(self, statement: Statement) -> None:
        for leaf in leaves(statement.condition):
            match leaf:
                case FindingIs(finding):
                    self.kept.add(finding)
                case Comparison():
                    self.limits.update(self.halves(leaf))

    def _watch(self, statement: Statement) -> None:
        watches = self._watches(statement.condition, DEEPEST)
        self.paths[statement.id] = tuple([(*self._way(watch), watch) for watch in watches])
        if len(watches) > 1:  # it is tested in several places and must not be counted twice, so its tests read it
            self.kept.add(statement.id)

    def _way(self, watch: Watch) -> Path:
        """Give the path to a finding, where there is just one."""
        paths = self.paths[watch] if isinstance(watch, str) else ()
        return paths[0] if len(paths) == 1 and len(paths[0]) <= LONGEST else ()

    def _watches(self, condition: Condition, depth: int) -> list[Watch]:
        """Give what watches a condition: where none of it is possible, the condition is false."""
        match condition:
            case FindingIs(finding):
                return [finding]
            case Comparison():
                return [*self.halves(condition)[:1]]
            case All(parts) if depth and parts:
                return min([self._watches(part, depth - 1) for part in parts], key=_cost)
            case Any(parts) if depth and len(parts) <= WATCHES:
                several = [self._watches(part, depth - 1) for part in parts]
                watches = list({watch: None for some in several for watch in some})
                return watches if all(several) and len(watches) <= WATCHES else []
            case _:
                return []


def _cost(watches: Sequence[Watch]) -> int:
    """Guess how often some of them holds; a finding holds more seldom than a comparison, as most need several."""
    return sum([1 if isinstance(watch, str) else 2 for watch in watches]) or 3 * WATCHES
