"""Random programs and vectors: every shape a coach may write, and many that none would; seeded, of a given size."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Final

from engine.content.conditions import All, Any, Comparison, Condition, FindingIs, Known, Not, Operator, Some
from engine.content.measures import WORDS, Measure, word_value
from engine.reasoning.strata import Program, Statement, stratify

OPERATORS: Final[tuple[Operator, ...]] = ("below", "at-most", "above", "at-least", "within", "is")
EXTREMES: Final = (-(10**9), -1, 0, 1, 10**9)


@dataclass(frozen=True, slots=True)
class Shape:
    """What a random program looks like.

    Args:
        statements: how many.
        measures: how many different ones.
        strata: into how many the statements are dealt, at most.
        depth: of conditions, at most.
        width: parts of a condition, at most.
        values: how many different numbers measures and thresholds take; few make ties and equal conditions.
        unknown: the share of measures that are unknown.
    """

    statements: int
    measures: int = 8
    strata: int = 3
    depth: int = 3
    width: int = 4
    values: int = 20
    unknown: float = 0.2


def small(random: Random) -> Shape:
    """Give a shape of one to some thirty statements."""
    return Shape(
        statements=random.choice((1, 2, 5, 10, random.randint(1, 30))),
        measures=random.randint(1, 10),
        strata=random.randint(1, 12),
        depth=random.choice((0, 1, 2, 3, 5)),
        width=random.choice((1, 2, 3, 4, 8)),
        values=random.choice((2, 5, 20, 500)),
        unknown=random.choice((0.0, 0.04, 0.2, 0.5, 1.0)),
    )


def large(random: Random) -> Shape:
    """Give a shape of a hundred to two thousand statements."""
    return Shape(
        statements=random.choice((100, 300, 600, 1000, 2000)),
        measures=random.choice((1, 3, 25, 60, 300)),
        strata=random.randint(1, 12),
        depth=random.choice((0, 1, 2, 3)),
        width=random.choice((2, 3, 4, 12)),
        values=random.choice((2, 20, 200, 3000)),
        unknown=random.choice((0.0, 0.04, 0.2, 0.5)),
    )


def wide(random: Random) -> Shape:
    """Give a shape of a few statements, whose conditions have up to hundreds of parts."""
    return Shape(
        statements=random.randint(1, 8),
        measures=random.choice((2, 20, 400)),
        strata=random.randint(1, 3),
        depth=random.randint(1, 2),
        width=random.choice((20, 100, 400)),
        values=random.choice((5, 200, 3000)),
        unknown=random.choice((0.0, 0.04, 0.5)),
    )


def program(random: Random, shape: Shape) -> Program:
    """Give a random program."""
    return stratify(_Conditions(random, shape).statements())


def vector(random: Random, shape: Shape, of: Program) -> list[int | None]:
    """Give a random vector for a program of a shape."""
    return [None if random.random() < shape.unknown else _value(random, shape, measure) for measure in of.measures]


def _value(random: Random, shape: Shape, measure: Measure) -> int:
    if measure.kind in WORDS:
        return word_value(measure.kind, random.choice(WORDS[measure.kind]))
    if random.random() < 0.01:
        return random.choice(EXTREMES)
    return 1000 + 10 * random.randrange(-shape.values // 10, shape.values)


class _Conditions:
    def __init__(self, random: Random, shape: Shape) -> None:
        self._random = random
        self._shape = shape
        self._measures = [_measure(number) for number in range(shape.measures)]
        self._findings: list[str] = []

    def statements(self) -> list[Statement]:
        names = [f"rule-{number:04}" for number in range(self._shape.statements)]
        self._random.shuffle(names)
        made: list[Statement] = []
        for stratum in range(self._shape.strata):
            here = names[stratum :: self._shape.strata]
            made += [Statement(name, self._statement(made)) for name in here]
            self._findings += here
        return made

    def _statement(self, made: list[Statement]) -> Condition:
        if made and self._random.random() < 0.05:
            return self._random.choice(made).condition  # some say the same
        return self._condition(self._random.randint(0, self._shape.depth))

    def _condition(self, depth: int) -> Condition:
        if depth == 0:
            return self._leaf()
        kind = self._random.choice(("all", "all", "any", "any", "not", "some"))
        if kind == "not":
            return Not(self._condition(depth - 1))
        width = 0 if self._random.random() < 0.03 else self._random.randint(1, self._shape.width)
        parts = tuple(self._condition(self._random.randrange(depth)) for _ in range(width))
        if kind == "some":
            return Some(self._random.randint(0, width + 1), parts)
        return All(parts) if kind == "all" else Any(parts)

    def _leaf(self) -> Condition:
        chance = self._random.random()
        if self._findings and chance < 0.35:
            return FindingIs(self._random.choice(self._findings))
        measure = self._random.choice(self._measures)
        return Known(measure) if chance > 0.92 else self._comparison(measure)

    def _comparison(self, measure: Measure) -> Comparison:
        operand = _value(self._random, self._shape, measure)
        if measure.kind in WORDS:
            return Comparison(measure, "is", operand)
        upper = operand + 10 * self._random.randint(-2, 8)
        return Comparison(measure, self._random.choice(OPERATORS), operand, upper)


def _measure(number: int) -> Measure:
    match number % 5:
        case 0:
            return Measure("fact", f"fact-{number}")
        case 1:
            return Measure("trend", f"dimension-{number}", "members")
        case 2:
            return Measure("gap", f"dimension-{number}", "members", "customers")
        case _:
            return Measure("score", f"dimension-{number}", "members")
