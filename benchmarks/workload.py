"""The workload: a seeded rule base in three layers, and seeded profiles to assess with it.

It is the workload of the research (25 measures; 40 % findings over measures, 35 % causes over findings and scores, 25 %
actions over causes, findings and scores), written as the engine's own statements, so that every evaluator starts from
the same tree. Numbers are integer thousandths throughout.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from engine.content.conditions import All, Any, Comparison, Condition, FindingIs, Not
from engine.content.measures import THOUSAND, Measure
from engine.reasoning.strata import Program, Statement, Vector, stratify

Values: TypeAlias = dict[Measure, int]
"""What one team's measures are, in thousandths; a measure that is absent is unknown."""

DIMENSIONS: Final = 12
SCORES: Final = tuple(Measure("score", f"d{i:02}", "members") for i in range(DIMENSIONS))
SPREADS: Final = tuple(Measure("spread", f"d{i:02}", "members") for i in range(DIMENSIONS))
COUNT: Final = Measure("respondents", group="members")
MEASURES: Final = (*SCORES, *SPREADS, COUNT)

SCORE_THRESHOLDS: Final = range(1800, 3001, 50)
SPREAD_THRESHOLDS: Final = range(600, 1401, 50)
COUNT_THRESHOLDS: Final = range(5 * THOUSAND, 12 * THOUSAND, THOUSAND)

FINDINGS_SHARE: Final = 0.40
CAUSES_SHARE: Final = 0.35


@dataclass(frozen=True, slots=True)
class Workload:
    """A rule base and the profiles that every engine assesses with it.

    Args:
        program: the statements in strata. Ids begin with ``f``, ``c`` or ``a``; those of actions are numbered by
            priority, so actions are in order when their ids are.
        profiles: values of every measure.
        gaps: the same profiles with about 4 % of the measures unknown.
        actions: the ids of the actions.
    """

    program: Program
    profiles: tuple[Values, ...]
    gaps: tuple[Values, ...]
    actions: frozenset[str]

    @property
    def size(self) -> int:
        """Give the number of rules."""
        return sum(map(len, self.program.strata))


def make(rules: int, profiles: int, seed: int = 2026, unknown: float = 0.04) -> Workload:
    """Make a workload; equal arguments give an equal workload on every machine.

    Args:
        rules: how many rules, at least 10.
        profiles: how many profiles.
        seed: of the random numbers.
        unknown: the share of measures left out of the profiles of ``gaps``.
    """
    rng = random.Random(f"{seed} {rules}")
    program = stratify(_statements(rng, rules))
    whole = tuple(_profile(rng) for _ in range(profiles))
    gaps = tuple({key: value for key, value in each.items() if rng.random() >= unknown} for each in whole)
    actions = frozenset(each.id for stratum in program.strata for each in stratum if each.id.startswith("a"))
    return Workload(program, whole, gaps, actions)


def vectors(program: Program, profiles: Sequence[Values]) -> list[Vector]:
    """Give the profiles as the engine's evaluators take them."""
    return [program.vector(values) for values in profiles]


def in_order(actions: frozenset[str], fired: tuple[str, ...]) -> list[str]:
    """Give the actions among the fired rules, most important first; every engine's assessment ends with it."""
    return sorted(actions.intersection(fired))


def _statements(rng: random.Random, rules: int) -> list[Statement]:
    findings = [f"f{i:05}" for i in range(round(rules * FINDINGS_SHARE))]
    causes = [f"c{i:05}" for i in range(round(rules * CAUSES_SHARE))]
    actions = [f"a{i:05}" for i in range(rules - len(findings) - len(causes))]
    return [
        *(Statement(each, _finding(rng)) for each in findings),
        *(Statement(each, _cause(rng, findings)) for each in causes),
        *(Statement(each, _cause(rng, [*causes, *findings])) for each in actions),
    ]


def _profile(rng: random.Random) -> Values:
    """Draw scores 1.00–5.00, spreads 0.00–2.00 and a count of 3–12, rounded to two decimals."""
    scores = {each: _hundredths(rng.gauss(3.25, 0.75), 1, 5) for each in SCORES}
    spreads = {each: _hundredths(rng.gauss(0.9, 0.35), 0, 2) for each in SPREADS}
    return {**scores, **spreads, COUNT: rng.randint(3, 12) * THOUSAND}


def _hundredths(value: float, low: int, high: int) -> int:
    return round(min(max(value, low), high) * 100) * (THOUSAND // 100)


def _low(rng: random.Random) -> Comparison:
    return Comparison(rng.choice(SCORES), "below", rng.choice(SCORE_THRESHOLDS))


def _wide(rng: random.Random) -> Comparison:
    return Comparison(rng.choice(SPREADS), "above", rng.choice(SPREAD_THRESHOLDS))


def _many(rng: random.Random) -> Comparison:
    return Comparison(COUNT, "at-least", rng.choice(COUNT_THRESHOLDS))


def _finding(rng: random.Random) -> Condition:
    """Draw a condition over measures."""
    low, other = _low(rng), _low(rng)
    return rng.choice((
        low,
        All((low, _wide(rng))),
        All((low, other)),
        All((Any((low, other)), _many(rng))),
        All((low, Not(other))),
    ))  # fmt: skip


def _cause(rng: random.Random, below: list[str]) -> Condition:
    """Draw a condition over rules of the layers below and scores."""
    one, two, three = (FindingIs(each) for each in rng.sample(below, 3))
    return rng.choice((
        All((one, two)),
        All((one, Not(two))),
        All((one, Any((two, _low(rng))))),
        All((one, _low(rng), Not(three))),
    ))  # fmt: skip
