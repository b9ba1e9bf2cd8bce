"""The documentation against the command line: what it names exists, and what it shows runs."""

from __future__ import annotations

import importlib
import re
import shlex
from collections.abc import Iterator

import click
import pytest

from engine.cli import COMMANDS, main
from engine.content.files import KINDS
from tests.cli.running import ROOT, run

PAGE = (ROOT / "docs" / "command-line.md").read_text(encoding="utf-8")
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
FOLLOWED = ("writing-rules.md", "writing-plays.md")
"""Guides that write files; tests/content/test_guides.py follows them in a folder of its own."""


def commands() -> Iterator[tuple[str, click.Command]]:
    """Yield each command with its name."""
    context = click.Context(main)
    for name in COMMANDS:
        command = main.get_command(context, name)
        assert command is not None
        yield name, command


def options() -> Iterator[tuple[str, str]]:
    """Yield each option of each command."""
    for name, command in commands():
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                yield from ((name, each) for each in (*parameter.opts, *parameter.secondary_opts))


def examples() -> Iterator[str]:
    """Yield each command line that a page shows to be typed, without its comment."""
    for page in PAGES:
        for line in page.read_text(encoding="utf-8").split("\n") if page.name not in FOLLOWED else ():
            found = re.match(r"\$ (?:\.venv/bin/)?pelikirja (.+)", line)
            if found:
                yield found[1].split("  #")[0].strip()


def test_every_command_has_its_section() -> None:
    """Each command has a heading of its own, an example, and no heading is about something else."""
    headed = re.findall(r"^## ([a-z-]+):", PAGE, re.MULTILINE)
    assert sorted(headed) == sorted(COMMANDS)
    assert all(re.search(rf"^(\$ )?pelikirja {name}\b", PAGE, re.MULTILINE) for name in COMMANDS)


@pytest.mark.parametrize(("command", "option"), list(options()))
def test_every_option_is_there(command: str, option: str) -> None:
    """Each option of each command is explained on the page."""
    assert re.search(rf"`[^`\n]*{re.escape(option)}\b", PAGE), f"{command} {option}"


def test_no_option_is_made_up() -> None:
    """Every option that the page names exists."""
    known = {each for _, each in options()} | {"--help", "-h", "--version"}
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", PAGE)) <= known


def test_every_kind_of_file_is_there() -> None:
    """Each kind that ``schema`` knows is named."""
    assert all(f"`{kind}`" in PAGE for kind in KINDS)


def test_there_are_examples() -> None:
    """Each command but ``new``, which writes, is shown to be typed somewhere."""
    assert {each.split()[0] for each in examples()} >= set(COMMANDS) - {"new"}


@pytest.mark.parametrize("line", sorted(set(examples())))
def test_every_example_runs(line: str) -> None:
    """Every command line that a page shows ends with exit status 0, and prints something."""
    typed = [str(ROOT / each) if each.startswith("examples/") else each for each in shlex.split(line)]
    result = run(*typed)
    assert result.exit_code == 0, result.stderr
    assert result.stdout.strip()


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_a_module_and_help(name: str) -> None:
    """Each command lives in a module of its name, and explains itself."""
    importlib.import_module(f"engine.cli.{name.replace('-', '_')}_command")
    command = dict(commands())[name]
    assert command.help
    assert all(
        each.help for each in command.params if isinstance(each, click.Option) and each.name not in ("form", "mode")
    )


def test_files_that_pages_name_exist() -> None:
    """Every link from a page to a file of the repository leads somewhere."""
    for page in PAGES:
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
