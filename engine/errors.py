"""The errors that people read: one root, and problems that say what is wrong, where, and what to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Literal, TypeAlias

Severity: TypeAlias = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong in a file a person wrote.

    Args:
        path: the file, as the person would name it.
        line, column: where, counted from 1; 0 where the whole file, or the whole line, is meant.
        code: a stable, greppable name of the kind of problem, such as ``unknown-finding``.
        message: what is wrong, in one sentence without a full stop.
        hint: what to do about it; empty where nothing useful can be said.
        severity: ``error`` stops the file from being used, ``warning`` does not.
    """

    path: str
    line: int
    column: int
    code: str
    message: str
    hint: str = ""
    severity: Severity = "error"

    def __str__(self) -> str:
        place = ":".join([self.path, *(str(each) for each in (self.line, self.column) if each)])
        tail = f"; {self.hint}" if self.hint else ""
        return f"{place}: {self.severity}[{self.code}]: {self.message}{tail}"

    def as_data(self) -> dict[str, object]:
        """Give the problem as plain data for JSON."""
        return asdict(self)


class PelikirjaError(Exception):
    """The root of every error that Pelikirja raises on purpose; its text is meant for people."""


class ProblemsFound(PelikirjaError):
    """Input that cannot be used; carries every problem that was found, not only the first.

    Args:
        problems: at least one problem.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))
