"""The library: everything coaches wrote, checked together, with a digest over its content."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from engine.content.checks import find_problems
from engine.content.checks.content import Content
from engine.content.conditions import Any, FindingIs, Place, with_findings
from engine.content.digest import digest_of
from engine.content.files import Files, Read, dimensions_of, read_files
from engine.content.placeholder_names import without_comments
from engine.content.playbooks import AgreementTemplate, Play, PlayFile, TemplateFile
from engine.content.priority import Priority
from engine.content.questionnaire import Dimension, Questionnaire
from engine.content.replacing import replacements
from engine.content.rules import DEFAULT_SEVERITY, AnyRuleForm, Finding, FindingForm, Rule
from engine.content.scenarios import Scenario
from engine.content.source import Mapping as Written
from engine.content.templating import Placeholders, compile_text
from engine.errors import Problem, ProblemsFound

_HTML: Final = re.compile(r"<(?=[a-zA-Z/!?])[^>\n]*>?")


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

    @cached_property
    def findings(self) -> dict[str, Finding]:
        """Give every finding by id."""
        return {rule.id: rule.finding for rule in self.rules.values() if rule.finding}


def load(folder: Path, extra: Iterable[Path] = (), *, thorough: bool = True) -> Library:
    """Load a folder of content.

    Args:
        folder: holds ``rules/`` and ``playbooks/``.
        extra: questionnaire files from elsewhere; for-each rules are written out for their dimensions too.
        thorough: whether to read the scenarios too, and to examine every text with placeholders now. A command that
            gives advice once does neither: it needs no scenario, and examines the texts that it renders.

    Raises:
        ProblemsFound: with every error of every file.
        PelikirjaError: the folder holds no content.
    """
    files = read_files(folder, extra, scenarios=thorough)
    replaced, unfit = replacements(files)
    problems = [*files.problems, *unfit]
    rules = {rule.id: rule for rule in _rules(files, replaced)}
    plays = {play.id: play for play in _plays(files, replaced, problems, thorough)}
    templates = {template.id: template for template in _templates(files, problems, thorough)}
    problems += find_problems(Content(files, rules, plays, templates, replaced))
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
        digest=digest_of(files),
        warnings=tuple(sorted(set(problems))),
    )


def _rules(files: Files, replaced: Mapping[str, str]) -> Iterator[Rule]:
    for read in files.rules:
        if str(read.model.id) not in replaced:
            yield _rule(read, replaced)


def _rule(read: Read[AnyRuleForm], replaced: Mapping[str, str]) -> Rule:
    form = read.model
    treats = () if isinstance(form, FindingForm) else _renamed(form.treats, replaced)
    condition = form.when or Any(tuple(FindingIs(each) for each in treats))
    written = read.node if isinstance(read.node, Written) else None
    return Rule(
        id=str(form.id),
        condition=with_findings(condition, replaced),
        finding=_finding(form, replaced) if isinstance(form, FindingForm) else None,
        play=None if isinstance(form, FindingForm) else str(form.recommend),
        treats=treats,
        why=str(form.why or ""),
        written_as=(written and written.written_as) or str(form.id),
        path=read.path,
        place=form.id.place,
        dimension=written.dimension if written else "",
    )


def _finding(form: FindingForm, replaced: Mapping[str, str]) -> Finding:
    part = form.finding
    severity = part.severity or DEFAULT_SEVERITY[part.kind]
    return Finding(str(form.id), part.kind, severity, part, _renamed(part.explains, replaced))


def _renamed(ids: Iterable[str], replaced: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(replaced.get(str(id_), str(id_)) for id_ in ids)


def _plays(files: Files, replaced: Mapping[str, str], problems: list[Problem], thorough: bool) -> Iterable[Play]:
    for read in files.plays:
        file = read.model
        texts = {
            language: _compiled(text, path, problems, thorough)
            for (play, language), (path, text) in files.play_texts.items()
            if play == str(file.id)
        }
        unless = with_findings(file.unless, replaced) if file.unless else None
        steps = _first_steps(file, read.path, problems, thorough)
        yield Play(file, _kept(texts), steps, unless, read.path, file.id.place)


def _compiled(text: str, path: str, problems: list[Problem], thorough: bool) -> Placeholders | None:
    compiled, faults = compile_text(text, path, Place(1, 1), examine=thorough)
    problems += [*faults, *_html_problems(text, path)]
    return compiled


def _html_problems(text: str, path: str) -> Iterator[Problem]:
    """Report raw HTML in a Markdown text; it would not be shown."""
    for number, line in enumerate(without_comments(text).split("\n"), 1):
        for found in _HTML.finditer(line):
            message = f"“{found.group()[:30]}” looks like HTML, which is not shown"
            yield Problem(path, number, found.start() + 1, "no-html", message, "write it in Markdown")
            break


def _kept(texts: Mapping[str, Placeholders | None]) -> dict[str, Placeholders]:
    return {key: text for key, text in texts.items() if text is not None}


def _first_steps(file: PlayFile, path: str, problems: list[Problem], thorough: bool) -> dict[str, Placeholders]:
    steps = {}
    for language, text in (("en", file.first_step.en), ("fi", file.first_step.fi)):
        steps[language], faults = compile_text(text, path, text.place, examine=thorough)
        problems += faults
    return _kept(steps)


def _templates(files: Files, problems: list[Problem], thorough: bool) -> Iterable[AgreementTemplate]:
    for read in files.templates:
        yield AgreementTemplate(read.model, _clauses(read.model, read.path, problems, thorough), read.path)


def _clauses(
    file: TemplateFile, path: str, problems: list[Problem], thorough: bool
) -> dict[tuple[str, str], Placeholders]:
    clauses = {}
    for clause in file.clauses:
        for language, text in (("en", clause.en), ("fi", clause.fi)):
            compiled, faults = compile_text(text, path, text.place, extra=("choice",), examine=thorough)
            problems += faults
            if compiled:
                clauses[str(clause.id), language] = compiled
    return clauses
