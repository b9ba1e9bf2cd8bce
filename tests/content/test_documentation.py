"""The page about content files: its examples load, and it names every key there is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from engine.content.condition_forms import FORMS
from engine.content.condition_language import When
from engine.content.files import KINDS
from engine.content.library import Library, load
from engine.content.measures import DIMENSION_KINDS, GROUP_KINDS
from engine.content.schemas import schema_of
from engine.content.source import parse_yaml
from tests.content.laid import ROOT

PAGE = (ROOT / "docs" / "content-files.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(?:yaml|markdown)\n(?:#|<!--) (\S+)(?: -->)?\n(.*?)```", PAGE, re.DOTALL)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """Load the folder that the page's examples make."""
    for name, text in BLOCKS:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    for play in (tmp_path / "playbooks" / "actions").iterdir():
        for language in ("en", "fi"):
            if not (play / f"{language}.md").exists():
                (play / f"{language}.md").write_text("Words.\n", encoding="utf-8")
    return load(tmp_path)


def test_the_examples_load_together(library: Library) -> None:
    """What stands on the page is a content folder without a mistake, with something of every kind."""
    assert len(BLOCKS) == PAGE.count("```") // 2
    assert library.rules
    assert library.plays
    assert library.templates
    assert library.scenarios
    assert len(library.questionnaires) == 2


def test_every_condition_of_the_table_can_be_read() -> None:
    """Each condition in the table is one, and each form of condition stands in it."""
    table = PAGE.split("### Conditions")[1].split("## ")[0]
    conditions = re.findall(r"`(\{(?!some)[^`]*\})`", table)
    reader = TypeAdapter(When)
    for condition in conditions:
        node, problems = parse_yaml(condition, "table")
        assert not problems
        reader.validate_python(node)
    assert len(conditions) >= 15
    assert [head for head in FORMS if f"{{{head}:" not in table and f"`{head}:" not in table] == []


def test_every_measure_can_be_compared() -> None:
    """Each kind of measure has a form of condition."""
    assert set(FORMS) >= {*DIMENSION_KINDS, *GROUP_KINDS, "question", "gap", "fact", "done", "adopted"}


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_is_named(kind: str) -> None:
    """No key that a schema allows is missing from the page."""

    def keys(schema: object) -> set[str]:
        if isinstance(schema, list):
            return {key for each in schema for key in keys(each)}
        if not isinstance(schema, dict):
            return set()
        own = set(schema["properties"]) if isinstance(schema.get("properties"), dict) else set()
        return own | {key for each in schema.values() for key in keys(each)}

    assert [key for key in sorted(keys(schema_of(kind))) if not re.search(rf"\b{key}\b[:`,]", PAGE)] == []
