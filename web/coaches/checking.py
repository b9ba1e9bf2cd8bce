"""Looks at the files of the content as they stand now: every fault at once, seldom enough to be no burden."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Final

from flask import current_app

from engine.cli.shared import built_in
from engine.content.library import Library, load
from engine.errors import PelikirjaError, Problem, ProblemsFound
from web.database.models import now

SECONDS: Final = 60
"""The files are loaded at most once in so long a time."""

State = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """What a look at the files found.

    Args:
        at: when.
        problems: everything that is wrong or worth a look.
        digest: of the content in the files, empty where it cannot be used.
        fault: why there was nothing to look at, or empty.
        stale: whether the files have changed since, too lately to be looked at again.
    """

    at: datetime
    problems: tuple[Problem, ...]
    digest: str
    fault: str = ""
    stale: bool = False


class Checks:
    """Looks at the files of one process's content.

    Args:
        library: the content that is in use.
        folder: where its files are.
        clock: counts seconds.
    """

    def __init__(self, library: Library, folder: Path, clock: Callable[[], float] = time.monotonic) -> None:
        self.library = library
        self._folder = folder
        self._clock = clock
        self._lock = Lock()
        self._last: tuple[float, State, Checked] | None = None

    def latest(self) -> Checked:
        """Give what is wrong in the files now, or was when they were last looked at, at most a minute ago."""
        with self._lock:
            state = state_of(self._folder)
            if self._last:
                then, seen, checked = self._last
                if seen == state:
                    return checked
                if self._clock() - then < SECONDS:
                    return replace(checked, stale=True)
            checked = check(self._folder)
            self._last = (self._clock(), state, checked)
            return checked


def make_checks(library: Library) -> Checks:
    """Give the looker at the files that the operator named."""
    return Checks(library, content_folder())


def content_folder() -> Path:
    """Give the folder of the content of this process."""
    folder: Path | None = current_app.config["PELIKIRJA"].content
    return folder or built_in()


def check(folder: Path) -> Checked:
    """Load the files thoroughly and give what is wrong in them."""
    try:
        found = load(folder, thorough=True)
    except ProblemsFound as wrong:
        return Checked(now(), wrong.problems, "")
    except PelikirjaError as error:
        return Checked(now(), (), "", str(error))
    return Checked(now(), found.warnings, found.digest)


def path_below(path: str, folder: Path) -> str:
    """Give a file's path below the folder of the content: where that lies on the server helps no coach."""
    start = f"{os.path.abspath(folder)}{os.sep}"
    whole = os.path.abspath(path)
    return whole.removeprefix(start) if whole.startswith(start) else path


def state_of(folder: Path) -> State:
    """Give what tells one state of the files from another: names, sizes and times of change."""
    return tuple(_states(folder))


def _states(folder: Path) -> Iterator[tuple[str, int, int]]:
    for part in ("rules", "playbooks"):
        for path in sorted((folder / part).rglob("*")):
            with suppress(OSError):  # it went away meanwhile
                state = path.stat()
                yield str(path), state.st_size, state.st_mtime_ns
