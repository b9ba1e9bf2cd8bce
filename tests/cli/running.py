"""Runs the command line, in this process or in one of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from unittest.mock import patch

from click.testing import CliRunner, Result

from engine.cli import main, shared
from engine.content.library import Library, load

ROOT = Path(__file__).parent.parent.parent
NOKKA = ROOT / "examples" / "nokka.csv"
NOKKA_FACTS = ROOT / "examples" / "nokka-facts.yaml"
EIGHT = ROOT / "examples" / "eight-teams.csv"
EIGHT_FACTS = ROOT / "examples" / "eight-teams-facts.yaml"


@cache
def _shipped() -> Library:
    return load(ROOT)


def _loaded(folder: Path, extra: tuple[Path, ...] = (), *, thorough: bool = True, store: object = None) -> Library:
    return _shipped() if folder.resolve() == ROOT and not list(extra) else load(folder, extra, thorough=thorough)


@contextmanager
def _quickly() -> Iterator[None]:
    """Load the shipped content once for all tests."""
    with patch.object(shared, "load_cached", _loaded), patch.dict(os.environ, {"LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}):
        yield


def run(*arguments: object, lang: str = "en") -> Result:
    """Run the command line here on the shipped content, unless it names another; a crash is raised, not caught.

    Args:
        arguments: as typed.
        lang: the language, for the commands that have one.
    """
    typed = [str(each) for each in arguments]
    if typed[0] in ("advise", "why", "what-if", "statistics") and "--lang" not in typed and "--help" not in typed:
        typed += ["--lang", lang]
    if typed[0] not in ("schema", "new") and "--content" not in typed and "--help" not in typed:
        typed += ["--content", str(ROOT)]
    with _quickly():
        return CliRunner().invoke(main, typed, prog_name="pelikirja", catch_exceptions=False)


def process(
    *arguments: object, environment: Mapping[str, str] | None = None, folder: Path = ROOT
) -> subprocess.CompletedProcess[str]:
    """Run the command line in a process of its own.

    Args:
        arguments: as typed.
        environment: variables to set.
        folder: where it is started.
    """
    code = "from engine.cli import main; main(prog_name='pelikirja')"
    paths = os.pathsep.join(filter(None, [(environment or {}).get("PYTHONPATH"), str(ROOT)]))
    variables = {**os.environ, "LC_ALL": "C.UTF-8", **(environment or {}), "PYTHONPATH": paths}
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.run(
        command, env=variables, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False, timeout=120
    )
