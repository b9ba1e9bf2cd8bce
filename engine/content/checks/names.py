"""Ids are unique, stand under their own name, and mean the same everywhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import PurePath

from engine.content.checks.content import Content, problem_at
from engine.content.files import Read
from engine.content.questionnaire import Dimension, Question, Questionnaire
from engine.content.source import Mapping, Text
from engine.content.suggestions import did_you_mean
from engine.errors import Problem


def duplicates(content: Content) -> Iterator[Problem]:
    """Report ids and names that stand twice."""
    files = content.files
    for what, ids in (
        ("play", [(read.path, read.model.id) for read in files.plays]),
        ("template", [(read.path, read.model.id) for read in files.templates]),
        ("questionnaire", [(read.path, read.model.id) for read in files.questionnaires]),
        ("question", list(_questions(files.questionnaires))),
        ("scenario", [(read.path, read.model.name) for read in files.scenarios]),
    ):
        yield from _twice(what, ids)
    yield from _rules_twice(content)
    for read in files.questionnaires:
        yield from _twice("dimension", [(read.path, each.id) for each in read.model.dimensions])
    for template in files.templates:
        yield from _twice("clause", [(template.path, each.id) for each in template.model.clauses])


def _questions(questionnaires: Iterable[Read[Questionnaire]]) -> Iterator[tuple[str, Text]]:
    """Yield the questions' ids, but for those that another questionnaire asks just so, as a pulse does."""
    asked: dict[str, tuple[str, object]] = {}
    for read in questionnaires:
        for dimension, question in _placed(read.model):
            same = (read.model.group, dimension, _as_asked(read.model, question))
            path, first = asked.setdefault(str(question.id), (read.path, same))
            if path == read.path or first != same:
                yield read.path, question.id


def _as_asked(questionnaire: Questionnaire, question: Question) -> tuple[object, ...]:
    scale = questionnaire.scale_of(question)
    return question.en, question.fi, scale, question.reversed, question.mirrors, question.measures


def _rules_twice(content: Content) -> Iterator[Problem]:
    rules = [
        read
        for read in content.files.rules
        if read.model.id not in content.replaced and read.model.replaces != read.model.id
    ]
    written_out = {str(read.model.id): read for read in rules if isinstance(read.node, Mapping) and read.node.dimension}
    plain = [read for read in rules if not (isinstance(read.node, Mapping) and read.node.dimension)]
    for read in plain:
        instance = written_out.get(str(read.model.id))
        if instance:
            where = f"{instance.path}:{instance.model.id.place.line}"
            message = f"the for-each rule in {where} becomes “{read.model.id}” already"
            hint = f"choose another id; to take its place, also say “replaces: {read.model.id}”"
            yield problem_at(read.path, read.model.id, "duplicate-id", message, hint)
    yield from _twice("rule", [(read.path, read.model.id) for read in plain])
    yield from _twice("rule", [(read.path, read.model.id) for read in written_out.values()])


def _twice(what: str, ids: Iterable[tuple[str, Text]]) -> Iterator[Problem]:
    seen: dict[str, tuple[str, Text]] = {}
    for path, id_ in ids:
        first_path, first = seen.setdefault(str(id_), (path, id_))
        if first is not id_:
            where = f"in line {first.place.line}" if first_path == path else f"in {first_path}:{first.place.line}"
            message = f"there is a {what} “{id_}” already, {where}"
            yield problem_at(path, id_, "duplicate-id", message, "give one of them another name")


def file_names(content: Content) -> Iterator[Problem]:
    """Report plays and templates that are called otherwise than their folder or file."""
    for play in content.files.plays:
        yield from _other_name("play", "folder", play.path, play.model.id, PurePath(play.path).parent.name)
    for template in content.files.templates:
        yield from _other_name("template", "file", template.path, template.model.id, PurePath(template.path).stem)


def _other_name(what: str, where: str, path: str, id_: Text, name: str) -> Iterator[Problem]:
    if name != id_:
        message = f"the {what} is called “{id_}” and its {where} “{name}”"
        yield problem_at(path, id_, "id-and-name", message, "give both the same name")


def titles(content: Content) -> Iterator[Problem]:
    """Report dimensions that another questionnaire calls otherwise."""
    first: dict[str, tuple[str, Dimension]] = {}
    for read in content.files.questionnaires:
        for dimension in read.model.dimensions:
            path, known = first.setdefault(str(dimension.id), (read.path, dimension))
            for mine, other in ((dimension.en, known.en), (dimension.fi, known.fi)):
                if mine != other:
                    message = f"“{dimension.id}” is called “{other}” in {path}:{other.place.line}"
                    yield problem_at(read.path, mine, "other-title", message, "call a dimension the same everywhere")


def mirrors(content: Content) -> Iterator[Problem]:
    """Report mirrored questions that are not there, or not another group's on the same dimension."""
    asked = {
        str(question.id): (read.model, dimension)
        for read in content.files.questionnaires
        for dimension, question in _placed(read.model)
    }
    for read in content.files.questionnaires:
        for dimension, question in _placed(read.model):
            if question.mirrors is not None:
                yield from _mirror(content, read, dimension, question.mirrors, asked)


def _placed(questionnaire: Questionnaire) -> Iterator[tuple[str, Question]]:
    """Yield every question with its dimension, which is nothing for what stands outside them."""
    for dimension in questionnaire.dimensions:
        for question in dimension.questions:
            yield str(dimension.id), question
    for question in questionnaire.questions:
        yield "", question


def _mirror(
    content: Content,
    read: Read[Questionnaire],
    dimension: str,
    mirrored: Text,
    asked: dict[str, tuple[Questionnaire, str]],
) -> Iterator[Problem]:
    if mirrored not in asked:
        if content.judged("question"):
            message = f"no questionnaire has the question “{mirrored}”"
            hint = did_you_mean(mirrored, asked) or "the questions stand in rules/questionnaires/"
            yield problem_at(read.path, mirrored, "unknown-question", message, hint)
        return
    questionnaire, its_dimension = asked[mirrored]
    if questionnaire.group == read.model.group:
        message = f"“{mirrored}” is asked of the {read.model.group} too"
        yield problem_at(read.path, mirrored, "bad-mirror", message, "mirror a question of another group")
    elif its_dimension != dimension:
        message = f"“{mirrored}” belongs to “{its_dimension}”, this question to “{dimension}”"
        yield problem_at(read.path, mirrored, "bad-mirror", message, "mirror a question on the same dimension")
