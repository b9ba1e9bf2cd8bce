"""Thresholds that no answers can reach, so that a condition always or never holds, and those that tell too much."""

from __future__ import annotations

from collections.abc import Iterator

from engine.content.checks.content import Content, problem_at, warning_at
from engine.content.condition_forms import FORMS
from engine.content.conditions import Comparison, Condition, Place, leaves
from engine.content.measures import THOUSAND, Measure
from engine.content.questionnaire import Questionnaire
from engine.content.ranges import possible_values, said, tellable_values
from engine.errors import Problem


def thresholds(content: Content) -> Iterator[Problem]:
    """Report thresholds outside of what can be measured, in rules, plays and scenarios; warn of those that tell."""
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
            scale = possible_values(questionnaires, Measure("score", str(dimension), "members"))
            if scale and scale[1] is not None and not scale[0] <= value <= scale[1]:
                message = f"a score of {value} cannot be: it {said(scale)}"
                yield problem_at(read.path, dimension, "impossible-value", message, "give a score inside")


def _outside(questionnaires: list[Questionnaire], path: str, where: Place, condition: Condition) -> Iterator[Problem]:
    for leaf in leaves(condition):
        if not isinstance(leaf, Comparison) or FORMS[leaf.measure.kind].compares == "nothing":
            continue
        possible = possible_values(questionnaires, leaf.measure)
        verdict = _always(leaf, *possible) if possible else ""
        if possible and verdict:
            kind = leaf.measure.of if leaf.measure.kind == "fact" else leaf.measure.kind
            message = f"this {verdict} holds: {kind} {said(possible)}"
            share = possible == (0, 1) and leaf.operand > THOUSAND
            percent = leaf.operand / THOUSAND
            hint = f"write {percent:g} % as {percent / 100:g}" if share else "choose one inside"
            yield problem_at(path, leaf.place or where, "impossible-threshold", message, hint)
        else:
            yield from _telling(questionnaires, path, leaf.place or where, leaf)


def _telling(questionnaires: list[Questionnaire], path: str, where: Place, leaf: Comparison) -> Iterator[Problem]:
    """Warn of a threshold beyond what may be shown of a small group: a rule that fires would tell it all the same."""
    tellable, possible = tellable_values(questionnaires, leaf.measure), possible_values(questionnaires, leaf.measure)
    if tellable is None or possible is None:
        return
    ends = [leaf.operand]
    if leaf.operator == "within":  # an end of the scale is no limit
        scale = [end * THOUSAND for end in possible if end is not None]
        ends = [end for end in (leaf.operand, leaf.upper) if end not in scale]
    for end in ends:
        nearest = min(max(end, tellable[0]), tellable[1])
        if end != nearest:
            kind, side = leaf.measure.kind, "above" if end > nearest else "below"
            message = f"whether this holds tells nearly everybody's answers: {kind} {side} {nearest / THOUSAND:g}"
            hint = f"choose {nearest / THOUSAND:g} or {'less' if side == 'above' else 'more'}"
            yield warning_at(path, where, "tells-answers", f"{message} is not shown of a small group", hint)
            return


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
