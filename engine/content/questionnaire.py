"""Questionnaires: dimensions and their questions, with a scale, answered by one group."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field, model_validator

from engine.content.measures import Group
from engine.content.model import Id, Model, Prose, Texts, fault


class Labels(Model):
    """The words for a scale's options, lowest first: one per option, or two for its ends."""

    en: Annotated[tuple[Prose, ...], Field(min_length=2)]
    fi: Annotated[tuple[Prose, ...], Field(min_length=2)]


class Scale(Model):
    """The whole numbers a question is answered with, and their words."""

    from_: Annotated[int, Field(alias="from", ge=0, le=1)] = 1
    to: Annotated[int, Field(ge=2, le=100)] = 5
    labels: Labels | None = None
    cant_say: Annotated[Texts | None, Field(alias="cant-say")] = None

    @property
    def options(self) -> int:
        """How many options there are, 2 or more."""
        return self.to - self.from_ + 1

    @model_validator(mode="after")
    def _check(self) -> Scale:
        for words in (self.labels.en, self.labels.fi) if self.labels else ():
            if len(words) not in (2, self.options):
                message = f"{len(words)} labels for {self.options} options"
                raise fault("bad-labels", message, "give one label per option, or two for the ends")
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
    reversed: bool = False
    mirrors: Id | None = None
    measures: Literal["csat", "nps"] | None = None


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
    introduction: Texts | None = None
    scale: Scale = Scale()
    columns: Columns = Columns()
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

    def scale_of(self, question: Question) -> Scale:
        """Give the question's own scale, or the questionnaire's."""
        return question.scale or self.scale

    def placed(self) -> Iterator[tuple[Dimension, range]]:
        """Yield each dimension with the places of its questions in a row of answers."""
        start = 0
        for dimension in self.dimensions:
            yield dimension, range(start, start + len(dimension.questions))
            start += len(dimension.questions)


def _check_measures(question: Question, scale: Scale, outside: bool) -> None:
    if outside and question.measures is None:
        raise fault("missing-key", f"“{question.id}” stands outside every dimension", "say what it “measures:”, or move it")
    if not outside and question.measures is not None:
        raise fault("bad-measures", f"“{question.id}” measures {question.measures}", "move it to “questions:” of the file")
    wanted = {"csat": (1, 5), "nps": (0, 10)}.get(question.measures or "")
    if wanted and (scale.from_, scale.to) != wanted:
        raise fault("bad-scale", f"{question.measures} is asked from {wanted[0]} to {wanted[1]}", "give it that scale")
