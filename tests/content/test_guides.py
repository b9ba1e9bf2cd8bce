"""The guides for coaches: whoever types what stands there, from the first line to the last, gets what they say."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.content.library import Library, load
from tests.cli.running import ROOT, process

GUIDES = ("writing-rules.md", "writing-plays.md")
BLOCK = re.compile(r"^```(yaml|markdown|console)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PLACE = re.compile(r"(?:#|<!--) (\S+?)(?:, below (\S+))?(?: -->)?")


def steps(guide: str) -> Iterator[tuple[str, str]]:
    """Yield every block of a guide, in order, with its kind."""
    text = (ROOT / "docs" / guide).read_text(encoding="utf-8")
    for found in BLOCK.finditer(text):
        yield found[1], found[2]


def put(block: str, folder: Path) -> Path:
    """Write a block into the file that its first line names: as the whole file, or below a question of it."""
    first, _, text = block.partition("\n")
    place = PLACE.fullmatch(first)
    assert place, first
    path = folder / place[1]
    path.parent.mkdir(parents=True, exist_ok=True)
    if place[2]:
        lines = path.read_text(encoding="utf-8").split("\n")
        at = lines.index(f"      - id: {place[2]}") + 1
        while lines[at].startswith("        "):
            at += 1
        text = "\n".join([*lines[:at], text.rstrip("\n"), *lines[at:]])
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """Follow both guides in a new folder; give the folder, and what each command printed that did not end well."""
    here = tmp_path_factory.mktemp("coach")
    folder, failed = here, []
    for guide in GUIDES:
        for kind, block in steps(guide):
            if kind != "console":
                put(block, folder)
                continue
            for line in block.splitlines():
                arguments = shlex.split(line.removeprefix("$ pelikirja "))
                done = process(*arguments, folder=folder)
                if done.returncode or "warning" in done.stdout + done.stderr:
                    failed.append(f"{guide}: {line}\n{done.stdout}{done.stderr}")
                if arguments[:2] == ["new", "content"]:
                    folder = here / arguments[2]
    return folder, failed


@pytest.fixture(scope="module")
def library(followed: tuple[Path, list[str]]) -> Library:
    """Load what the coach has written."""
    return load(followed[0])


@pytest.mark.slow
def test_every_command_of_the_guides_ends_well(followed: tuple[Path, list[str]]) -> None:
    """Each command that a guide tells the coach to type succeeds at that point, without a warning."""
    assert followed[1] == []


def test_what_the_guides_add_is_there(library: Library) -> None:
    """At the end the content has the question, the findings, the play and the template, on top of what was shipped."""
    shipped = load(ROOT)
    assert "roles-new-tasks" in {str(each.id) for each in library.questionnaires["appreciative-review"].all_questions}
    assert library.findings.keys() - shipped.findings.keys() == {"work-without-a-taker", "overloaded-good-souls"}
    assert library.plays.keys() - shipped.plays.keys() == {"ten-minute-share-out"}
    assert library.templates.keys() - shipped.templates.keys() == {"new-work"}
    assert not library.warnings


def test_the_error_in_the_guide_is_what_a_coach_sees(followed: tuple[Path, list[str]], tmp_path: Path) -> None:
    """The message that the guide shows is the one that comes, up to where it is cut short."""
    text = (ROOT / "docs" / GUIDES[0]).read_text(encoding="utf-8")
    [shown] = re.findall(r"```text\n(.*) …\n```", text)
    folder = followed[0]
    path = folder / "rules" / "work-without-a-taker.yaml"
    right = path.read_text(encoding="utf-8")
    path.write_text(right.replace("explains: [work-without-a-taker", "explains: [work-without-taker"), encoding="utf-8")
    try:
        done = process("check", folder=folder)
    finally:
        path.write_text(right, encoding="utf-8")
    assert done.returncode == 1
    assert shown in done.stderr
