"""Plays and agreement templates: what a team can do, and what it can agree on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated, Any, Final, Literal

from pydantic import ConfigDict, Field, WithJsonSchema, model_validator

from engine.content.condition_language import When
from engine.content.conditions import Condition, Place
from engine.content.model import Id, Model, Prose, Texts, Whole, fault
from engine.content.templating import Placeholders

Level = Literal["small", "medium", "large"]
Grade = Literal["A", "B", "C"]

_STUDIED: Final[dict[str, Any]] = {
    "if": {
        "properties": {"grade": {"enum": ["A", "B"]}},
        "required": ["grade"],
        "additionalProperties": True,
    },
    "then": {"properties": {"sources": {"minItems": 1}}, "required": ["sources"], "additionalProperties": True},
}
"""What grades A and B ask for, as the schema says it."""


class Evidence(Model):
    """How well it is known that a play helps, and what is not known."""

    model_config = ConfigDict(json_schema_extra=_STUDIED)

    grade: Grade
    sources: Annotated[tuple[Prose, ...], Field(description="the studies; with grade C there may be none")] = ()
    limits: Texts

    @model_validator(mode="after")
    def _check(self) -> Evidence:
        if not self.sources and self.grade != "C":
            message = f"grade {self.grade} stands without a source"
            hint = "name a study under “sources:”, or write “grade: C” if there is none"
            raise fault("missing-source", message, hint, at=("sources",))
        return self


class PlayFile(Model):
    """``play.yaml``: everything about a play except its texts."""

    id: Id
    title: Texts
    for_: Annotated[Literal["team", "manager"], Field(alias="for", description="who does it")]
    minutes: Annotated[Whole, Field(ge=5, le=960, description="the time of one sitting")]
    people: Annotated[
        tuple[Whole, Whole],
        Field(description="the fewest and the most who take part"),
        WithJsonSchema({"type": "array", "items": {"type": "integer", "minimum": 1}, "minItems": 2, "maxItems": 2}),
    ]
    effect: Annotated[Level, Field(description="how much good it can be expected to do")]
    evidence: Evidence
    first_step: Annotated[Texts, Field(alias="first-step", description="what to do within two days")]
    unless: Annotated[When | None, Field(description="when it is held back")] = None
    instead: Annotated[Id | None, Field(description="the play that is better then")] = None
    after: Annotated[tuple[Id, ...], Field(description="plays that come first")] = ()
    measure: Annotated[Id | None, Field(description="the dimension that should move")] = None
    agreements: Annotated[tuple[Id, ...], Field(description="agreement templates that it leads to")] = ()

    @model_validator(mode="after")
    def _check(self) -> PlayFile:
        low, high = self.people
        if not 1 <= low <= high:
            raise fault("bad-people", f"from {low} to {high} people cannot be", "write [fewest, most]", at=("people",))
        if self.instead and not self.unless:
            hint = "say under “unless:” when the other play is better"
            raise fault("missing-key", "“instead” stands without “unless”", hint, self.instead.place)
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


class Clause(Texts):
    """One thing a team can agree on; with choices, ``{{ choice }}`` marks where the chosen words go."""

    id: Id
    choices: Choices | None = None
    answers: Annotated[tuple[Id, ...], Field(description="the findings that this clause is for")] = ()

    @model_validator(mode="after")
    def _check(self) -> Clause:
        placed = [text for text in (self.en, self.fi) if _CHOICE.search(text)]
        if placed and self.choices is None:
            hint = "list the words to choose from under “choices:”"
            raise fault(
                "bad-choices", "this text has {{ choice }}, but there is nothing to choose from", hint, placed[0].place
            )
        missing = [text for text in (self.en, self.fi) if text not in placed]
        if missing and self.choices is not None:
            message = "this text does not say where the chosen words go"
            raise fault("bad-choices", message, "write {{ choice }} in it", missing[0].place)
        return self


_CHOICE: Final = re.compile(r"\{[{%][^}]*\bchoice\b")


class TemplateFile(Model):
    """An agreement template: clauses a team can adopt."""

    id: Id
    title: Texts
    answers: Annotated[tuple[Id, ...], Field(min_length=1, description="the findings that it is for")]
    review_after_weeks: Annotated[Whole, Field(alias="review-after-weeks", ge=1, le=52)]
    clauses: Annotated[tuple[Clause, ...], Field(min_length=1, max_length=20)]
    breach: Annotated[Texts, Field(description="how to raise it kindly when a clause is not kept")]


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
