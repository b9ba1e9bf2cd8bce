"""Writes the golden outputs anew: ``python -m tests.golden.rebuild``. Look at the difference before you commit it."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from tests.cli.running import process

HERE: Final = Path(__file__).parent
_NOKKA: Final = ("advise", "examples/nokka.csv", "--facts", "examples/nokka-facts.yaml")
_EIGHT: Final = ("advise", "examples/eight-teams.csv", "--facts", "examples/eight-teams-facts.yaml")

OUTPUTS: Final[Mapping[str, tuple[str, ...]]] = {
    "nokka.en.txt": (*_NOKKA, "--lang", "en"),
    "nokka.fi.txt": (*_NOKKA, "--lang", "fi"),
    "nokka.en.md": (*_NOKKA, "--lang", "en", "--format", "markdown"),
    "nokka.en.json": (*_NOKKA, "--lang", "en", "--format", "json"),
    "eight-teams.fi.txt": (*_EIGHT, "--lang", "fi"),
}
"""What is kept, and the command that prints it."""


def printed(name: str) -> str:
    """Give what the command prints today, without what changes with every edit: the release's digest."""
    done = process(*OUTPUTS[name])
    assert done.returncode == 0, done.stderr
    text = re.sub("sha256:[0-9a-f]{64}", "sha256:…", done.stdout)
    return "\n".join(line.rstrip() if name.endswith(".txt") else line for line in text.split("\n"))


def main() -> None:
    """Write every golden output."""
    for name in OUTPUTS:
        (HERE / name).write_text(printed(name), encoding="utf-8", newline="\n")
        sys.stdout.write(f"wrote tests/golden/{name}\n")


if __name__ == "__main__":
    main()
