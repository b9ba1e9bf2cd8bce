"""Questionnaires: dimensions and their questions, with a scale, answered by one group."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property, lru_cache
from typing import Annotated, Literal

from pydantic import Field, Strict, model_validator

from engine.content.measures import Group
from engine.content.model import Id, Model, Prose, Texts, Whole, fault, validate
from engine.content.source import parse_yaml
from engine.errors import PelikirjaError


class Labels(Model):
    """The words for a scale's options, lowest first: one per option, or two for its ends."""

    en: Annotated[tuple[Prose, ...], Field(min_length=2)]
    fi: Annotated[tuple[Prose, ...], Field(min_length=2)]


class Scale(Model):
    """The whole numbers a question is answered with, and their words."""

    from_: Annotated[Whole, Field(alias="from", ge=0, le=1, description="the lowest option, 0 or 1")] = 1
    to: Annotated[Whole, Field(ge=2, le=100, description="the highest option")] = 5
    labels: Labels | None = None
    cant_say: Annotated[Texts | None, Field(alias="cant-say", description="the words for “can't say”")] = None

    @property
    def options(self) -> int:
        """How many options there are, 2 or more."""
        return self.to - self.from_ + 1

    @model_validator(mode="after")
    def _check(self) -> Scale:
        for words in (self.labels.en, self.labels.fi) if self.labels else ():
            if len(words) not in (2, self.options):
                message = f"the scale has {self.options} options and {len(words)} labels"
                hint = "give one label per option, or two for the ends"
                raise fault("bad-labels", message, hint, words[0].place)
        return self


class Question(Model):
    """One statement to rate.

    ``mirrors`` names the question of another group that asks the same from its side; ``measures`` marks the
    customers' satisfaction and likelihood to recommend, which belong to no dimension.
    """

    id: Id
    en: Prose
    fi: Prose
    scale: Scale | None = None
    reversed: Annotated[bool, Strict(), Field(description="true where agreeing is bad")] = False
    mirrors: Annotated[Id | None, Field(description="another group's question that asks the same")] = None
    measures: Annotated[
        Literal["csat", "nps"] | None, Field(description="satisfaction, or likelihood to recommend")
    ] = None


class Dimension(Model):
    """A viewpoint that is scored, with the questions that are asked about it."""

    id: Id
    en: Prose
    fi: Prose
    questions: Annotated[tuple[Question, ...], Field(min_length=1, max_length=60)]


class Columns(Model):
    """The names that an imported table gives to its columns."""

    team: Prose | None = None
    group: Prose | None = None
    respondent: Prose | None = None
    round: Prose | None = None


class Questionnaire(Model):
    """A whole questionnaire, one file."""

    id: Id
    en: Prose
    fi: Prose
    group: Group = "members"
    introduction: Annotated[Texts | None, Field(description="what to think of when answering")] = None
    privacy: Annotated[Texts | None, Field(description="the promise about who sees the answers")] = None
    thanks: Annotated[Texts | None, Field(description="what is said after the last question")] = None
    scale: Annotated[Scale, Field(default_factory=Scale)]
    columns: Annotated[Columns, Field(default_factory=Columns)]
    dimensions: Annotated[tuple[Dimension, ...], Field(min_length=1, max_length=60)]
    questions: Annotated[tuple[Question, ...], Field(max_length=10)] = ()

    @model_validator(mode="after")
    def _check(self) -> Questionnaire:
        for question in self.all_questions:
            _check_measures(question, self.scale_of(question), question in self.questions)
        return self

    @cached_property
    def all_questions(self) -> tuple[Question, ...]:
        """Every question in the order in which it is asked; the places of a row of answers."""
        return (*(question for dimension in self.dimensions for question in dimension.questions), *self.questions)

    @cached_property
    def dimension_ids(self) -> frozenset[str]:
        """The ids of its dimensions."""
        return frozenset(str(dimension.id) for dimension in self.dimensions)

    def scale_of(self, question: Question) -> Scale:
        """Give the question's own scale, or the questionnaire's."""
        return question.scale or self.scale

    def placed(self) -> Iterator[tuple[Dimension, range]]:
        """Yield each dimension with the places of its questions in a row of answers."""
        start = 0
        for dimension in self.dimensions:
            yield dimension, range(start, start + len(dimension.questions))
            start += len(dimension.questions)


def written(questionnaire: Questionnaire) -> str:
    """Write a questionnaire down whole, to be kept with what was answered to it; JSON, which is YAML too."""
    return questionnaire.model_dump_json(by_alias=True, exclude_none=True)


@lru_cache(maxsize=64)
def read_written(text: str) -> Questionnaire:
    """Read what ``written`` wrote.

    Raises:
        PelikirjaError: it is no questionnaire.
    """
    node, problems = parse_yaml(text, "a kept questionnaire")
    found, more = validate(Questionnaire, node, "a kept questionnaire")
    if found is None or problems:
        raise PelikirjaError(f"a questionnaire that was kept cannot be read: {[*problems, *more][0].message}")
    return found


def _check_measures(question: Question, scale: Scale, outside: bool) -> None:
    measures, place = question.measures, question.id.place
    if outside and measures is None:
        hint = "move it into a dimension, or say that it “measures:” csat or nps"
        raise fault("missing-key", f"“{question.id}” stands outside every dimension", hint, place)
    if not outside and measures is not None:
        message = f"“{question.id}” measures {measures}, so it belongs to no dimension"
        raise fault("bad-measures", message, "move it to “questions:” at the end of the file", place)
    wanted = {"csat": (1, 5), "nps": (0, 10)}.get(measures or "")
    if wanted and (scale.from_, scale.to) != wanted:
        message = f"{measures} is asked from {wanted[0]} to {wanted[1]}, not from {scale.from_} to {scale.to}"
        hint = f"give the question “scale: {{from: {wanted[0]}, to: {wanted[1]}}}”"
        raise fault("bad-scale", message, hint, place)
