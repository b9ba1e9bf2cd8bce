"""Why a condition holds, or what is missing: walks the tree once more, for explanation only.

Verdicts come from the evaluators; this module reads a rule's parts to name the comparisons that made it so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from engine.content.conditions import All, Any, Comparison, Condition, FindingIs, Known, Leaf, Not, Some
from engine.content.measures import THOUSAND, Measure
from engine.reasoning.strata import Verdicts

Truth: TypeAlias = bool | None

_RANGES: Mapping[str, int] = {
    "nps": 200, "respondents": 20, "size": 20, "months-together": 60, "rounds": 10,
    "favourable": 1, "unfavourable": 1, "consensus": 1, "csat": 1, "response-rate": 1, "done": 1, "adopted": 1,
}  # fmt: skip
_UNKNOWN_COST = THOUSAND


@dataclass(frozen=True, slots=True)
class Evidence:
    """One comparison, ``known`` test or finding, with what is wanted of it.

    Args:
        leaf: the test.
        wanted: whether the rule wants it to hold or to fail.
        truth: what it is: true, false or unknown.
        distance: how far the measure is from making the test as wanted, in thousandths of its unit; 0 where it
            is as wanted already, None where no distance can be told.
    """

    leaf: Leaf
    wanted: bool
    truth: Truth
    distance: int | None


@dataclass(frozen=True)
class Situation:
    """What is known about one team when its rules are explained.

    Args:
        values: known measures in thousandths.
        true, unknown: ids of the statements that are so.
        conditions: of every rule, by id.
        seen: gives what the reader may see of a measure, on which distances rest then, so that what is named as
            nearest gives nothing else away; None where distances rest on the values themselves.
    """

    values: Mapping[Measure, int]
    true: frozenset[str]
    unknown: frozenset[str]
    conditions: Mapping[str, Condition]
    seen: Callable[[Measure], int | None] | None = None

    @classmethod
    def of(cls, values: Mapping[Measure, int], verdicts: Verdicts, conditions: Mapping[str, Condition]) -> Situation:
        """Give the situation after an evaluator decided."""
        return cls(values, frozenset(verdicts.true), frozenset(verdicts.unknown), conditions)

    def value(self, measure: Measure) -> int | None:
        """Give a measure's value; what a team has done or adopted is known to be nothing unless given."""
        return self.values.get(measure, 0 if measure.kind in ("done", "adopted") else None)

    def verdict(self, statement: str) -> Truth:
        """Give a statement's verdict."""
        return True if statement in self.true else None if statement in self.unknown else False


def truth(condition: Condition, situation: Situation) -> Truth:
    """Decide a part of a rule, by Kleene's strong logic."""
    match condition:
        case Comparison(measure=measure):
            value = situation.value(measure)
            low, high = condition.bounds
            return None if value is None else (low is None or low <= value) and (high is None or value < high)
        case Known(measure):
            return situation.value(measure) is not None
        case FindingIs(finding):
            return situation.verdict(finding)
        case Not(part):
            inner = truth(part, situation)
            return None if inner is None else not inner
        case All(parts):
            return _some(len(parts), parts, situation)
        case Any(parts):
            return _some(1, parts, situation)
        case Some(count, parts):
            return _some(count, parts, situation)


def _some(count: int, parts: tuple[Condition, ...], situation: Situation) -> Truth:
    truths = [truth(part, situation) for part in parts]
    if truths.count(True) >= count:
        return True
    return None if truths.count(True) + truths.count(None) >= count else False


def support(condition: Condition, situation: Situation, wanted: bool = True) -> Iterator[Evidence]:
    """Yield the tests that make a condition as wanted, each once, from left to right.

    Args:
        condition: one whose truth is ``wanted``.
        situation: the team's.
        wanted: whether to explain that it is true, or that it is false.
    """
    match condition:
        case Not(part):
            yield from support(part, situation, not wanted)
        case All(parts) | Any(parts) | Some(_, parts):
            for part in parts:
                if truth(part, situation) is wanted:
                    yield from support(part, situation, wanted)
        case _:
            yield Evidence(condition, wanted, wanted, 0)


def missing(condition: Condition, situation: Situation, wanted: bool = True) -> tuple[Evidence, ...]:
    """Give the fewest and nearest tests that would have to change for a condition to become as wanted.

    Args:
        condition: any condition.
        situation: the team's.
        wanted: what it should become.

    Returns:
        Nothing where it is as wanted already.
    """
    return _nearest(condition, situation, wanted)[1]


def cost(condition: Condition, situation: Situation, wanted: bool = True) -> int:
    """Give how far a condition is from being as wanted: the distances as shares of their ranges, added up."""
    return _nearest(condition, situation, wanted)[0]


def _nearest(condition: Condition, situation: Situation, wanted: bool) -> tuple[int, tuple[Evidence, ...]]:
    match condition:
        case Not(part):
            return _nearest(part, situation, not wanted)
        case All(parts):
            return _cheapest(parts, len(parts) if wanted else 1, situation, wanted)
        case Any(parts):
            return _cheapest(parts, 1 if wanted else len(parts), situation, wanted)
        case Some(count, parts):
            return _cheapest(parts, count if wanted else len(parts) - count + 1, situation, wanted)
        case _:
            return _leaf(condition, situation, wanted)


def _cheapest(
    parts: tuple[Condition, ...], needed: int, situation: Situation, wanted: bool
) -> tuple[int, tuple[Evidence, ...]]:
    ways = sorted((_nearest(part, situation, wanted) for part in parts), key=lambda way: way[0])[:needed]
    return sum(way[0] for way in ways), tuple(each for way in ways for each in way[1])


def _leaf(leaf: Leaf, situation: Situation, wanted: bool) -> tuple[int, tuple[Evidence, ...]]:
    now = truth(leaf, situation)
    if now is wanted:
        return 0, ()
    if isinstance(leaf, FindingIs):
        return cost(situation.conditions[leaf.finding], situation, wanted), (Evidence(leaf, wanted, now, None),)
    distance = _distance(leaf, situation, wanted) if now is not None else None
    # Never nothing: what is as wanted already must come before what is nearly so.
    price = _UNKNOWN_COST if distance is None else max(distance // _range(leaf.measure), 1)
    return price, (Evidence(leaf, wanted, now, distance),)


def _distance(leaf: Leaf, situation: Situation, wanted: bool) -> int | None:
    """Give how much the measure would have to change, in thousandths; words and tests of being known have none."""
    if not isinstance(leaf, Comparison) or leaf.measure.kind == "trend" or leaf.measure.of == "work-mode":
        return None
    value = (situation.seen or situation.value)(leaf.measure)
    low, high = leaf.bounds
    if value is None:
        return None
    ends = [(low, 0), (high, 1)] if wanted else [(low, 1), (high, 0)]
    return max(min((abs(value - end) + over for end, over in ends if end is not None), default=0), 0)


def _range(measure: Measure) -> int:
    return _RANGES.get(measure.of if measure.kind == "fact" else measure.kind, 4)
