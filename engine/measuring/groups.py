"""One group's answers in one round: who counts in which dimension, and the measures of that group alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from engine.content.measures import Group, Measure
from engine.measuring import scoring
from engine.measuring.answers import UNANSWERED, GroupAnswers
from engine.measuring.asked import Asked, AskedDimension, asked_of
from engine.measuring.gate import Gate
from engine.measuring.scoring import Answered, Columns, Sample

LEAST_FOR_SHARES: Final = 5
"""Of fewer people, which side of a quarter a share lies on could tell that nobody is in it."""


@dataclass(frozen=True, slots=True)
class Counted:
    """How many people stand behind a group's numbers; no answers.

    Args:
        asked: what they were asked.
        respondents: how many answered anything.
        minimum: how many the gate wants behind every number.
        one_person: whether the numbers are one person's own, shown to that person only.
        people: by dimension, and by question that stands outside them, how many have a score.
    """

    asked: Asked
    respondents: int
    minimum: int
    one_person: bool
    people: Mapping[str, int]

    def known(self, dimension: str) -> bool:
        """Tell whether enough people have a score in the dimension."""
        return self.respondents >= self.minimum and self.people.get(dimension, 0) >= self.minimum


@dataclass(frozen=True, slots=True)
class GroupSamples:
    """What measures are computed from; lives only while a profile is made.

    Args:
        counted: how many people, and what they were asked.
        given: the rows of those who answered; empty where the gate is closed.
        samples: persons' scores in each dimension where enough people have one.
    """

    counted: Counted
    given: Answered
    samples: Mapping[str, Sample]


def samples_of(answers: GroupAnswers, group: Group, gate: Gate) -> GroupSamples:
    """Compute persons' scores of one group behind the gate."""
    asked = asked_of(answers, group)
    parts = [each.part for each in asked.dimensions.values()]
    given = scoring.answered(answers.rows, (*parts, *asked.outside))
    respondents = len(given.rows)
    minimum, one = gate.minimum_of(group, respondents), gate.one_person(group, respondents)
    if respondents < minimum:
        return GroupSamples(Counted(asked, respondents, minimum, one, {}), given, {})
    samples = {key: scoring.sample(given, each.part) for key, each in asked.dimensions.items()}
    people = {key: len(each.people) for key, each in samples.items()}
    for part in asked.outside:
        question = part.questions[0]
        people[str(question.question.id)] = sum([row[question.place] != UNANSWERED for row in given.rows])
    samples = {key: each for key, each in samples.items() if people[key] >= minimum}
    return GroupSamples(Counted(asked, respondents, minimum, one, people), given, samples)


def add_measures(values: dict[Measure, int], of: GroupSamples) -> None:
    """Add the measures that one group's answers give by themselves."""
    if not of.counted.people:
        return
    asked, all_columns = of.counted.asked, scoring.columns(of.given.rows)
    for key, sample in of.samples.items():
        everyone = len(sample.people) == len(of.given.rows)
        columns = all_columns if everyone else scoring.columns([of.given.rows[person] for person in sample.people])
        dimension = asked.dimensions[key]
        _add_scores(values, dimension, sample, columns)
        if not of.counted.one_person:
            _add_alikeness(values, asked, dimension, sample, columns)
    if len(of.samples) > 1:
        for key, standing in zip(of.samples, scoring.standings(list(of.samples.values())), strict=True):
            values[asked.dimensions[key].measures.standing] = standing
    _add_outside(values, of)


def _add_scores(values: dict[Measure, int], dimension: AskedDimension, sample: Sample, columns: Columns) -> None:
    values[dimension.measures.score] = scoring.score(sample)
    unit = dimension.part.unit
    for question in dimension.part.questions:
        score = scoring.question_score(columns, question, unit)
        if score is not None:
            values[question.measure] = score


def _add_alikeness(
    values: dict[Measure, int], asked: Asked, dimension: AskedDimension, sample: Sample, columns: Columns
) -> None:
    names = dimension.measures
    if len(sample.people) >= LEAST_FOR_SHARES:
        values[names.favourable] = scoring.favourable(sample, asked.low, asked.high)
        values[names.unfavourable] = scoring.unfavourable(sample, asked.low, asked.high)
    values[names.spread] = scoring.spread(sample)
    consensus = scoring.consensus(columns, dimension.part.questions)
    if consensus is not None:
        values[names.consensus] = consensus


def _add_outside(values: dict[Measure, int], of: GroupSamples) -> None:
    """Add satisfaction and likelihood to recommend, each of those who answered that question."""
    counted = of.counted
    for part in counted.asked.outside:
        question = part.questions[0]
        if not counted.known(str(question.question.id)):
            continue
        rows = [row for row in of.given.rows if row[question.place] != UNANSWERED]
        score = scoring.question_score(scoring.columns(rows), question, part.unit)
        if score is not None:
            values[question.measure] = score
        kind = question.question.measures
        measure = Measure(str(kind), "", counted.asked.group)
        enough = len(rows) >= LEAST_FOR_SHARES or kind != "csat"
        if kind and enough and not counted.one_person and measure not in values:
            answers = bytes([row[question.place] for row in rows])
            values[measure] = scoring.satisfied(answers) if kind == "csat" else scoring.promoters(answers)
