"""Scenarios as coaches write them: given these answers, expect this advice."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Any, Final

from pydantic import AfterValidator, Field, WithJsonSchema, model_validator

from engine.content.condition_forms import FORMS, MEASURED, Form
from engine.content.explain import Fault, described, fault, faults
from engine.content.measures import GROUPS, WORDS
from engine.content.model import Id, Model, Number, Prose
from engine.content.source import Text
from engine.content.suggestions import did_you_mean
from engine.content.team_facts import TeamFacts

NAMED: Final = {head: form for head, form in FORMS.items() if form.about in MEASURED}
"""The forms of condition whose measures have a full name."""

_WORDS: Final = [word for words in WORDS.values() for word in words]


def words_of_name(name: str) -> tuple[str, Form | None, list[str]]:
    """Take the full name of a measure apart.

    Args:
        name: such as ``score agreements members`` or ``gap customer-focus members customers``.

    Returns:
        Its first word, the form that goes with it (None where there is none), and the other words.
    """
    head, *rest = name.split() or [""]
    return head, NAMED.get(head), rest


def _measures(given: dict[Text, Any]) -> dict[Text, Any]:
    found = [each for name, value in given.items() for each in (*_name_faults(name), *_value_faults(name, value))]
    if found:
        raise faults(found)
    return given


def _name_faults(name: Text) -> Iterator[Fault]:
    head, form, rest = words_of_name(name)
    example = "write it as in “score agreements members”"
    if form is None:
        yield Fault("unknown-measure", f"no measure is called “{head}”", did_you_mean(head, NAMED), name.place)
        return
    about = 0 if form.about == "group" else 1
    groups = rest[about:]
    if len(rest) < about or len(groups) not in _group_counts(form):
        if form.about == "group":
            example = f"write it as in “{head} customers”"
        elif form.required:
            example = f"write it as in “{head} customer-focus members customers”"
        yield Fault("unknown-measure", f"“{name}” is not the whole name of a measure", example, name.place)
    elif wrong := [group for group in groups if group not in GROUPS]:
        yield Fault("unknown-group", f"there is no group “{wrong[0]}”", did_you_mean(wrong[0], GROUPS), name.place)


def _group_counts(form: Form) -> tuple[int, ...]:
    if form.about == "group":
        return (1,)
    if form.about == "fact":
        return (0,)
    return (2,) if form.required else (0, 1)


def _value_faults(name: Text, value: Any) -> Iterator[Fault]:
    if words_of_name(name)[0] == "trend":
        if value not in WORDS["trend"]:
            hint = did_you_mean(str(value), WORDS["trend"])
            yield Fault("unknown-word", f"a trend is never {described(value)}", hint, name.place)
    elif isinstance(value, bool) or not (isinstance(value, int | Decimal) or value in _WORDS):
        message = f"a number is expected for “{name}”, not {described(value)}"
        yield Fault("wrong-type", message, "leave the measure out where it is unknown", name.place)


class Expectation(Model):
    """What the advice must hold; nothing is said about the rest."""

    findings: tuple[Id, ...] = ()
    not_findings: Annotated[tuple[Id, ...], Field(alias="not-findings")] = ()
    start_here: Annotated[tuple[Id, ...], Field(alias="start-here", description="plays, in any order")] = ()
    not_start_here: Annotated[tuple[Id, ...], Field(alias="not-start-here", description="plays")] = ()
    later: Annotated[tuple[Id, ...], Field(description="plays")] = ()
    held_back: Annotated[tuple[Id, ...], Field(alias="held-back", description="plays")] = ()
    next_lever: Annotated[Id | None, Field(alias="next-lever", description="a dimension")] = None


Figure = Annotated[Any, WithJsonSchema({"anyOf": [{"type": "number"}, {"enum": _WORDS}]})]
Row = Annotated[dict[Text, Any], WithJsonSchema({"type": "object", "additionalProperties": True})]


class Scenario(Model):
    """A coach's test.

    ``profile`` is the short form for members' scores; ``measures`` gives any measure by its full name; ``answers``
    and ``previous`` give whole tables, one mapping of question ids to answers per respondent, from which everything
    is measured. What is not given is unknown.
    """

    name: Prose
    profile: Annotated[dict[Text, Number], Field(description="members' scores by dimension")] = {}
    measures: Annotated[
        dict[Text, Figure], AfterValidator(_measures), Field(description="by full name, as “gap roles manager members”")
    ] = {}
    facts: TeamFacts = TeamFacts()
    answers: Annotated[tuple[Row, ...], Field(description="one mapping of question ids to answers per person")] = ()
    previous: Annotated[tuple[Row, ...], Field(description="the answers of the round before")] = ()
    expect: Expectation

    @model_validator(mode="after")
    def _check(self) -> Scenario:
        if self.answers and (self.profile or self.measures):
            message = "this scenario gives both answers and measures, and they may contradict each other"
            raise fault("bad-scenario", message, "keep “answers:”, or keep “profile:” and “measures:”", self.name.place)
        if self.previous and not self.answers:
            hint = "give “answers:” too, or the change under “measures:”"
            raise fault("bad-scenario", "only the answers of the round before are given", hint, self.name.place)
        if not any(getattr(self.expect, name) for name in self.expect.model_fields_set):
            hint = "add “findings:” or “start-here:” under “expect:”"
            raise fault("bad-scenario", "this scenario expects nothing, so it can never fail", hint, self.name.place)
        return self


class ScenariosFile(Model):
    """A file of scenarios."""

    scenarios: tuple[Scenario, ...]
