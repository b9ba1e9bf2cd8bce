"""The library: everything coaches wrote, checked together, with a digest over its content."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from engine.content import checks
from engine.content.conditions import Any, Condition, FindingIs, with_findings
from engine.content.files import Files, Read, dimensions_of, read_files
from engine.content.playbooks import AgreementTemplate, Play, PlayFile, TemplateFile
from engine.content.priority import Priority
from engine.content.questionnaire import Dimension, Questionnaire
from engine.content.rules import DEFAULT_SEVERITY, AnyRuleForm, Finding, FindingForm, Rule
from engine.content.scenarios import Scenario
from engine.content.source import Node
from engine.content.templating import Placeholders, compile_text
from engine.errors import Problem, ProblemsFound


@dataclass(frozen=True)
class Library:
    """Everything coaches wrote, ready to reason with; never changed after loading.

    Args:
        questionnaires, dimensions, rules, plays, templates: by id; rules are written out, and what referred to a
            replaced rule refers to the one that took its place.
        replaced: the replacing rule's id by the replaced one's.
        priority: the weights of the priority.
        scenarios: the coaches' tests.
        digest: ``sha256:…`` over the content, the same on every machine and in every file order.
        warnings: what is allowed but worth a look.
    """

    questionnaires: Mapping[str, Questionnaire]
    dimensions: Mapping[str, Dimension]
    rules: Mapping[str, Rule]
    plays: Mapping[str, Play]
    templates: Mapping[str, AgreementTemplate]
    replaced: Mapping[str, str]
    priority: Priority
    scenarios: tuple[Read[Scenario], ...]
    digest: str
    warnings: tuple[Problem, ...]

    @property
    def findings(self) -> dict[str, Finding]:
        """Give every finding by id."""
        return {rule.id: rule.finding for rule in self.rules.values() if rule.finding}


def load(folder: Path, extra: Iterable[Path] = ()) -> Library:
    """Load a folder of content.

    Args:
        folder: holds ``rules/`` and ``playbooks/``.
        extra: questionnaire files from elsewhere; for-each rules are written out for their dimensions too.

    Raises:
        ProblemsFound: with every error of every file.
        PelikirjaError: the folder holds no content.
    """
    files = read_files(folder, extra)
    problems = list(files.problems)
    replaced = checks.replacements(files, problems)
    rules = {rule.id: rule for rule in _rules(files, replaced)}
    plays = {play.id: play for play in _plays(files, replaced, problems)}
    templates = {template.id: template for template in _templates(files, problems)}
    found = checks.Content(files, rules, plays, templates, replaced)
    problems += checks.find_problems(found)
    errors = [problem for problem in problems if problem.severity == "error"]
    if errors or files.priority is None:
        raise ProblemsFound(set(errors))
    questionnaires = {str(read.model.id): read.model for read in files.questionnaires}
    return Library(
        questionnaires=questionnaires,
        dimensions={str(each.id): each for each in dimensions_of(questionnaires.values())},
        rules=rules,
        plays=plays,
        templates=templates,
        replaced=replaced,
        priority=files.priority.model,
        scenarios=tuple(files.scenarios),
        digest=_digest(files),
        warnings=tuple(sorted(set(problems))),
    )


def _rules(files: Files, replaced: Mapping[str, str]) -> Iterable[Rule]:
    for read in files.rules:
        if str(read.model.id) not in replaced:
            yield _rule(read, replaced)


def _rule(read: Read[AnyRuleForm], replaced: Mapping[str, str]) -> Rule:
    form = read.model
    id_, node = str(form.id), read.node
    finding, play, treats = None, None, ()
    if isinstance(form, FindingForm):
        part = form.finding
        explains = _renamed(part.explains, replaced)
        finding = Finding(id_, part.kind, part.severity or DEFAULT_SEVERITY[part.kind], part, explains)
    else:
        play, treats = str(form.recommend), _renamed(form.treats, replaced)
    condition: Condition = form.when.tree() if form.when else Any(tuple(FindingIs(each) for each in treats))
    written_as = getattr(node, "written_as", None) or id_
    condition = with_findings(condition, replaced)
    return Rule(id_, condition, finding, play, treats, str(form.why or ""), written_as, read.path, form.id.place)


def _renamed(ids: Iterable[str], replaced: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(replaced.get(str(id_), str(id_)) for id_ in ids)


def _plays(files: Files, replaced: Mapping[str, str], problems: list[Problem]) -> Iterable[Play]:
    for read in files.plays:
        file = read.model
        texts = {
            language: _compiled(text, path, problems)
            for (play, language), (path, text) in files.play_texts.items()
            if play == str(file.id)
        }
        unless = with_findings(file.unless.tree(), replaced) if file.unless else None
        yield Play(file, _kept(texts), _first_steps(file, read.path, problems), unless, read.path, file.id.place)


def _compiled(text: str, path: str, problems: list[Problem]) -> Placeholders | None:
    compiled, faults = compile_text(text, path, checks.TOP)
    problems += [*faults, *checks.html_problems(text, path)]
    return compiled


def _kept(texts: Mapping[str, Placeholders | None]) -> dict[str, Placeholders]:
    return {key: text for key, text in texts.items() if text is not None}


def _first_steps(file: PlayFile, path: str, problems: list[Problem]) -> dict[str, Placeholders]:
    steps = {}
    for language, text in (("en", file.first_step.en), ("fi", file.first_step.fi)):
        steps[language], faults = compile_text(text, path, text.place)
        problems += faults
    return _kept(steps)


def _templates(files: Files, problems: list[Problem]) -> Iterable[AgreementTemplate]:
    for read in files.templates:
        yield AgreementTemplate(read.model, _clauses(read.model, read.path, problems), read.path)


def _clauses(file: TemplateFile, path: str, problems: list[Problem]) -> dict[tuple[str, str], Placeholders]:
    clauses = {}
    for clause in file.clauses:
        for language, text in (("en", clause.en), ("fi", clause.fi)):
            compiled, faults = compile_text(text, path, text.place, extra=("choice",))
            problems += faults
            if compiled:
                clauses[str(clause.id), language] = compiled
    return clauses


def _digest(files: Files) -> str:
    content = {
        "questionnaires": _sorted(read.node for read in files.questionnaires),
        "rules": _sorted(rule for node in files.rule_nodes for rule in node["rules"]),  # type: ignore[call-overload, index, union-attr]  # they passed the model
        "plays": _sorted(read.node for read in files.plays),
        "texts": _sorted([play, language, text] for (play, language), (_, text) in files.play_texts.items()),
        "templates": _sorted(read.node for read in files.templates),
        "priority": files.priority.node if files.priority else None,
    }
    return "sha256:" + hashlib.sha256(_canonical(content).encode()).hexdigest()


def _sorted(nodes: Iterable[object]) -> list[str]:
    return sorted(_canonical(node) for node in nodes)


def _canonical(node: Node | object) -> str:
    return json.dumps(node, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_number)


def _number(value: object) -> object:
    """Give 3, 3.0 and 3.00 one form."""
    if isinstance(value, Decimal):
        return int(value) if value == int(value) else str(value.normalize())
    raise TypeError(type(value).__name__)
