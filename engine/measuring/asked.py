"""What a group was asked, laid out for counting: places, directions and scales as whole numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import gcd, lcm
from typing import Any, NamedTuple

from engine.content.measures import Group, Measure
from engine.content.questionnaire import Question, Questionnaire
from engine.measuring.answers import GroupAnswers


class AskedQuestion(NamedTuple):
    """One question that was asked; ``offset + factor * answer`` is the answer on the dimension's scale.

    Args:
        question: the question.
        place: its place in a row.
        offset, factor: in units of one ``unit``-th scale point; the factor is negative for a reversed question.
        spread_of_chance: A² − 1 for A options, twelve times the variance of answers drawn at random.
        step: what one option is worth, in thousandths of a scale point.
        measure: the name of its score.
    """

    question: Question
    place: int
    offset: int
    factor: int
    spread_of_chance: int
    step: int
    measure: Measure


class Part(NamedTuple):
    """Questions whose mean is a person's score.

    Args:
        questions: the questions that were asked, in the order of a row.
        start, stop: their places, where ``plain``.
        plain: whether the answers can be added as they stand: side by side, none reversed, all on one scale.
        needed: how many a person must have answered to have a score: half of them, rounded up.
        unit: how many units make a scale point.
        step: the least that one option is worth, in thousandths of a scale point.
    """

    questions: tuple[AskedQuestion, ...]
    start: int
    stop: int
    plain: bool
    needed: int
    unit: int
    step: int


class DimensionMeasures(NamedTuple):
    """The names of one dimension's measures for one group."""

    score: Measure
    favourable: Measure
    unfavourable: Measure
    spread: Measure
    consensus: Measure
    standing: Measure
    change: Measure
    trend: Measure


@dataclass(frozen=True, slots=True, eq=False)
class AskedDimension:
    """One dimension as it was asked; ``signature`` is what must be the same for two rounds to be compared."""

    id: str
    part: Part
    measures: DimensionMeasures
    signature: tuple[Any, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """What one group was asked; compared by identity, so that it can be a key.

    Args:
        questionnaire: what it was laid out from.
        group: whose answers.
        low, high: the ends of the questionnaire's scale, in scale points.
        dimensions: those of which at least one question was asked, by id.
        homes: the dimension that each question stands in, by the question's id.
        outside: the questions that stand in no dimension (satisfaction, likelihood to recommend).
    """

    questionnaire: Questionnaire
    group: Group
    low: int
    high: int
    dimensions: dict[str, AskedDimension]
    homes: dict[str, str]
    outside: tuple[Part, ...]


class _Same:
    """A questionnaire as a key by identity; hashing its whole content would cost more than measuring."""

    __slots__ = ("it",)

    def __init__(self, it: Questionnaire) -> None:
        self.it = it

    def __hash__(self) -> int:
        return id(self.it)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.it is other.it


def asked_of(answers: GroupAnswers, group: Group) -> Asked:
    """Give what the group was asked, laid out for counting; the same object for the same questionnaire."""
    return _asked(_Same(answers.questionnaire), answers.asked, group)


@lru_cache(maxsize=512)
def _asked(same: _Same, ids: frozenset[str], group: Group) -> Asked:
    questionnaire = same.it
    low, high = questionnaire.scale.from_, questionnaire.scale.to
    dimensions: dict[str, AskedDimension] = {}
    for dimension, places in questionnaire.placed():
        pairs = [(question, place) for question, place in zip(dimension.questions, places, strict=True)]
        pairs = [pair for pair in pairs if pair[0].id in ids]
        if pairs:
            part = part_of(questionnaire, pairs, group, low, high)
            signature = (low, high, *(_signature(questionnaire, question) for question, _ in pairs))
            dimensions[dimension.id] = AskedDimension(dimension.id, part, _measures(dimension.id, group), signature)
    homes = {str(each.question.id): key for key, value in dimensions.items() for each in value.part.questions}
    start = len(questionnaire.all_questions) - len(questionnaire.questions)
    outside = [
        pair for pair in zip(questionnaire.questions, range(start, start + 10), strict=False) if pair[0].id in ids
    ]
    parts = tuple(part_of(questionnaire, [pair], group, low, high) for pair in outside)
    return Asked(questionnaire, group, low, high, dimensions, homes, parts)


def part_of(
    questionnaire: Questionnaire, pairs: Sequence[tuple[Question, int]], group: Group, low: int, high: int
) -> Part:
    """Lay out questions for adding up.

    Args:
        questionnaire: where they stand.
        pairs: each question with its place in a row, at least one.
        group: whose answers.
        low, high: the scale that answers are mapped to, linearly from end to end.
    """
    width = high - low
    ranges = [questionnaire.scale_of(question).options - 1 for question, _ in pairs]
    unit = lcm(*(each // gcd(width, each) for each in ranges))
    questions = tuple(_question(questionnaire, pair, group, low, width * unit, unit) for pair in pairs)
    places = [place for _, place in pairs]
    plain = unit == 1 and all((each.offset, each.factor) == (0, 1) for each in questions)
    plain = plain and places == list(range(places[0], places[-1] + 1))
    return Part(
        questions, places[0], places[-1] + 1, plain, (len(pairs) + 1) // 2, unit, min(each.step for each in questions)
    )


def _question(
    questionnaire: Questionnaire, pair: tuple[Question, int], group: Group, low: int, width: int, unit: int
) -> AskedQuestion:
    question, place = pair
    scale = questionnaire.scale_of(question)
    factor = width // (scale.options - 1)
    step = -(-1000 * factor // unit)
    offset = low * unit - factor * scale.from_
    if question.reversed:
        offset, factor = low * unit + factor * scale.to, -factor
    measure = Measure("question", str(question.id), group)
    return AskedQuestion(question, place, offset, factor, scale.options**2 - 1, step, measure)


def _signature(questionnaire: Questionnaire, question: Question) -> tuple[Any, ...]:
    scale = questionnaire.scale_of(question)
    return question.id, question.en, question.fi, question.reversed, scale.from_, scale.to, scale.labels


def _measures(dimension: str, group: Group) -> DimensionMeasures:
    return DimensionMeasures(*(Measure(kind, str(dimension), group) for kind in DimensionMeasures._fields))
