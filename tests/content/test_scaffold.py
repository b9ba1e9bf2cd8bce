"""Starting files: they load at once, only their scenario fails, and nothing is ever written over."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from engine.content.library import load
from engine.content.scaffold import Kind, scaffold
from engine.errors import PelikirjaError
from tests.content.laid import ROOT, laid_over
from tests.content.test_schemas import content_files

KINDS: tuple[Kind, ...] = get_args(Kind)


def files_of(folder: Path) -> dict[Path, bytes]:
    """Give every file below a folder."""
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("kind", KINDS)
def test_starting_files_load(kind: Kind, tmp_path: Path) -> None:
    """What a coach starts from has no error, and stands where the library finds it."""
    folder = laid_over(tmp_path, {})
    before = load(folder)
    written = scaffold(kind, "brand-new", folder)
    after = load(folder)
    assert after.digest != before.digest
    assert len(after.scenarios) > len(before.scenarios)
    assert {path for path in files_of(folder) if "brand-new" in str(path)} == set(written)
    assert {*content_files(folder)} >= {path for path in written if path.suffix == ".yaml"}


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_written_over(kind: Kind, tmp_path: Path) -> None:
    """A second start under the same id, or over a file that lies in the way, changes nothing at all."""
    folder = laid_over(tmp_path, {"rules/taken.scenarios.yaml": "scenarios: []\n"})
    scaffold(kind, "brand-new", folder)
    before = files_of(folder)
    for id_ in ("brand-new", "taken"):
        with pytest.raises(PelikirjaError, match="already"):
            scaffold(kind, id_, folder)
    assert files_of(folder) == before


@pytest.mark.parametrize("id_", ["Brand-New", "../escape", "a/b", "", "ä", "-a", "a--b", "a b", "low-<dimension>"])
def test_bad_ids_are_refused(id_: str, tmp_path: Path) -> None:
    """An id that no file could have is refused before anything is written."""
    folder = laid_over(tmp_path, {})
    before = files_of(tmp_path)
    with pytest.raises(PelikirjaError, match="cannot be an id"):
        scaffold("rule", id_, folder)
    assert files_of(tmp_path) == before


def test_existing_ids_are_refused(tmp_path: Path) -> None:
    """An id that some content has, also as an instance of a for-each rule, is not given again."""
    folder = laid_over(tmp_path, {})
    for kind, id_ in (("rule", "low-roles"), ("play", "talk"), ("template", "meetings"), ("questionnaire", "roles")):
        with pytest.raises(PelikirjaError, match="already"):
            scaffold(kind, id_, folder)  # type: ignore[arg-type]  # the pairs lose the literal type


def test_the_first_content_needs_a_questionnaire(tmp_path: Path) -> None:
    """Where there is nothing to build on, the coach is told what to start with."""
    for name in ("rules", "playbooks"):
        (tmp_path / name).mkdir()
    for kind in ("rule", "play"):
        with pytest.raises(PelikirjaError, match="pelikirja new questionnaire"):
            scaffold(kind, "brand-new", tmp_path)
    with pytest.raises(PelikirjaError, match="pelikirja new rule"):
        scaffold("template", "brand-new", tmp_path)


@pytest.mark.parametrize("kind", KINDS)
def test_only_the_new_scenario_fails(kind: Kind, tmp_path: Path) -> None:
    """A start is a to-do: its first scenario fails until the coach has filled the files in, and no other does."""
    scenarios = pytest.importorskip("engine.scenarios", exc_type=ImportError)
    adviser = pytest.importorskip("engine.advise", exc_type=ImportError).Adviser
    folder = laid_over(tmp_path, {})
    scaffold(kind, "brand-new", folder)
    outcomes, _ = scenarios.run_scenarios(adviser(load(folder)))
    failed = [outcome for outcome in outcomes if outcome.failures]
    assert ["brand-new" in outcome.name for outcome in failed] == [True]


def test_the_repository_has_no_starting_text() -> None:
    """Nothing in the content that ships still says what to write there."""
    assert not [path for path in content_files(ROOT) if "Write here" in path.read_text(encoding="utf-8")]
