"""Every id that something refers to exists."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from engine.content.checks.content import Content, problem_at
from engine.content.condition_forms import FORMS
from engine.content.conditions import Condition, FindingIs, Place, leaves
from engine.content.files import Read
from engine.content.model import DIMENSION
from engine.content.placeholder_names import FUNCTIONS
from engine.content.playbooks import AgreementTemplate, Play
from engine.content.rules import AnyRuleForm, RecommendingForm
from engine.content.scenarios import Scenario, words_of_name
from engine.content.source import Mapping, Text
from engine.content.suggestions import did_you_mean
from engine.content.templating import Placeholders
from engine.errors import Problem


@dataclass(frozen=True, slots=True)
class _Reference:
    """A place that names something of a kind; ``dimension`` is the one its for-each rule was written out for."""

    path: str
    place: Place
    kind: str
    name: str
    dimension: str = ""


_SAID: Final = {
    "finding": "no rule concludes “{}”",
    "play": "there is no play “{}”",
    "template": "there is no agreement template “{}”",
    "dimension": "no questionnaire has the dimension “{}”",
    "question": "no questionnaire has the question “{}”",
}


_WHERE: Final = {
    "finding": "a finding's id is the id of the rule that concludes it",
    "play": "the plays are the folders in playbooks/actions/",
    "template": "the templates are the files in playbooks/agreements/",
    "dimension": "the dimensions stand in rules/questionnaires/",
    "question": "the questions stand in rules/questionnaires/",
}


def references(content: Content) -> Iterator[Problem]:
    """Report what refers to something that is not there."""
    names = {kind: content.names(kind) for kind in _SAID}
    wrong: dict[tuple[str, Place, str], list[_Reference]] = defaultdict(list)
    for each in set(_all(content)):
        if each.name not in names[each.kind] and content.judged(each.kind):
            wrong[each.path, each.place, each.kind].append(each)
    for group in wrong.values():
        yield _problem(content, sorted(group, key=lambda each: each.name), names[group[0].kind])


def _problem(content: Content, group: list[_Reference], known: set[str]) -> Problem:
    """Give one problem for a place, though a for-each rule refers from there in many ways."""
    first = group[0]
    name = _as_written(first)
    message = _SAID[first.kind].format(name)
    hint = did_you_mean(first.name, known) or _WHERE[first.kind]
    if first.dimension:
        hint = hint.replace(first.dimension, DIMENSION)
        all_wrong = len(group) == len(content.names("dimension"))
        if not all_wrong or f"“{name}”" in hint:
            others = f", nor {len(group) - 1} like it" if len(group) > 1 else ""
            message = _SAID[first.kind].format(first.name) + others
            hint = "a for-each rule needs one for every dimension"
    if first.kind == "finding" and first.name in content.rules:
        message = f"“{name}” is a rule that recommends a play, so there is no such finding"
        hint = "name a finding that it treats, perhaps"
    return problem_at(first.path, first.place, f"unknown-{first.kind}", message, hint)


def _as_written(reference: _Reference) -> str:
    return reference.name.replace(reference.dimension, DIMENSION) if reference.dimension else reference.name


def _all(content: Content) -> Iterator[_Reference]:
    for rule in content.files.rules:
        yield from _in_rule(rule)
    for play in content.plays.values():
        yield from _in_play(play)
    for template in content.templates.values():
        yield from _in_template(template)
    for scenario in content.files.scenarios:
        yield from _in_scenario(scenario.path, scenario.model)


def _in_rule(read: Read[AnyRuleForm]) -> Iterator[_Reference]:
    form, dimension = read.model, read.node.dimension if isinstance(read.node, Mapping) else ""
    if form.when:
        yield from _in_condition(read.path, form.id.place, form.when, dimension)
    if isinstance(form, RecommendingForm):
        yield _Reference(read.path, form.recommend.place, "play", str(form.recommend), dimension)
    findings = form.treats if isinstance(form, RecommendingForm) else form.finding.explains
    yield from (_Reference(read.path, each.place, "finding", str(each), dimension) for each in findings)


def _in_play(play: Play) -> Iterator[_Reference]:
    file = play.file
    if file.unless:
        yield from _in_condition(play.path, play.place, file.unless)
    yield from _named(play.path, "play", [each for each in (file.instead, *file.after) if each])
    yield from _named(play.path, "dimension", [file.measure] if file.measure else [])
    yield from _named(play.path, "template", file.agreements)
    for text in (*play.texts.values(), *play.first_steps.values()):
        yield from _in_text(text)


def _in_template(template: AgreementTemplate) -> Iterator[_Reference]:
    yield from _named(template.path, "finding", template.file.answers)
    for clause in template.file.clauses:
        yield from _named(template.path, "finding", clause.answers)
    for text in template.clauses.values():
        yield from _in_text(text)


def _in_scenario(path: str, scenario: Scenario) -> Iterator[_Reference]:
    expect = scenario.expect
    yield from _named(path, "finding", (*expect.findings, *expect.not_findings))
    plays = (*expect.start_here, *expect.not_start_here, *expect.later, *expect.held_back)
    yield from _named(path, "play", plays)
    yield from _named(path, "dimension", (*scenario.profile, *((expect.next_lever,) if expect.next_lever else ())))
    yield from _named(path, "play", scenario.facts.done or ())
    yield from _named(path, "template", scenario.facts.adopted or ())
    for name in scenario.measures:
        _, form, rest = words_of_name(name)
        if form and form.about in ("dimension", "question"):
            yield _Reference(path, name.place, form.about, rest[0])


def _named(path: str, kind: str, names: Iterable[Text]) -> Iterator[_Reference]:
    return (_Reference(path, name.place, kind, str(name)) for name in names)


def _in_condition(path: str, rule: Place, condition: Condition, dimension: str = "") -> Iterator[_Reference]:
    for leaf in leaves(condition):
        place = leaf.place or rule
        if isinstance(leaf, FindingIs):
            yield _Reference(path, place, "finding", leaf.finding, dimension)
        elif FORMS[leaf.measure.kind].about in _SAID:
            yield _Reference(path, place, FORMS[leaf.measure.kind].about, leaf.measure.of, dimension)


def _in_text(text: Placeholders) -> Iterator[_Reference]:
    for asked in text.references:
        yield _Reference(text.path, asked.place, FUNCTIONS[asked.function], asked.name)
