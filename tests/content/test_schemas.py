"""The JSON Schemas that editors use: current, as strict as the models, and true for every content file."""

from __future__ import annotations

import copy
import os
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from engine.content.files import KINDS
from engine.content.library import load
from engine.content.schemas import schema_of, shown_schema, write_schemas
from engine.content.source import parse_yaml
from tests.content.laid import BAD, GOOD, ROOT
from tests.content.test_bad_files import expected

SCHEMAS = ROOT / "docs" / "schemas"


def kind_of(path: Path) -> str:
    """Tell which kind of content file stands at a path."""
    if path.parent.name in ("questionnaires", "agreements"):
        return {"questionnaires": "questionnaire", "agreements": "template"}[path.parent.name]
    if path.name in ("play.yaml", "priority.yaml"):
        return path.stem
    return "scenarios" if path.name.endswith(".scenarios.yaml") else "rules"


def content_files(folder: Path) -> list[Path]:
    """Give every content file of a folder."""
    return sorted([*(folder / "rules").rglob("*.yaml"), *(folder / "playbooks").rglob("*.yaml")])


def plain(node: Any) -> Any:
    """Give data as a JSON parser would."""
    if isinstance(node, dict):
        return {str(key): plain(value) for key, value in node.items()}
    if isinstance(node, list):
        return [plain(each) for each in node]
    return float(node) if isinstance(node, Decimal) else node


def data_of(path: Path) -> Any:
    """Give what stands in a YAML file."""
    node, problems = parse_yaml(path.read_text(encoding="utf-8"), str(path))
    assert not problems
    return plain(node)


FILES = [*content_files(ROOT), *content_files(GOOD)]


def test_files_are_found() -> None:
    """Every kind of content file is found in the repository's own content."""
    assert {kind_of(path) for path in content_files(ROOT)} == set(KINDS)
    assert {kind_of(path) for path in content_files(GOOD)} == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_schemas_are_current(kind: str) -> None:
    """What stands in docs/schemas is what the models say; `pelikirja schema --write docs/schemas` writes it anew."""
    assert (SCHEMAS / f"{kind}.json").read_text(encoding="utf-8") == shown_schema(kind)
    jsonschema.Draft7Validator.check_schema(schema_of(kind))


def test_writing_leaves_nothing_else(tmp_path: Path) -> None:
    """Writing the schemas makes one file per kind and no other."""
    written = write_schemas(tmp_path / "new" / "folder")
    assert sorted(written) == sorted((tmp_path / "new" / "folder").iterdir())
    assert [path.stem for path in written] == list(KINDS)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_content_file_fits_its_schema(path: Path) -> None:
    """An editor has nothing to complain about in a content file that loads, and knows which schema it has."""
    kind = kind_of(path)
    jsonschema.Draft7Validator(schema_of(kind)).validate(data_of(path))
    first = path.read_text(encoding="utf-8").split("\n", 1)[0]
    assert first == f"# yaml-language-server: $schema={os.path.relpath(SCHEMAS / f'{kind}.json', path.parent)}"


def with_unknown_keys(data: Any) -> Iterator[Any]:
    """Yield copies of data, each with an unknown key in one of its mappings."""

    def mappings(node: Any, path: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
        if isinstance(node, dict):
            yield path
        pairs = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
        for key, value in pairs:
            yield from mappings(value, (*path, key))

    for path in mappings(data, ()):
        if path[-1:] not in [("profile",), ("measures",)]:  # these are keyed by names of the coach's own
            changed = copy.deepcopy(data)
            target = changed
            for step in path:
                target = target[step]
            target["unknown-key"] = 1
            yield changed


@pytest.mark.parametrize("path", content_files(GOOD), ids=lambda path: path.name)
def test_unknown_keys_are_refused_everywhere(path: Path) -> None:
    """An unknown key is refused wherever it stands, as it is by the models."""
    validator = jsonschema.Draft7Validator(schema_of(kind_of(path)))
    changed = list(with_unknown_keys(data_of(path)))
    assert changed
    assert not [each for each in changed if validator.is_valid(each)]


SEEN_IN_ONE_FILE = (
    "unknown-key",
    "missing-key",
    "missing-source",
    "missing-translation",
    "wrong-type",
    "unknown-word",
    "bad-id",
    "too-few",
)
NOT_IN_A_SCHEMA = {
    "four-decimals.rules.yaml", "instead-without-unless.play.yaml", "question-outside.questionnaire.yaml",
    "fact-number-is-a-word.rules.yaml",
}  # fmt: skip


@pytest.mark.parametrize(
    "name",
    [
        path.name
        for path in sorted(BAD.glob("*.yaml"))
        if any(f"[{code}]" in expected(path.name)[1] for code in SEEN_IN_ONE_FILE) and path.name not in NOT_IN_A_SCHEMA
    ],
)
def test_the_schema_sees_what_one_file_shows(name: str) -> None:
    """A mistake in the shape of a file is seen by the editor too."""
    kind = name.split(".")[-2]
    assert not jsonschema.Draft7Validator(schema_of(kind)).is_valid(data_of(BAD / name))


def test_the_content_of_the_repository_loads() -> None:
    """The content that ships has no error, and nothing in it is left without a use."""
    library = load(ROOT)
    assert len(library.rules) > 100
    assert len(library.plays) >= 10
    assert not library.warnings
