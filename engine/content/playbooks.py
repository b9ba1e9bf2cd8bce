"""Plays and agreement templates: what a team can do, and what it can agree on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field, model_validator

from engine.content.condition_language import AnyForm
from engine.content.conditions import Condition, Place
from engine.content.model import Id, Model, Prose, Texts, fault
from engine.content.templating import Placeholders

Level = Literal["small", "medium", "large"]
Grade = Literal["A", "B", "C"]


class Evidence(Model):
    """How well it is known that a play helps, and what is not known."""

    grade: Grade
    sources: Annotated[tuple[Prose, ...], Field(min_length=1)]
    limits: Texts


class PlayFile(Model):
    """``play.yaml``: everything about a play except its texts."""

    id: Id
    title: Texts
    for_: Annotated[Literal["team", "manager"], Field(alias="for")]
    minutes: Annotated[int, Field(ge=5, le=960, strict=True)]
    people: Annotated[tuple[int, int], Field(description="the fewest and the most who take part")]
    effect: Level
    evidence: Evidence
    first_step: Annotated[Texts, Field(alias="first-step", description="what to do within two days")]
    unless: AnyForm | None = None
    instead: Id | None = None
    after: tuple[Id, ...] = ()
    measure: Id | None = None
    agreements: tuple[Id, ...] = ()

    @model_validator(mode="after")
    def _check(self) -> PlayFile:
        low, high = self.people
        if not 1 <= low <= high:
            raise fault("bad-people", f"people {low} to {high} cannot be", "write [fewest, most]")
        if self.instead and not self.unless:
            raise fault("missing-key", "“instead” stands without “unless”", "say when the other play is better")
        return self


class Clause(Texts):
    """One thing a team can agree on; with choices, ``{{ choice }}`` marks where the chosen words go."""

    id: Id
    choices: Choices | None = None
    answers: tuple[Id, ...] = ()

    @model_validator(mode="after")
    def _check(self) -> Clause:
        for language in ("en", "fi"):
            if (self.choices is not None) != ("choice" in _placeholders(self.get(language))):
                hint = "write {{ choice }} where the chosen words go, and list them under “choices:”"
                raise fault("bad-choices", f"clause “{self.id}” does not fit its choices ({language})", hint)
        return self


class Choices(Model):
    """The words to choose from in a clause, in the same order in every language."""

    en: Annotated[tuple[Prose, ...], Field(min_length=2)]
    fi: Annotated[tuple[Prose, ...], Field(min_length=2)]

    @model_validator(mode="after")
    def _check(self) -> Choices:
        if len(self.en) != len(self.fi):
            message = f"{len(self.en)} choices in English, {len(self.fi)} in Finnish"
            raise fault("bad-choices", message, "give the same choices in both languages")
        return self

    def get(self, language: str) -> tuple[str, ...]:
        """Give the choices in a language."""
        return tuple(map(str, self.en if language == "en" else self.fi))


Clause.model_rebuild()


def _placeholders(text: str) -> str:
    return "".join(piece.split("}}")[0] for piece in text.split("{{")[1:])


class TemplateFile(Model):
    """An agreement template: clauses a team can adopt."""

    id: Id
    title: Texts
    answers: Annotated[tuple[Id, ...], Field(min_length=1)]
    review_after_weeks: Annotated[int, Field(alias="review-after-weeks", ge=1, le=52, strict=True)]
    clauses: Annotated[tuple[Clause, ...], Field(min_length=1, max_length=20)]
    breach: Texts


@dataclass(frozen=True, slots=True)
class Play:
    """A play with its compiled texts.

    Args:
        file: what ``play.yaml`` says.
        texts, first_steps: compiled, by language.
        unless: when it is held back, or None.
        path, place: where it stands.
    """

    file: PlayFile
    texts: dict[str, Placeholders]
    first_steps: dict[str, Placeholders]
    unless: Condition | None
    path: str
    place: Place

    @property
    def id(self) -> str:
        """Give the play's id."""
        return str(self.file.id)


@dataclass(frozen=True, slots=True)
class AgreementTemplate:
    """An agreement template with its compiled clauses.

    Args:
        file: what the file says.
        clauses: by clause id and language, compiled.
        path: where it stands.
    """

    file: TemplateFile
    clauses: dict[tuple[str, str], Placeholders]
    path: str

    @property
    def id(self) -> str:
        """Give the template's id."""
        return str(self.file.id)
