"""Nothing in the web can reach answers past the gate: the contracts of imports bite, and few names are near answers."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parents[2]
VIOLATIONS: Final = {
    "web/results/pages.py": "from engine.measuring.scoring import round_ratio",
    "web/teams/pages.py": "from engine.measuring.answers import GroupAnswers",
    "web/rounds/pages.py": "def peek():\n    from engine.measuring import statistics\n    return statistics",
    "web/data/exporting.py": "import engine.measuring.groups",
    "web/coaches/pages.py": "from web.results.pages import pages as others",
}
"""What somebody might write to get at answers, or at another package's pages, and where."""


@pytest.mark.slow
def test_a_way_round_the_gate_breaks_a_contract(tmp_path: Path) -> None:
    """An import that would let a page measure by itself, hold answers or use another's page is told by its module."""
    for name in ("engine", "web"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("*.html", "__pycache__", "static"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for path, line in VIOLATIONS.items():
        with (tmp_path / path).open("a", encoding="utf-8") as file:
            file.write(f"\n\n{line}\n")
    lint = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([lint, "--no-logo", "--no-cache"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    for path in VIOLATIONS:
        assert path.removesuffix(".py").replace("/", ".") + " -> " in done.stdout, path


def nodes() -> Iterator[tuple[str, ast.AST]]:
    """Yield whatever is written in any file of the web, with the file's path."""
    for path in sorted((ROOT / "web").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            yield str(path.relative_to(ROOT / "web")), node


def users(name: str) -> set[str]:
    """Give the files in which a name is used, imports left out."""
    return {path for path, node in nodes() if isinstance(node, ast.Name) and node.id == name}


def given(name: str) -> set[tuple[str, str]]:
    """Give in which files an argument of a name is given to anything, and what."""
    return {(path, ast.unparse(node.value)) for path, node in nodes() if isinstance(node, ast.keyword)
            and node.arg == name}  # fmt: skip


def test_few_files_touch_stored_answers() -> None:
    """Sheets are read where they are taken and frozen; of frozen ones others make a digest, or delete them, no more."""
    taken = "rounds/sheets.py"
    assert users("Sheet") == {taken}
    assert users("GroupSheets") == {taken, "results/results.py", "data/keeping.py"}
    assert users("closed_round") == {"results/results.py"}
    read = {path for path, node in nodes() if isinstance(node, ast.Attribute) and node.attr == "sheets"}
    assert read == {taken, "results/results.py"}


def test_few_files_set_the_gate() -> None:
    """A gate is made to advise on results, to count towards them, and for one's own quick check; none is wider."""
    assert users("Gate") == {"results/results.py", "rounds/rounds.py", "quick_check/one_view.py"}
    assert given("self_check") == {("quick_check/one_view.py", "True")}
    assert given("viewer") == {("results/results.py", "viewer")}
    assert given("customers_minimum") == set()


def test_nobody_sets_the_minimum_of_a_round() -> None:
    """How many answers are needed is what the model says, five; no code changes it."""
    assert given("minimum") == {("results/results.py", "made.minimum"), ("rounds/rounds.py", "made.minimum")}
    assert not [path for path, node in nodes() if isinstance(node, ast.Attribute) and node.attr == "minimum"
                and isinstance(node.ctx, ast.Store)]  # fmt: skip


def test_exact_figures_are_nobodys() -> None:
    """Exact figures, which are for whoever holds the raw answers, are asked for only to write rules, of no answers."""
    assert {path for path, _ in given("exact")} == {"coaches/sentences.py"}
