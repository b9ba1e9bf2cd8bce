"""Finds the content files of a folder and reads each into its model, collecting every problem."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Generic, TypeVar

from engine.content.conditions import Place
from engine.content.model import AnyModel, Model, validate
from engine.content.playbooks import PlayFile, TemplateFile
from engine.content.priority import Priority
from engine.content.questionnaire import Dimension, Questionnaire
from engine.content.rules import AnyRuleForm, RulesFile, write_out
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
        unread: kinds of which some file could not be read at all; what refers to them cannot be judged.
        named: ids that stand in files, by kind, even where the rest was wrong.
    """

    questionnaires: list[Read[Questionnaire]] = field(default_factory=list)
    rules: list[Read[AnyRuleForm]] = field(default_factory=list)
    plays: list[Read[PlayFile]] = field(default_factory=list)
    play_texts: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    templates: list[Read[TemplateFile]] = field(default_factory=list)
    scenarios: list[Read[Scenario]] = field(default_factory=list)
    priority: Read[Priority] | None = None
    rule_nodes: list[Node] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)
    named: dict[str, set[str]] = field(default_factory=lambda: {kind: set() for kind in KINDS})


def read_files(folder: Path, extra: Iterable[Path] = ()) -> Files:
    """Read all content below a folder.

    Args:
        folder: holds ``rules/`` and ``playbooks/``.
        extra: questionnaire files from elsewhere.

    Raises:
        PelikirjaError: the folder holds no content.
    """
    if not (folder / "rules").is_dir():
        raise PelikirjaError(f"{folder}: there is no folder “rules” here; name a folder that holds rules/ and playbooks/")
    files = Files()
    for path in [*_yaml(folder / "rules" / "questionnaires", files), *extra]:
        _read_one(files, path, "questionnaire", Questionnaire, files.questionnaires)
    for path in _yaml(folder / "playbooks" / "agreements", files):
        _read_one(files, path, "template", TemplateFile, files.templates)
    for path in sorted((folder / "playbooks" / "actions").glob("*/")):
        _read_play(files, path)
    _read_rules_folder(files, folder)
    return files


def shown(path: Path) -> str:
    """Give a file's name as the person would type it: relative where it is below the current folder."""
    absolute, here = os.path.abspath(path), os.getcwd()
    return os.path.relpath(absolute, here) if absolute.startswith(here + os.sep) else str(path)


def dimensions_of(questionnaires: Iterable[Questionnaire]) -> tuple[Dimension, ...]:
    """Give every dimension of every questionnaire once, by id."""
    found = {str(each.id): each for questionnaire in questionnaires for each in questionnaire.dimensions}
    return tuple(found[id_] for id_ in sorted(found))


def _yaml(folder: Path, files: Files) -> Iterator[Path]:
    for path in sorted(folder.rglob("*"))[:MAX_FILES] if folder.is_dir() else ():
        if path.suffix == ".yml":
            problem = Problem(shown(path), 0, 0, "file-name", "files of content end in .yaml", "rename it")
            files.problems.append(problem)
        elif path.suffix == ".yaml" and not path.name.startswith("."):
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
            problems = [Problem(name, 0, 0, "empty-file", "the file is empty", "fill it, or delete it")]
    if node is None:
        files.unread.add(kind)
    files.problems += problems
    return node


def _read_one(files: Files, path: Path, kind: str, model: type[AnyModel], into: list[Read[AnyModel]]) -> None:
    node = _parse(files, path, kind)
    if node is None:
        return
    files.named[kind].update(_ids([node]))
    read, problems = validate(model, node, shown(path))
    files.problems += problems
    if read is None:
        files.unread.add(kind)
    else:
        into.append(Read(shown(path), Place(1, 1), node, read))


def _ids(nodes: Iterable[Node]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, Mapping) and isinstance(node.get(Text("id")), Text):
            yield str(node[Text("id")])


def _read_play(files: Files, folder: Path) -> None:
    _read_one(files, folder / "play.yaml", "play", PlayFile, files.plays)
    for language in ("en", "fi"):
        path = folder / f"{language}.md"
        if not path.is_file():
            hint = f"write {language}.md beside play.yaml"
            problem = Problem(shown(path), 0, 0, "missing-translation", "this text of the play is missing", hint)
            files.problems.append(problem)
            continue
        data, problems = read_bytes(path, shown(path))
        text, more = decode(data, shown(path))
        files.problems += problems + more
        files.play_texts[folder.name, language] = (shown(path), text)


def _read_rules_folder(files: Files, folder: Path) -> None:
    dimensions = dimensions_of(read.model for read in files.questionnaires)
    below = [path for path in _yaml(folder / "rules", files) if "questionnaires" not in path.parts[-2:-1]]
    for path in below:
        if path.name == "priority.yaml":
            found: list[Read[Priority]] = []
            _read_one(files, path, "priority", Priority, found)
            files.priority = found[0] if found else None
        elif path.name.endswith(".scenarios.yaml"):
            _read_list(files, path, "scenarios", ScenariosFile, files.scenarios, _parse(files, path, "scenarios"))
        else:
            node = _parse(files, path, "rules")
            files.rule_nodes.append(node)
            _read_list(files, path, "rules", RulesFile, files.rules, write_out(node, dimensions))
    if files.priority is None and "priority" not in files.unread:
        path = folder / "rules" / "priority.yaml"
        files.problems.append(Problem(shown(path), 0, 0, "missing-file", "the weights of the priority are missing"))


def _read_list(files: Files, path: Path, kind: str, model: type[Model], into: list[Read[Kept]], node: Node) -> None:
    """Read a file that holds one list; a wrong item does not take the others with it."""
    if node is None:
        return
    items = node.get(Text(kind)) if isinstance(node, Mapping) else None
    files.named[kind].update(_ids(items) if isinstance(items, Sequence) else ())
    whole, problems = validate(model, node, shown(path))
    files.problems += sorted(set(problems))
    if not isinstance(node, Mapping) or not isinstance(items, Sequence):
        files.unread.add(kind)
        return
    models = getattr(whole, kind) if whole else (_alone(model, kind, item) for item in items)
    for item, place, each in zip(items, items.places, models, strict=True):
        if each is not None:
            into.append(Read(shown(path), place, item, each))


def _alone(model: type[Model], kind: str, item: Node) -> object | None:
    items = Sequence([item])
    items.place, items.places = Place(1, 1), [Place(1, 1)]
    node = Mapping({Text.at(kind, Place(1, 1)): items})
    node.place, node.places = Place(1, 1), {kind: Place(1, 1)}
    whole, _ = validate(model, node, "")
    return getattr(whole, kind)[0] if whole else None
