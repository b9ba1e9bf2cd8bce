"""Lowering: a program as disjunctions of flat conjunctions, the only shape in which durable-rules is safe.

Negation is pushed down to the tests, so that every test says "at least so true" and the same conjunctions serve
both passes: what is true, and what is possible (true or unknown). See research/durable-rules.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations
from math import comb
from typing import Final, Literal, NamedTuple, TypeAlias

from engine.content.conditions import All, Any, Comparison, Condition, FindingIs, Known, Leaf, Not, Some
from engine.content.measures import Measure
from engine.reasoning.strata import Program

Kind = Literal["below", "at-least", "known", "missing", "true", "false", "count"]

MOST: Final = 10**9
"""The largest value that is compared as it is; thresholds beyond it are cut, which changes no comparison."""

WIDTH: Final = 50
"""Tests in one conjunction; a longer one is cut into helpers."""

PRODUCT: Final = 32
"""Tests that multiplying out a disjunction may cost; a dearer one becomes a helper."""

CHOICES: Final = 10
"""Ways to choose that a ``some`` is written out for; a wider one is counted."""


class Test(NamedTuple):
    """The one thing a pattern tests: a field against a number.

    Args:
        kind: ``below`` and ``at-least`` compare a measure, ``count`` a count; the others are present or not.
        of: the place of the measure, or the number of the node or of the count.
        bound: less than this for ``below``, otherwise at least this.
    """

    kind: Kind
    of: int
    bound: int = 1


Conjunction: TypeAlias = frozenset[Test]
Disjunction: TypeAlias = tuple[Conjunction, ...]

TRUE: Final[Disjunction] = (frozenset(),)
FALSE: Final[Disjunction] = ()


class Lowered:
    """A program's nodes, which are its statements and then helpers, and the counts that nodes read.

    Attributes:
        nodes: each node's disjunction.
        stages: for each node, the stage that decides it: later than those of everything it reads.
        counts: for each count, the flags it counts: ``true``, ``false``, ``known`` or ``missing`` tests.
        count_stages: for each count, the first stage that may read it.

    Args:
        program: whose statements; node n is the program's nth statement.
    """

    def __init__(self, program: Program) -> None:
        statements = [statement for stratum in program.strata for statement in stratum]
        self.nodes: list[Disjunction] = [FALSE] * len(statements)
        self.stages: list[int] = [0] * len(statements)
        self.counts: list[tuple[Test, ...]] = []
        self.count_stages: list[int] = []
        self._numbers = {statement.id: number for number, statement in enumerate(statements)}
        self._places = {measure: place for place, measure in enumerate(program.measures)}
        self._helpers: dict[Conjunction | frozenset[Conjunction], Test] = {}
        self._counted: dict[tuple[Test, ...], int] = {}
        for number, statement in enumerate(statements):
            self._set(number, self._lower(statement.condition))

    def _set(self, number: int, disjunction: Disjunction) -> None:
        self.nodes[number] = disjunction
        tests = (test for conjunction in disjunction for test in conjunction)
        self.stages[number] = max(map(self._stage, tests), default=0)

    def _stage(self, test: Test) -> int:
        """Give the first stage in which a test can be made."""
        if test.kind in ("true", "false"):
            return self.stages[test.of] + 1
        return self.count_stages[test.of] if test.kind == "count" else 0

    def _lower(self, condition: Condition) -> Disjunction:
        """Lower a condition from its leaves up, with a stack of its own: it may be deep."""
        tasks: list[tuple[Condition, bool, bool]] = [(condition, True, False)]
        done: list[Disjunction] = []
        while tasks:
            node, wanted, ready = tasks.pop()
            match node:
                case Comparison() | Known() | FindingIs():
                    done.append(self._leaf(node, wanted))
                case Not(part):
                    tasks.append((part, not wanted, False))
                case All(parts) | Any(parts) | Some(_, parts) if ready:
                    lowered = done[len(done) - len(parts) :]
                    del done[len(done) - len(parts) :]
                    done.append(self._compound(node, wanted, lowered))
                case All(parts) | Any(parts) | Some(_, parts):
                    tasks.append((node, wanted, True))
                    tasks.extend((part, wanted, False) for part in reversed(parts))
        return done[0]

    def _leaf(self, leaf: Leaf, wanted: bool) -> Disjunction:
        match leaf:
            case Comparison(measure):
                return self._comparison(measure, leaf.bounds, wanted)
            case Known(measure):
                return _single(Test("known" if wanted else "missing", self._places[measure]))
            case FindingIs(finding):
                return _single(Test("true" if wanted else "false", self._numbers[finding]))

    def _comparison(self, measure: Measure, bounds: tuple[int | None, int | None], wanted: bool) -> Disjunction:
        low, high = bounds
        place = self._places[measure]
        if wanted:
            tests = [Test("at-least", place, _cut(low))] if low is not None else []
            tests += [Test("below", place, _cut(high))] if high is not None else []
            return (frozenset(tests),)
        outside = [Test("below", place, _cut(low))] if low is not None else []
        outside += [Test("at-least", place, _cut(high))] if high is not None else []
        return tuple(frozenset((test,)) for test in outside)

    def _compound(self, node: All | Any | Some, wanted: bool, parts: list[Disjunction]) -> Disjunction:
        match node:
            case Some(count):
                return self._some(count if wanted else len(parts) - count + 1, parts)
            case All() if wanted:
                return self._all(parts)
            case Any() if not wanted:
                return self._all(parts)
            case _:
                return _any(parts)

    def _all(self, parts: Iterable[Disjunction]) -> Disjunction:
        """Join parts that must all hold: one disjunction is multiplied out, the others become helpers."""
        parts = list(dict.fromkeys(parts))
        if FALSE in parts:
            return FALSE
        fixed = [conjunction for part in parts if len(part) == 1 for conjunction in part]
        open_parts = sorted((part for part in parts if len(part) > 1), key=len)
        branches: Disjunction = TRUE
        if open_parts and len(open_parts[-1]) * (1 + sum(map(len, fixed))) <= PRODUCT:
            branches = open_parts.pop()
        fixed += [frozenset((self._helper(part),)) for part in open_parts]
        common = self._narrow(_tightest(fixed))
        return tuple(dict.fromkeys(self._narrow(_tightest((common, branch))) for branch in branches))

    def _narrow(self, conjunction: Conjunction) -> Conjunction:
        """Cut a conjunction of many tests into helpers of WIDTH, until few enough are left."""
        while len(conjunction) > WIDTH:
            ordered = sorted(conjunction)
            pieces = (ordered[start : start + WIDTH] for start in range(0, len(ordered), WIDTH))
            conjunction = frozenset(self._helper((frozenset(piece),)) for piece in pieces)
        return conjunction

    def _some(self, count: int, parts: list[Disjunction]) -> Disjunction:
        """Say that at least so many parts hold: written out where that is short, otherwise counted."""
        count -= parts.count(TRUE)
        parts = [part for part in parts if part not in (TRUE, FALSE)]
        if count <= 0:
            return TRUE
        if count > len(parts):
            return FALSE
        if count == 1:
            return _any(parts)
        if count == len(parts) or comb(len(parts), count) <= CHOICES:
            return _any([self._all(chosen) for chosen in combinations(parts, count)])
        return _single(Test("count", self._count(parts), count))

    def _count(self, parts: Sequence[Disjunction]) -> int:
        flags = tuple(sorted(self._flag(part) for part in parts))
        if flags not in self._counted:
            self._counted[flags] = len(self.counts)
            self.counts.append(flags)
            self.count_stages.append(max(map(self._stage, flags)))
        return self._counted[flags]

    def _flag(self, part: Disjunction) -> Test:
        if len(part) == 1 and len(part[0]) == 1:
            (test,) = part[0]
            if test.kind in ("true", "false", "known", "missing"):
                return test
        return self._helper(part)

    def _helper(self, disjunction: Disjunction) -> Test:
        """Give the test that a helper is true; equal disjunctions share one."""
        key = frozenset(disjunction)
        if key not in self._helpers:
            number = len(self.nodes)
            self.nodes.append(disjunction)
            self.stages.append(0)
            self._set(number, disjunction)
            self._helpers[key] = Test("true", number)
        return self._helpers[key]


def _single(test: Test) -> Disjunction:
    return (frozenset((test,)),)


def _any(parts: Iterable[Disjunction]) -> Disjunction:
    conjunctions = tuple(dict.fromkeys(conjunction for part in parts for conjunction in part))
    return TRUE if frozenset() in conjunctions else conjunctions


def _tightest(conjunctions: Iterable[Conjunction]) -> Conjunction:
    """Join conjunctions, keeping the tightest bound of each field; right for unknown measures too."""
    bounds: dict[tuple[Kind, int], int] = {}
    for conjunction in conjunctions:
        for kind, of, bound in conjunction:
            known = bounds.get((kind, of), bound)
            bounds[kind, of] = min(bound, known) if kind == "below" else max(bound, known)
    return frozenset(Test(kind, of, bound) for (kind, of), bound in bounds.items())


def _cut(bound: int) -> int:
    return max(-MOST, min(MOST + 1, bound))
