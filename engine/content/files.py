"""Finds the content files of a folder and reads each into its model, collecting every problem."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Generic, TypeVar, cast

from engine.content.conditions import Place
from engine.content.model import DIMENSION, LANGUAGES, AnyModel, Model, validate
from engine.content.playbooks import PlayFile, TemplateFile
from engine.content.priority import Priority
from engine.content.questionnaire import Dimension, Questionnaire
from engine.content.rules import AnyRuleForm, RulesFile, instances, stray_placeholders
from engine.content.scenarios import Scenario, ScenariosFile
from engine.content.source import Mapping, Node, Sequence, Text, decode, parse_yaml, read_bytes
from engine.errors import PelikirjaError, Problem

KINDS: Final[dict[str, type[Model]]] = {
    "questionnaire": Questionnaire, "rules": RulesFile, "play": PlayFile, "template": TemplateFile,
    "scenarios": ScenariosFile, "priority": Priority,
}  # fmt: skip
MAX_FILES: Final = 5_000

Kept = TypeVar("Kept")


@dataclass(frozen=True, slots=True)
class Read(Generic[Kept]):
    """Something that was read, with where it stands and the plain data it was read from."""

    path: str
    place: Place
    node: Node
    model: Kept


@dataclass(slots=True)
class Files:
    """Everything read from a content folder, and what was wrong.

    Args:
        unread: kinds of which something could not be read at all; what refers to them cannot be judged.
        named: ids of what could not be used but could be named, by kind, and names of folders and files that should
            be ids; what refers to them is right.
    """

    questionnaires: list[Read[Questionnaire]] = field(default_factory=list)
    rules: list[Read[AnyRuleForm]] = field(default_factory=list)
    plays: list[Read[PlayFile]] = field(default_factory=list)
    play_texts: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    templates: list[Read[TemplateFile]] = field(default_factory=list)
    scenarios: list[Read[Scenario]] = field(default_factory=list)
    priority: Read[Priority] | None = None
    written_rules: list[Node] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)
    named: dict[str, set[str]] = field(default_factory=lambda: {kind: set() for kind in KINDS})

    def wrong(self, path: Path, code: str, message: str, hint: str) -> None:
        """Add a problem of a file as a whole."""
        self.problems.append(Problem(shown(path), 0, 0, code, message, hint))


def read_files(folder: Path, extra: Iterable[Path] = (), *, scenarios: bool = True) -> Files:
    """Read all content below a folder.

    Args:
        folder: holds ``rules/`` and ``playbooks/``.
        extra: questionnaire files from elsewhere.
        scenarios: whether to read the scenarios too; giving advice does not need them.

    Raises:
        PelikirjaError: the folder holds no content.
    """
    _check_folder(folder)
    files = Files()
    for path in [*_yaml(folder / "rules" / "questionnaires", files), *extra]:
        _read_one(files, path, "questionnaire", Questionnaire, files.questionnaires)
    for path in _yaml(folder / "playbooks" / "agreements", files):
        files.named["template"].add(path.stem)
        _read_one(files, path, "template", TemplateFile, files.templates)
    for path in sorted((folder / "playbooks" / "actions").glob("*/")):
        if not path.name.startswith("."):
            _read_play(files, path)
    _read_rules_folder(files, folder / "rules", scenarios)
    return files


def _check_folder(folder: Path) -> None:
    missing = [name for name in ("rules", "playbooks") if not (folder / name).is_dir()]
    if not folder.is_dir():
        raise PelikirjaError(f"{folder}: there is no such folder; name one that holds rules/ and playbooks/")
    if folder.name in ("rules", "playbooks") and (folder.absolute().parent / "rules").is_dir():
        raise PelikirjaError(f"{folder}: this is only a part of the content; name the folder above it")
    if missing:
        absent = " and ".join(f"{name}/" for name in missing)
        are = "are" if len(missing) > 1 else "is"
        raise PelikirjaError(f"{folder}: {absent} {are} missing here; name a folder that holds rules/ and playbooks/")


def shown(path: Path) -> str:
    """Give a file's name as the person would type it: relative where it is below the current folder."""
    absolute, here = os.path.abspath(path), os.getcwd() + os.sep
    return absolute.removeprefix(here) if absolute.startswith(here) else str(path)


def dimensions_of(questionnaires: Iterable[Questionnaire]) -> tuple[Dimension, ...]:
    """Give every dimension of every questionnaire once, by id."""
    found = {str(each.id): each for questionnaire in questionnaires for each in questionnaire.dimensions}
    return tuple(found[id_] for id_ in sorted(found))


def _yaml(folder: Path, files: Files) -> Iterator[Path]:
    paths = sorted(folder.rglob("*")) if folder.is_dir() else []
    if len(paths) > MAX_FILES:
        raise PelikirjaError(f"{folder}: more than {MAX_FILES:,} files stand here; is this the right folder?")
    for path in paths:
        if path.name.startswith("."):
            continue
        if path.suffix.lower() in (".yml", ".yaml") and path.suffix != ".yaml":
            files.wrong(path, "file-name", "the names of content files end in .yaml", f"call it {path.stem}.yaml")
        elif path.suffix == ".yaml":
            yield path


def _parse(files: Files, path: Path, kind: str) -> Node:
    name = shown(path)
    data, problems = read_bytes(path, name)
    text, more = decode(data, name)
    problems += more
    node: Node = None
    if not problems:
        node, problems = parse_yaml(text, name)
        if node is None and not problems:
            problems = [Problem(name, 0, 0, "empty-file", "nothing stands in this file", "fill it, or delete it")]
    if node is None:
        files.unread.add(kind)
    files.problems += problems
    return node


def _read_one(files: Files, path: Path, kind: str, model: type[AnyModel], into: list[Read[AnyModel]]) -> None:
    """Read a file that holds one thing."""
    node = _parse(files, path, kind)
    if node is None:
        return
    problems = _stray(node, shown(path))
    read = None
    if not problems:
        read, problems = validate(model, node, shown(path))
    files.problems += problems
    if read is not None:
        into.append(Read(shown(path), Place(1, 1), node, read))
    else:
        _name(files, kind, node)


def _stray(node: Node, path: str) -> list[Problem]:
    message = f"{DIMENSION} means something only in a rule that says “for-each: dimension”"
    hint = "name one dimension, or add “for-each: dimension” to the rule"
    places = [text.place for text in stray_placeholders(node)]
    return [Problem(path, place.line, place.column, "bad-for-each", message, hint) for place in places[:1]]


def _name(files: Files, kind: str, node: Node) -> None:
    """Remember what a thing that cannot be used is called, so that what refers to it is not blamed."""
    id_ = node.get(Text("id")) if isinstance(node, Mapping) else None
    if not isinstance(id_, Text) or kind == "questionnaire":
        files.unread.add(kind)
        return
    dimensions = dimensions_of(read.model for read in files.questionnaires)
    files.named[kind] |= {id_.replace(DIMENSION, each.id) for each in dimensions} if DIMENSION in id_ else {str(id_)}


def _read_play(files: Files, folder: Path) -> None:
    path = folder / "play.yaml"
    files.named["play"].add(folder.name)
    if not path.is_file():
        files.wrong(path, "missing-file", "this play has no play.yaml", "write it, or delete the folder")
        return
    _read_one(files, path, "play", PlayFile, files.plays)
    for language in LANGUAGES:
        _read_text(files, folder, language)


def _read_text(files: Files, folder: Path, language: str) -> None:
    path = folder / f"{language}.md"
    if not path.is_file():
        files.wrong(
            path, "missing-translation", "this text of the play is missing", f"write {path.name} beside play.yaml"
        )
        return
    data, problems = read_bytes(path, shown(path))
    text, more = decode(data, shown(path))
    files.problems += problems + more
    if not text.strip() and not problems + more:
        files.wrong(path, "empty-file", "nothing stands in this file", "write the text of the play")
    files.play_texts[folder.name, language] = (shown(path), text)


def _read_rules_folder(files: Files, folder: Path, scenarios: bool) -> None:
    for path in _yaml(folder, files):
        tries = path.name.endswith(".scenarios.yaml")
        if path.is_relative_to(folder / "questionnaires") or (tries and not scenarios):
            continue
        if path.name == "priority.yaml":
            found: list[Read[Priority]] = []
            _read_one(files, path, "priority", Priority, found)
            files.priority = found[0] if found else None
        elif tries:
            files.scenarios += cast("list[Read[Scenario]]", _read_list(files, path, "scenarios", ScenariosFile))
        else:
            _read_rules(files, path)
    if not (folder / "priority.yaml").is_file():
        hint = "copy it from the content that comes with Pelikirja"
        files.wrong(
            folder / "priority.yaml", "missing-file", "the file with the weights of the priority is missing", hint
        )


def _read_rules(files: Files, path: Path) -> None:
    dimensions = dimensions_of(read.model for read in files.questionnaires)
    for read in cast("list[Read[AnyRuleForm]]", _read_list(files, path, "rules", RulesFile)):
        files.written_rules.append(read.node)
        for node in instances(read.node, dimensions):
            model, problems = (read.model, []) if node is read.node else _alone(RulesFile, "rules", node, read.path)
            files.problems += problems
            if model is not None:
                files.rules.append(Read(read.path, read.place, node, cast(AnyRuleForm, model)))


def _read_list(files: Files, path: Path, kind: str, model: type[Model]) -> list[Read[object]]:
    """Read a file that holds one list; a wrong item does not take the others with it."""
    node = _parse(files, path, kind)
    if node is None:
        return []
    whole, problems = validate(model, node, shown(path))
    items = node.get(Text(kind)) if isinstance(node, Mapping) else None
    if not isinstance(items, Sequence):
        files.unread.add(kind)
        files.problems += problems
        return []
    models = getattr(whole, kind) if whole else [_alone(model, kind, item, "")[0] for item in items]
    reads = []
    for item, place, each in zip(items, items.places, models, strict=True):
        stray = _stray(item, shown(path)) if each is not None else []
        problems += stray
        if each is None or stray:
            _name(files, kind, item)
        else:
            reads.append(Read(shown(path), place, item, each))
    files.problems += problems
    return reads


def _alone(model: type[Model], kind: str, item: Node, path: str) -> tuple[object | None, list[Problem]]:
    """Check one item of a list as if it were the only one."""
    items = Sequence.at(Place(1, 1), [getattr(item, "place", Place(1, 1))])
    items.append(item)
    node = Mapping.at(Place(1, 1), {kind: Place(1, 1)})
    node[Text.at(kind, Place(1, 1))] = items
    whole, problems = validate(model, node, path)
    return (getattr(whole, kind)[0] if whole else None), problems
