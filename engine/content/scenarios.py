"""Scenarios as coaches write them: given these answers, expect this advice."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any

from pydantic import Field, WithJsonSchema, model_validator

from engine.content.measures import Group
from engine.content.model import Id, Model, Prose, fault
from engine.content.source import Text

Figure = Annotated[Any, WithJsonSchema({"type": ["number", "string"]})]


class Expectation(Model):
    """What the advice must hold; nothing is said about the rest."""

    findings: tuple[Id, ...] = ()
    not_findings: Annotated[tuple[Id, ...], Field(alias="not-findings")] = ()
    start_here: Annotated[tuple[Id, ...], Field(alias="start-here")] = ()
    later: tuple[Id, ...] = ()
    held_back: Annotated[tuple[Id, ...], Field(alias="held-back")] = ()
    next_lever: Annotated[Id | None, Field(alias="next-lever")] = None


class Scenario(Model):
    """A coach's test.

    ``profile`` is the short form for members' scores; ``measures`` gives any measure by its full name; ``answers``
    and ``previous`` give whole tables, one mapping of question ids to answers per respondent, from which everything
    is measured. What is not given is unknown.
    """

    name: Prose
    profile: dict[Text, Decimal] = {}
    measures: dict[Text, Figure] = {}
    facts: dict[Text, Any] = {}
    answers: tuple[dict[Text, Any], ...] = ()
    previous: tuple[dict[Text, Any], ...] = ()
    groups: dict[Group, tuple[dict[Text, Any], ...]] = {}
    expect: Expectation

    @model_validator(mode="after")
    def _check(self) -> Scenario:
        if (self.answers or self.groups) and (self.profile or self.measures):
            message = "a scenario gives answers, or measures, but not both"
            raise fault("bad-scenario", message, "leave one of them out")
        if not self.expect.model_fields_set:
            raise fault("bad-scenario", "the scenario expects nothing", "add findings: or start-here: under “expect:”")
        return self


class ScenariosFile(Model):
    """A file of scenarios."""

    scenarios: tuple[Scenario, ...]
