"""Lets processes live that are made to be killed, one at a time; what they do is in ``until_killed``."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]


class Lives:
    """Lives one after the other.

    Args:
        parent: the process that forks for each.
        url: of the database that they write to.
    """

    def __init__(self, parent: subprocess.Popen[str], url: str) -> None:
        self._parent = parent
        self._url = url
        self._child = 0

    def begin(self, what: str, round_id: int, *, begin: int = 0, step: int = 0) -> None:
        """Let a process begin.

        Args:
            what: ``send`` or ``close``.
            round_id: which round.
            begin: with which answer it begins to send.
            step: before which of its steps it kills itself; 0 for never.
        """
        assert self._parent.stdin
        self._parent.stdin.write(f"{self._url} {what} {round_id} {begin} {step}\n")
        self._parent.stdin.flush()
        word, child = self._line().split()
        assert word == "born"
        self._child = int(child)

    def end(self) -> list[str]:
        """Wait until it has done everything, or has killed itself, and give what it said, perhaps ``done`` at last."""
        said = []
        while (line := self._line()) not in ("done", "gone"):
            said.append(line)
        return [*said, line, *self.kill()] if line == "done" else said

    def kill(self) -> list[str]:
        """Kill it wherever it is, and give what it had said since it began."""
        os.kill(self._child, signal.SIGKILL)
        return list(iter(self._line, "gone"))

    def _line(self) -> str:
        assert self._parent.stdout
        line = self._parent.stdout.readline()
        assert line, "the process has failed"
        return line.strip()


@contextmanager
def lives(url: str) -> Iterator[Lives]:
    """Give lives that write to a database."""
    command = [sys.executable, "-m", "tests.web.until_killed"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT) as parent:
        try:
            yield Lives(parent, url)
        finally:
            parent.kill()
