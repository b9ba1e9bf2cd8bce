"""Content folders for tests: the good one, and the good one with files laid over it."""

from __future__ import annotations

import shutil
from pathlib import Path

from engine.content.library import Library, load
from engine.errors import Problem, ProblemsFound

ROOT = Path(__file__).parents[2]
GOOD = Path(__file__).parent / "good"
BAD = Path(__file__).parent / "bad"


def laid_over(into: Path, files: dict[str, str | bytes | None]) -> Path:
    """Give a copy of the good folder with files written over it; None takes a file away."""
    folder = into / "content"
    shutil.copytree(GOOD, folder)
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if text is None:
            path.unlink()
        else:
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def good(name: str) -> str:
    """Give the text of a file of the good folder."""
    return (GOOD / name).read_text(encoding="utf-8")


def problems_of(folder: Path) -> list[Problem]:
    """Give the errors of a folder, with paths as seen from it; none where it loads."""
    try:
        load(folder)
    except ProblemsFound as found:
        return [
            Problem(each.path.replace(f"{folder}/", ""), each.line, each.column, each.code, each.message, each.hint)
            for each in found.problems
        ]
    return []


def said(folder: Path) -> list[str]:
    """Give the errors of a folder as a person reads them."""
    return [str(problem).replace(f"{folder}/", "") for problem in problems_of(folder)]


def loaded(into: Path, files: dict[str, str | bytes | None]) -> Library:
    """Load the good folder with files written over it."""
    return load(laid_over(into, files))
