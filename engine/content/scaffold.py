"""Starts a rule, play, template or questionnaire: files to fill in, and a scenario that fails until that is done."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final, Literal, TypeAlias

from engine.content import starting_texts
from engine.content.files import Files, dimensions_of, read_files
from engine.content.model import ID_PATTERN
from engine.content.rules import FindingForm
from engine.errors import PelikirjaError

Kind: TypeAlias = Literal["rule", "play", "template", "questionnaire"]


def scaffold(kind: Kind, id_: str, folder: Path) -> list[Path]:
    """Write the files that a new piece of content starts from; they load, and only their scenario fails.

    Args:
        kind: what to start.
        id_: its id.
        folder: holds ``rules/`` and ``playbooks/``.

    Returns:
        The files written.

    Raises:
        PelikirjaError: the id cannot be, is taken, or there is nothing yet that the new content could build on.
    """
    if not ID_PATTERN.fullmatch(id_):
        raise PelikirjaError(
            f"“{id_}” cannot be an id; use lower-case letters, digits and single hyphens, starting with a letter"
        )
    files = read_files(folder)
    _refuse_taken(kind, id_, files)
    texts = {folder / name: text for name, text in _STARTERS[kind](id_, files).items()}
    _write(texts)
    return list(texts)


def _refuse_taken(kind: Kind, id_: str, files: Files) -> None:
    dimensions = {str(each.id) for each in dimensions_of(read.model for read in files.questionnaires)}
    taken = {
        "rule": {str(read.model.id) for read in files.rules},
        "play": {str(read.model.id) for read in files.plays},
        "template": {str(read.model.id) for read in files.templates},
        "questionnaire": {str(read.model.id) for read in files.questionnaires} | dimensions,
    }
    if id_ in taken[kind]:
        what = "dimension" if kind == "questionnaire" and id_ in dimensions else kind
        raise PelikirjaError(f"there is a {what} “{id_}” already; choose another id")


def _a_dimension(files: Files) -> str:
    dimensions = dimensions_of(read.model for read in files.questionnaires)
    if not dimensions:
        raise PelikirjaError("there is no questionnaire yet to build on; start with: pelikirja new questionnaire ID")
    return str(dimensions[0].id)


def _a_finding(files: Files) -> str:
    for read in files.rules:
        if isinstance(read.model, FindingForm) and read.model.finding.kind == "weakness":
            return str(read.model.id)
    raise PelikirjaError("there is no rule yet that finds a weakness; start with: pelikirja new rule ID")


def _rule(id_: str, files: Files) -> Mapping[str, str]:
    words = {"ID": id_, "DIMENSION": _a_dimension(files)}
    return {
        f"rules/{id_}.yaml": _filled(starting_texts.RULE, words),
        f"rules/{id_}.scenarios.yaml": _filled(starting_texts.RULE_SCENARIO, words),
    }


def _play(id_: str, files: Files) -> Mapping[str, str]:
    words = {"ID": id_, "DIMENSION": _a_dimension(files)}
    return {
        f"playbooks/actions/{id_}/play.yaml": _filled(starting_texts.PLAY, words),
        f"playbooks/actions/{id_}/en.md": starting_texts.PLAY_EN,
        f"playbooks/actions/{id_}/fi.md": starting_texts.PLAY_FI,
        f"rules/{id_}.scenarios.yaml": _filled(starting_texts.PLAY_SCENARIO, words),
    }


def _template(id_: str, files: Files) -> Mapping[str, str]:
    words = {"ID": id_, "FINDING": _a_finding(files)}
    return {
        f"playbooks/agreements/{id_}.yaml": _filled(starting_texts.TEMPLATE, words),
        f"rules/{id_}.scenarios.yaml": _filled(starting_texts.TEMPLATE_SCENARIO, words),
    }


def _questionnaire(id_: str, files: Files) -> Mapping[str, str]:
    return {
        f"rules/questionnaires/{id_}.yaml": _filled(starting_texts.QUESTIONNAIRE, {"ID": id_}),
        f"rules/{id_}.scenarios.yaml": _filled(starting_texts.QUESTIONNAIRE_SCENARIO, {"ID": id_}),
    }


_STARTERS: Final[dict[Kind, Callable[[str, Files], Mapping[str, str]]]] = {
    "rule": _rule, "play": _play, "template": _template, "questionnaire": _questionnaire,
}  # fmt: skip


def _filled(text: str, words: Mapping[str, str]) -> str:
    for word, value in words.items():
        text = text.replace(f"«{word}»", value)
    return text


def _write(texts: Mapping[Path, str]) -> None:
    """Write all files or none: each under another name first, none over an existing one."""
    for path in texts:
        if path.exists():
            raise PelikirjaError(f"{path} exists already, and nothing was written; choose another id, or delete it")
    drafts = {path: path.with_name(f".{path.name}.new") for path in texts}
    try:
        for path, text in texts.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            drafts[path].write_text(text, encoding="utf-8", newline="\n")
        for path, draft in drafts.items():
            os.replace(draft, path)
    except OSError as error:
        for draft in drafts.values():
            draft.unlink(missing_ok=True)
        raise PelikirjaError(f"{error.filename}: this cannot be written: {(error.strerror or '').lower()}") from error
