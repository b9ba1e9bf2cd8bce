"""The files of the content beside what is in use: shown as written, and checked as they are now."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from shutil import copytree

import pytest
from flask import Flask
from flask.testing import FlaskClient

from engine.cli.shared import built_in
from tests.small import shipped
from tests.web.coaching import coach, read
from web.coaches.checking import Checks, path_below
from web.coaches.written import written

__all__ = ["coach"]


@pytest.fixture
def files(app: Flask, tmp_path: Path) -> Path:
    """Give a copy of the content's files, which the application takes for its own."""
    folder = tmp_path / "content"
    for part in ("rules", "playbooks"):
        copytree(built_in() / part, folder / part)
    app.config["PELIKIRJA"] = replace(app.config["PELIKIRJA"], content=folder)
    return folder


def test_a_look_at_the_files_was_just_now(coach: FlaskClient) -> None:
    """The moment is told as a person would."""
    assert "<dd>just now</dd>" in read(coach, "/check")


def test_every_rule_is_shown_as_it_was_written() -> None:
    """The YAML shown for a rule is its own, and says what the loaded content says."""
    library = shipped()
    for rule in library.rules.values():
        found = written(rule, library)
        assert found.current, rule.id
        assert f"id: {rule.written_as}" in found.text


def test_a_rule_that_was_edited_after_loading_says_so(files: Path) -> None:
    """Where the file says something else than what is in use, the two are told apart."""
    library = shipped()
    rule = library.rules["unclear-agreements"]
    path = files / "rules" / "agreements.yaml"
    moved = replace(rule, path=str(path))
    assert written(moved, library).current
    path.write_text(path.read_text().replace("below: 3.0}", "below: 3.1}", 1))
    assert not written(moved, library).current
    path.write_text("rules: [")
    assert written(moved, library).text == ""


def test_a_fault_in_the_files_is_named_with_file_line_and_column(coach: FlaskClient, files: Path) -> None:
    """A misspelt finding on disk is listed with its place and a hint, while the release in use stays as it was."""
    path = files / "rules" / "agreements.yaml"
    path.write_text(path.read_text().replace("{finding: unclear-agreements}", "{finding: unclear-agrements}", 1))
    page = read(coach, "/check")
    for part in ("The files have 1 error", "unknown-finding", "did you mean", "rules/agreements.yaml"):
        assert part in page, part
    assert str(files) not in page
    assert read(coach, "/rules/unclear-agreements")


def test_unchanged_files_are_in_order(coach: FlaskClient) -> None:
    """Where the files say what is in use, the page says so and shows the release."""
    page = read(coach, "/check")
    assert "The files are in order</h1>" in page
    assert shipped().digest in page


def test_the_files_are_loaded_once_a_minute_at_most(files: Path) -> None:
    """Changed files are looked at again only after a minute; until then the last look is shown, and called old."""
    clock = [0.0]
    checks = Checks(shipped(), files, clock=lambda: clock[0])
    first = checks.latest()
    assert checks.latest() is first
    (files / "rules" / "joy.yaml").write_text("rules: [")
    assert checks.latest().stale
    assert checks.latest().problems == first.problems
    clock[0] = 61.0
    assert checks.latest().problems[0].path == str(files / "rules" / "joy.yaml")


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    """Where the content is gone, that is what the check says."""
    assert "no such folder" in Checks(shipped(), tmp_path / "gone").latest().fault


def test_paths_are_told_below_the_content() -> None:
    """A coach reads the name of the file, not where the server keeps it."""
    assert path_below("/srv/content/rules/joy.yaml", Path("/srv/content")) == "rules/joy.yaml"
    assert path_below("elsewhere.yaml", Path("/srv/content")) == "elsewhere.yaml"
