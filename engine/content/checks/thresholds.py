"""A threshold that no answers can reach makes a condition that always or never holds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from engine.content.checks.content import Content, problem_at
from engine.content.condition_forms import FORMS
from engine.content.conditions import Comparison, Condition, Place, leaves
from engine.content.measures import THOUSAND, Measure
from engine.content.questionnaire import Questionnaire
from engine.errors import Problem

Range: TypeAlias = tuple[int, int | None]
"""The lowest and the highest value in whole units; None is without end."""


def thresholds(content: Content) -> Iterator[Problem]:
    """Report thresholds outside of what can be measured, in rules, plays and scenarios."""
    if "questionnaire" in content.files.unread:
        return
    questionnaires = [read.model for read in content.files.questionnaires]
    for rule in content.rules.values():
        yield from _outside(questionnaires, rule.path, rule.place, rule.condition)
    for play in content.plays.values():
        if play.unless:
            yield from _outside(questionnaires, play.path, play.place, play.unless)
    for read in content.files.scenarios:
        for dimension, value in read.model.profile.items():
            scale = _range(questionnaires, Measure("score", str(dimension), "members"))
            if scale and scale[1] is not None and not scale[0] <= value <= scale[1]:
                message = f"a score of {value} cannot be: it {_said(scale)}"
                yield problem_at(read.path, dimension, "impossible-value", message, "give a score inside")


def _outside(questionnaires: list[Questionnaire], path: str, where: Place, condition: Condition) -> Iterator[Problem]:
    for leaf in leaves(condition):
        if not isinstance(leaf, Comparison) or FORMS[leaf.measure.kind].compares == "nothing":
            continue
        possible = _range(questionnaires, leaf.measure)
        verdict = _always(leaf, *possible) if possible else ""
        if possible and verdict:
            kind = leaf.measure.of if leaf.measure.kind == "fact" else leaf.measure.kind
            message = f"this {verdict} holds: {kind} {_said(possible)}"
            share = possible == (0, 1) and leaf.operand > THOUSAND
            percent = leaf.operand / THOUSAND
            hint = f"write {percent:g} % as {percent / 100:g}" if share else "choose one inside"
            yield problem_at(path, leaf.place or where, "impossible-threshold", message, hint)


def _said(possible: Range) -> str:
    low, high = possible
    return f"is never below {low}" if high is None else f"lies between {low} and {high}"


def _range(questionnaires: list[Questionnaire], measure: Measure) -> Range | None:
    """Give what a measure can be; None where it cannot be told, or every value can be."""
    match measure.kind:
        case "question":
            scales = [_asked(each, measure.of) for each in questionnaires]
            return next((each for each in scales if each), None)
        case "score" | "spread" | "gap" | "change" | "standing":
            return _of_dimension(questionnaires, measure)
        case "favourable" | "unfavourable" | "consensus" | "csat" | "response-rate":
            return 0, 1
        case "nps":
            return -100, 100
        case "respondents" | "fact" if measure.of != "work-mode":
            return 0, None
        case _:
            return None


def _asked(questionnaire: Questionnaire, question: str) -> Range | None:
    for each in questionnaire.all_questions:
        if each.id == question:
            scale = questionnaire.scale_of(each)
            return scale.from_, scale.to
    return None


def _of_dimension(questionnaires: list[Questionnaire], measure: Measure) -> Range | None:
    scales = [each.scale for each in questionnaires if measure.of in {str(part.id) for part in each.dimensions}]
    if not scales:
        return None
    low, high = min(scale.from_ for scale in scales), max(scale.to for scale in scales)
    if measure.kind == "score":
        return low, high
    return (0 if measure.kind == "spread" else low - high), high - low


def _always(leaf: Comparison, low: int, high: int | None) -> str:
    """Tell whether the comparison always or never holds; empty where it can go both ways."""
    first, end = leaf.bounds
    lowest, highest = low * THOUSAND, None if high is None else high * THOUSAND
    below = end is not None and end <= lowest
    above = first is not None and highest is not None and first > highest
    if below or above:
        return "never"
    reaches_down = first is None or first <= lowest
    reaches_up = end is None or (highest is not None and end > highest)
    return "always" if reaches_down and reaches_up else ""
