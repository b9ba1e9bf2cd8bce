"""What must hold between files: every reference leads somewhere, nothing goes in circles, ids are unique."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from pathlib import PurePath
from typing import Final

from engine.content.conditions import Comparison, Condition, FindingIs, Known, Place, leaves
from engine.content.files import Files
from engine.content.measures import DIMENSION_KINDS, THOUSAND, Measure
from engine.content.model import did_you_mean
from engine.content.playbooks import AgreementTemplate, Play
from engine.content.rules import NEEDS_A_PLAY, Rule
from engine.content.source import Text
from engine.content.templating import Placeholders
from engine.errors import Problem

TOP: Final = Place(1, 1)
_HTML: Final = re.compile(r"<(?=[a-zA-Z/!?])[^>\n]*>?")


@dataclass(frozen=True)
class Content:
    """All content together, as the checks see it."""

    files: Files
    rules: Mapping[str, Rule]
    plays: Mapping[str, Play]
    templates: Mapping[str, AgreementTemplate]
    replaced: Mapping[str, str]

    def names(self, kind: str) -> set[str]:
        """Give the ids of a kind that may be referred to, counting those whose files have other faults."""
        match kind:
            case "finding":
                return {id_ for id_, rule in self.rules.items() if rule.finding} | set(self.replaced)
            case "play" | "template":
                return {*(self.plays if kind == "play" else self.templates), *self.files.named[kind]}
            case "dimension":
                return {str(each.id) for read in self.files.questionnaires for each in read.model.dimensions}
            case _:
                return {str(each.id) for read in self.files.questionnaires for each in read.model.all_questions}

    def judged(self, kind: str) -> bool:
        """Tell whether a missing id can be judged: not where a file that may define it could not be read."""
        source = {"finding": "rules", "play": "play", "template": "template"}.get(kind, "questionnaire")
        return source not in self.files.unread


def find_problems(content: Content) -> list[Problem]:
    """Check all content together.

    Returns:
        Errors and warnings, in no order.
    """
    checks: tuple[Callable[[Content], Iterable[Problem]], ...] = (
        _duplicates, _file_names, _titles, _mirrors, _references, _circles, _thresholds, _unused,
    )  # fmt: skip
    return [problem for check in checks for problem in check(content)]


def html_problems(text: str, path: str) -> list[Problem]:
    """Report raw HTML in a Markdown text; it would not be shown."""
    return [
        Problem(path, number, found.start() + 1, "no-html", f"“{found.group()[:30]}” looks like HTML", "use Markdown")
        for number, line in enumerate(text.splitlines(), 1)
        for found in _HTML.finditer(line)
    ]


def replacements(files: Files, problems: list[Problem]) -> dict[str, str]:
    """Give the replacing rule's id by the replaced one's, and report replacements that cannot be."""
    instances = {str(read.model.id) for read in files.rules if getattr(read.node, "written_as", None)}
    replaced: dict[str, str] = {}
    for read in files.rules:
        target = read.model.replaces
        if target is None:
            continue
        if target not in instances and "questionnaire" not in files.unread:
            message = f"no for-each rule has the instance “{target}”"
            problems.append(_at(read.path, target, "unknown-rule", message, did_you_mean(target, instances)))
        elif target in replaced:
            message = f"“{target}” is replaced twice, also by “{replaced[str(target)]}”"
            problems.append(_at(read.path, target, "duplicate-id", message, "keep one of the two"))
        else:
            replaced[str(target)] = str(read.model.id)
    return replaced


def _at(path: str, where: Text | Place | None, code: str, message: str, hint: str = "") -> Problem:
    place = where.place if isinstance(where, Text) else where or TOP
    return Problem(path, place.line, place.column, code, message, hint)


def _warn(path: str, place: Place, code: str, message: str, hint: str = "") -> Problem:
    return Problem(path, place.line, place.column, code, message, hint, "warning")


def _duplicates(content: Content) -> Iterator[Problem]:
    files = content.files
    kept = [read for read in files.rules if str(read.model.id) not in content.replaced]
    for what, ids in (
        ("rule", [(read.path, read.model.id) for read in kept]),
        ("play", [(read.path, read.model.id) for read in files.plays]),
        ("template", [(read.path, read.model.id) for read in files.templates]),
        ("questionnaire", [(read.path, read.model.id) for read in files.questionnaires]),
        ("question", [(read.path, each.id) for read in files.questionnaires for each in read.model.all_questions]),
    ):
        yield from _twice(what, ids)
    for read in files.questionnaires:
        yield from _twice("dimension", [(read.path, each.id) for each in read.model.dimensions])
    for template in files.templates:
        yield from _twice("clause", [(template.path, each.id) for each in template.model.clauses])
    names = [(read.path, read.model.name) for read in files.scenarios]
    yield from _twice("scenario", names)


def _twice(what: str, ids: Iterable[tuple[str, Text]]) -> Iterator[Problem]:
    seen: dict[str, tuple[str, Text]] = {}
    for path, id_ in ids:
        first = seen.setdefault(str(id_), (path, id_))
        if first[1] is not id_:
            message = f"the {what} “{id_}” exists already, in {first[0]}:{first[1].place.line}"
            yield _at(path, id_, "duplicate-id", message, "give one of them another name")


def _file_names(content: Content) -> Iterator[Problem]:
    files = content.files
    for what, reads, name in (
        ("play", files.plays, lambda path: PurePath(path).parent.name),
        ("template", files.templates, lambda path: PurePath(path).stem),
    ):
        for read in reads:
            if name(read.path) != read.model.id:
                hint = f"call it “{name(read.path)}”, or rename the {'folder' if what == 'play' else 'file'}"
                message = f"the {what} “{read.model.id}” stands under another name"
                yield _at(read.path, read.model.id, "id-and-name", message, hint)


def _titles(content: Content) -> Iterator[Problem]:
    """A dimension means the same everywhere, so it is called the same everywhere."""
    first: dict[str, tuple[str, str]] = {}
    for read in content.files.questionnaires:
        for dimension in read.model.dimensions:
            titles = (str(dimension.en), str(dimension.fi))
            if first.setdefault(str(dimension.id), titles) != titles:
                known = " / ".join(first[str(dimension.id)])
                message = f"“{dimension.id}” is called “{known}” in another questionnaire"
                yield _at(read.path, dimension.en, "other-title", message, "call it the same everywhere")


def _mirrors(content: Content) -> Iterator[Problem]:
    groups = {
        str(question.id): read.model.group
        for read in content.files.questionnaires
        for question in read.model.all_questions
    }
    for read in content.files.questionnaires:
        for question in read.model.all_questions:
            if question.mirrors is None:
                continue
            if question.mirrors not in groups and content.judged("question"):
                hint = did_you_mean(question.mirrors, groups)
                yield _at(read.path, question.mirrors, "unknown-question", f"no question “{question.mirrors}”", hint)
            elif groups.get(question.mirrors) == read.model.group:
                message = f"“{question.mirrors}” is asked of the same group"
                yield _at(read.path, question.mirrors, "bad-mirror", message, "mirror a question of another group")


@dataclass(frozen=True, slots=True)
class _Reference:
    """A place that names something of a kind."""

    path: str
    place: Place
    kind: str
    name: str


_SAID: Final = {
    "finding": "no rule concludes “{}”",
    "play": "there is no play “{}”",
    "template": "there is no agreement template “{}”",
    "dimension": "no questionnaire has the dimension “{}”",
    "question": "no questionnaire has the question “{}”",
}


def _references(content: Content) -> Iterator[Problem]:
    names = {kind: content.names(kind) for kind in _SAID}
    for reference in set(_all_references(content)):
        known = names[reference.kind]
        if reference.name in known or not content.judged(reference.kind):
            continue
        message = _SAID[reference.kind].format(reference.name)
        if reference.kind == "finding" and reference.name in content.rules:
            message = f"“{reference.name}” recommends a play; it is not a finding"
        hint = did_you_mean(reference.name, known) if known else ""
        yield _at(reference.path, reference.place, f"unknown-{reference.kind}", message, hint)


def _all_references(content: Content) -> Iterator[_Reference]:
    files = content.files
    for read in files.rules:
        path, form = read.path, read.model
        if form.when:
            yield from _in_condition(path, form.id.place, form.when.tree())
        if hasattr(form, "treats"):
            yield _named(path, "play", form.recommend)
            yield from (_named(path, "finding", each) for each in form.treats)
        else:
            yield from (_named(path, "finding", each) for each in form.finding.explains)
    for play in content.plays.values():
        yield from _in_play(play)
    for template in content.templates.values():
        clauses = [each for clause in template.file.clauses for each in clause.answers]
        yield from (_named(template.path, "finding", each) for each in (*template.file.answers, *clauses))
        for text in template.clauses.values():
            yield from _in_text(text)
    for scenario in files.scenarios:
        expect = scenario.model.expect
        yield from (_named(scenario.path, "finding", each) for each in (*expect.findings, *expect.not_findings))
        plays = (*expect.start_here, *expect.later, *expect.held_back)
        yield from (_named(scenario.path, "play", each) for each in plays)
        dimensions = [*scenario.model.profile, *([expect.next_lever] if expect.next_lever else [])]
        yield from (_named(scenario.path, "dimension", each) for each in dimensions)


def _named(path: str, kind: str, name: Text) -> _Reference:
    return _Reference(path, name.place, kind, str(name))


def _in_play(play: Play) -> Iterator[_Reference]:
    file = play.file
    if file.unless:
        yield from _in_condition(play.path, play.place, file.unless.tree())
    for each in (*((file.instead,) if file.instead else ()), *file.after):
        yield _named(play.path, "play", each)
    if file.measure:
        yield _named(play.path, "dimension", file.measure)
    yield from (_named(play.path, "template", each) for each in file.agreements)
    for text in (*play.texts.values(), *play.first_steps.values()):
        yield from _in_text(text)


def _in_text(text: Placeholders) -> Iterator[_Reference]:
    for function, name, line in text.references:
        kind = "dimension" if function == "score" else "finding"
        yield _Reference(text.path, Place(text.place.line + line - 1, 1), kind, name)


def _in_condition(path: str, fallback: Place, condition: Condition) -> Iterator[_Reference]:
    for leaf in leaves(condition):
        place = leaf.place or fallback
        if isinstance(leaf, FindingIs):
            yield _Reference(path, place, "finding", leaf.finding)
        elif kind := _kind_of(leaf.measure):
            yield _Reference(path, place, kind, leaf.measure.of)


def _kind_of(measure: Measure) -> str:
    if measure.kind in (*DIMENSION_KINDS, "gap"):
        return "dimension"
    return {"question": "question", "done": "play", "adopted": "template"}.get(measure.kind, "")


def _circles(content: Content) -> Iterator[Problem]:
    reads = {
        id_: sorted({leaf.finding for leaf in leaves(rule.condition) if isinstance(leaf, FindingIs)})
        for id_, rule in content.rules.items()
    }
    instead = {id_: [str(play.file.instead)] if play.file.instead else [] for id_, play in content.plays.items()}
    after = {id_: list(map(str, play.file.after)) for id_, play in content.plays.items()}
    places = {id_: (rule.path, rule.place) for id_, rule in content.rules.items()}
    play_places = {id_: (play.path, play.place) for id_, play in content.plays.items()}
    for graph, where, said in (
        (reads, places, "rules read each other in a circle"),
        (instead, play_places, "“instead” goes in a circle"),
        (after, play_places, "“after” goes in a circle"),
    ):
        chain = _circle(graph)
        if chain:
            path, place = where[chain[0]]
            yield _at(path, place, "circle", f"{said}: {' → '.join(chain)}", "take one of the steps away")


def _circle(graph: Mapping[str, list[str]]) -> list[str]:
    known = {id_: [each for each in targets if each in graph] for id_, targets in sorted(graph.items())}
    try:
        TopologicalSorter(known).prepare()
    except CycleError as error:
        # graphlib gives the circle against the direction of reading
        chain: list[str] = error.args[1][::-1]
        return chain
    return []


def _thresholds(content: Content) -> Iterator[Problem]:
    """A threshold that no answers can reach makes a rule that never or always fires."""
    scales = [read.model.scale for read in content.files.questionnaires]
    if not scales:
        return
    low, high = min(scale.from_ for scale in scales), max(scale.to for scale in scales)
    for rule in content.rules.values():
        for leaf in leaves(rule.condition):
            bounds = _possible(leaf.measure, low, high) if isinstance(leaf, Comparison) else None
            if bounds and isinstance(leaf, Comparison) and not _reachable(leaf, *bounds):
                message = f"{leaf.measure.kind} lies between {bounds[0]} and {bounds[1]}, so this threshold never matters"
                yield _at(rule.path, leaf.place or rule.place, "impossible-threshold", message, "choose one inside")


def _possible(measure: Measure, low: int, high: int) -> tuple[int, int] | None:
    match measure.kind:
        case "score":
            return low, high
        case "favourable" | "unfavourable" | "consensus" | "csat" | "response-rate":
            return 0, 1
        case "nps":
            return -100, 100
        case "gap" | "change" | "standing":
            return low - high, high - low
        case _:
            return None


def _reachable(leaf: Comparison, low: int, high: int) -> bool:
    """Tell whether the comparison can be both true and false."""
    first, last = leaf.bounds
    lowest, highest = low * THOUSAND, high * THOUSAND
    can_hold = (first is None or first <= highest) and (last is None or last > lowest)
    can_fail = (first is not None and first > lowest) or (last is not None and last <= highest)
    return can_hold and can_fail


def _unused(content: Content) -> Iterator[Problem]:
    treated = {finding for rule in content.rules.values() for finding in rule.treats}
    recommended = {rule.play for rule in content.rules.values()}
    recommended |= {str(play.file.instead) for play in content.plays.values() if play.file.instead}
    hint = "add a rule that recommends a play and “treats” it"
    for rule in content.rules.values():
        if rule.finding and rule.finding.kind in NEEDS_A_PLAY and rule.id not in treated:
            yield _warn(rule.path, rule.place, "untreated-finding", f"no play treats “{rule.id}”", hint)
    for play in content.plays.values():
        if play.id not in recommended:
            yield _warn(play.path, play.place, "unused-play", f"no rule recommends “{play.id}”", "add one in rules/")

