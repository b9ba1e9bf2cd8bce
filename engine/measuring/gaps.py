"""Gaps between two groups: only over questions that mirror each other, and only about the same people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from engine.content.measures import Group, Measure
from engine.measuring import scoring
from engine.measuring.asked import Asked, AskedQuestion, Part, part_of
from engine.measuring.groups import GroupSamples
from engine.measuring.scoring import Sample
from engine.measuring.unknown import Reason


class Mirrored(NamedTuple):
    """The mirrored questions of one dimension.

    Args:
        measure: the gap's name.
        first, second: each group's questions, both on the first group's scale.
        first_homes, second_homes: the dimensions that those questions stand in.
    """

    measure: Measure
    first: Part
    second: Part
    first_homes: frozenset[str]
    second_homes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Gaps:
    """The gaps of a round.

    Args:
        values: those that are known, in thousandths of a scale point of the first group's scale.
        parts: the two means that each is the difference of, in thousandths.
        layouts: the questions behind each.
        refused: why others are unknown, where that cannot be told from how many answered.
    """

    values: dict[Measure, int]
    parts: dict[Measure, tuple[int, int]]
    layouts: dict[Measure, Mirrored]
    refused: dict[Measure, Reason]


def gaps_of(groups: Mapping[Group, GroupSamples]) -> Gaps:
    """Compute every gap between two groups, in both directions.

    A gap needs the dimension's own people on both sides: someone who answered half of the dimension but not half of
    its mirrored questions would be told by the difference between the gap and the score.
    """
    gaps = Gaps({}, {}, {}, {})
    for first in groups.values():
        for second in groups.values():
            if first is not second:
                for mirror in mirrored(first.counted.asked, second.counted.asked):
                    _add_gap(gaps, mirror, first, second)
    return gaps


def _add_gap(gaps: Gaps, mirror: Mirrored, first: GroupSamples, second: GroupSamples) -> None:
    gaps.layouts[mirror.measure] = mirror
    if not (mirror.first_homes <= first.samples.keys() and mirror.second_homes <= second.samples.keys()):
        return
    one = _sample(first, mirror.first, mirror.first_homes)
    two = _sample(second, mirror.second, mirror.second_homes)
    if one is None or two is None:
        gaps.refused[mirror.measure] = Reason("too-few-in-common")
        return
    gaps.values[mirror.measure] = scoring.difference(one, two)
    gaps.parts[mirror.measure] = (scoring.score(one), scoring.score(two))


def _sample(of: GroupSamples, part: Part, homes: frozenset[str]) -> Sample | None:
    """Give persons' scores over the mirrored questions, None unless they are exactly the dimension's people."""
    for home in homes:
        if of.counted.asked.dimensions[home].part is part:
            return of.samples[home]
    sample = scoring.sample(of.given, part)
    return sample if all(of.samples[home].people == sample.people for home in homes) else None


@lru_cache(maxsize=512)
def mirrored(first: Asked, second: Asked) -> tuple[Mirrored, ...]:
    """Find the dimensions in which two groups were asked questions that mirror each other.

    Two questions mirror each other when they have the same id or one names the other as its ``mirrors``. A pair belongs
    to the dimension that either of them stands in, so that the gap seen from the other side is the same.
    """
    pairs = [(one, two) for one in _inside(first) for two in _inside(second) if _mirror(one, two)]
    found = []
    for dimension in dict.fromkeys((*first.dimensions, *second.dimensions)):
        here = [
            (one, two)
            for one, two in pairs
            if dimension in (first.homes[str(one.question.id)], second.homes[str(two.question.id)])
        ]
        if here:
            ones, twos = list(dict.fromkeys(one for one, _ in here)), list(dict.fromkeys(two for _, two in here))
            found.append(_mirrored(dimension, first, second, ones, twos))
    return tuple(found)


def _inside(asked: Asked) -> list[AskedQuestion]:
    return [question for dimension in asked.dimensions.values() for question in dimension.part.questions]


def _mirror(one: AskedQuestion, two: AskedQuestion) -> bool:
    first, second = one.question, two.question
    return second.id in (first.id, first.mirrors) or second.mirrors == first.id


def _mirrored(
    dimension: str, first: Asked, second: Asked, ones: list[AskedQuestion], twos: list[AskedQuestion]
) -> Mirrored:
    measure = Measure("gap", dimension, first.group, second.group)
    first_homes = frozenset(first.homes[str(each.question.id)] for each in ones)
    second_homes = frozenset(second.homes[str(each.question.id)] for each in twos)
    return Mirrored(measure, _part(first, ones, first), _part(second, twos, first), first_homes, second_homes)


def _part(of: Asked, questions: list[AskedQuestion], on: Asked) -> Part:
    """Lay out questions on the scale of ``on``; the dimension's own layout where it is the same."""
    questions = sorted(questions, key=lambda each: each.place)
    if (of.low, of.high) == (on.low, on.high):
        for dimension in of.dimensions.values():
            if dimension.part.questions == tuple(questions):
                return dimension.part
    pairs = [(each.question, each.place) for each in questions]
    return part_of(of.questionnaire, pairs, of.group, on.low, on.high)
