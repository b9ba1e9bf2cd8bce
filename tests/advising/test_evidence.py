"""Explanations against what the evaluators decide: engine/advising/evidence.py."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.advising.evidence import Evidence, Situation, cost, missing, support, truth
from engine.content.conditions import All, Any, Comparison, Condition, FindingIs, Known, Not, Operator, Some, leaves
from engine.content.measures import Measure
from engine.reasoning.strata import Verdicts
from tests.reasoning import generated, plain

SEEDS = st.integers(0, 10**9)
OPERATORS: tuple[Operator, ...] = ("below", "at-most", "above", "at-least", "within", "is")


@settings(max_examples=150)
@given(SEEDS)
def test_truth_agrees_with_the_evaluators(seed: int) -> None:
    """What explanations take for true, false and unknown is what the plain interpreter decides, for every statement."""
    random = Random(seed)
    shape = generated.small(random)
    program = generated.program(random, shape)
    vector = generated.vector(random, shape, program)
    verdicts = plain.decide(program, vector)
    values = {measure: value for measure, value in zip(program.measures, vector, strict=True) if value is not None}
    conditions = {each.id: each.condition for stratum in program.strata for each in stratum}
    situation = Situation.of(values, verdicts, conditions)
    for id_, condition in conditions.items():
        assert truth(condition, situation) is situation.verdict(id_)


class Conditions:
    """Random conditions as coaches may write them, in which each test asks about a measure of its own."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._count = 0

    def make(self, depth: int) -> Condition:
        """Give a condition that is nested no deeper than ``depth``."""
        if depth == 0:
            return self._leaf()
        kind = self._random.choice(("all", "any", "not", "some", "leaf"))
        if kind == "leaf":
            return self._leaf()
        if kind == "not":
            return Not(self.make(depth - 1))
        parts = tuple(self.make(depth - 1) for _ in range(self._random.randint(1, 4)))
        if kind == "some":
            return Some(self._random.randint(1, len(parts)), parts)
        return All(parts) if kind == "all" else Any(parts)

    def _leaf(self) -> Condition:
        self._count += 1
        measure = Measure("score", f"dimension-{self._count}", "members")
        if self._random.random() < 0.15:
            return Known(measure)
        low = self._random.randrange(1100, 4900, 50)
        return Comparison(measure, self._random.choice(OPERATORS), low, low + self._random.choice((0, 50, 500)))


def situation_of(values: Mapping[Measure, int]) -> Situation:
    """Give a situation without findings."""
    return Situation.of(values, Verdicts((), ()), {})


def random_situation(random: Random, condition: Condition) -> Situation:
    """Give random values for the measures of a condition, some of them unknown."""
    measures = [leaf.measure for leaf in leaves(condition) if not isinstance(leaf, FindingIs)]
    return situation_of({each: random.randrange(1000, 5001, 50) for each in measures if random.random() < 0.8})


def changed(values: dict[Measure, int], evidence: Evidence) -> None:
    """Change a measure as an explanation says, and no further than its distance."""
    leaf = evidence.leaf
    if isinstance(leaf, Known):
        if evidence.wanted:
            values[leaf.measure] = 3000
        else:
            del values[leaf.measure]
        return
    assert isinstance(leaf, Comparison)
    before = values.get(leaf.measure)
    if before is None:
        candidates = range(0, 6001)
    else:
        assert evidence.distance is not None
        candidates = range(before - evidence.distance, before + evidence.distance + 1)
    fitting = [value for value in candidates if plain.compare(leaf, value) is evidence.wanted]
    if before is not None:
        assert fitting, "the distance is too short"
        assert all(abs(value - before) == evidence.distance for value in fitting), "the distance is too long"
    values[leaf.measure] = fitting[0]


@settings(max_examples=400)
@given(SEEDS, st.booleans())
def test_what_is_missing_suffices(seed: int, wanted: bool) -> None:
    """Changing what an explanation names, by the distance it names, makes the condition as wanted."""
    random = Random(seed)
    condition = Conditions(random).make(3)
    situation = random_situation(random, condition)
    found = missing(condition, situation, wanted)
    assert bool(found) is (truth(condition, situation) is not wanted)
    values = dict(situation.values)
    for evidence in found:
        changed(values, evidence)
    assert truth(condition, situation_of(values)) is wanted


@settings(max_examples=300)
@given(SEEDS)
def test_what_is_missing_is_needed(seed: int) -> None:
    """Leaving out any one of the changes that an explanation names leaves the condition as it was not wanted."""
    random = Random(seed)
    condition = Conditions(random).make(2)
    situation = random_situation(random, condition)
    found = missing(condition, situation)
    for left_out in found:
        values = dict(situation.values)
        for evidence in found:
            if evidence is not left_out:
                changed(values, evidence)
        assert truth(condition, situation_of(values)) is not True


@settings(max_examples=300)
@given(SEEDS)
def test_support_holds_by_itself(seed: int) -> None:
    """The tests that an explanation gives for a verdict bring it about alone, whatever all other measures were."""
    random = Random(seed)
    condition = Conditions(random).make(3)
    situation = random_situation(random, condition)
    verdict = truth(condition, situation)
    if verdict is None:
        return
    named = {
        evidence.leaf.measure
        for evidence in support(condition, situation, verdict)
        if isinstance(evidence.leaf, Comparison | Known)
    }
    kept = {measure: value for measure, value in situation.values.items() if measure in named}
    # What is not named may be anything, unknown included; tests of being unknown are named too.
    assert truth(condition, situation_of(kept)) is verdict
    for measure in {leaf.measure for leaf in leaves(condition) if isinstance(leaf, Comparison | Known)} - named:
        kept[measure] = random.randrange(1000, 5001)
    assert truth(condition, situation_of(kept)) is verdict


@settings(max_examples=200)
@given(SEEDS)
def test_cost_is_nothing_only_for_what_holds(seed: int) -> None:
    """A condition that holds costs nothing, and one whose only test fails by a step costs something or is very near."""
    random = Random(seed)
    condition = Conditions(random).make(2)
    situation = random_situation(random, condition)
    price = cost(condition, situation)
    assert price >= 0
    if truth(condition, situation):
        assert price == 0
