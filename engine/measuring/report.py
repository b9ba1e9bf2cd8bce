"""What there is to say about a table while it is read: kept up to a cap, and counted beyond it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Final, NoReturn

from engine.errors import Problem, ProblemsFound, Severity
from engine.measuring.reading_messages import MESSAGES, WORDS, YAML_IN_FINNISH

MAX_PROBLEMS: Final = 200
MAX_QUOTED: Final = 40


def quotable(text: str, limit: int = MAX_QUOTED) -> str:
    """Make a text from a file safe to quote: one line, no control characters, at most ``limit`` characters."""
    shown = text[: 4 * limit]
    if not shown.isprintable():
        shown = "".join(each for each in shown if each in "\t\n" or not unicodedata.category(each).startswith("C"))
    shown = " ".join(shown.split())
    return shown if len(shown) <= limit else shown[: limit - 1] + "…"


class Report:
    """Collects problems in one language and counts what was set aside.

    Problems of the file as a whole are few and told first; problems of rows and cells fill what is left of
    MAX_PROBLEMS, so that a table full of bad cells never hides what is wrong with all of it.

    Args:
        shown: the file, as the person would name it.
        language: ``en`` or ``fi``.
    """

    def __init__(self, shown: str, language: str) -> None:
        self.shown, self.language = shown, language
        self.cells_aside = 0
        self.rows_aside = 0
        self._notes: list[Problem] = []
        self._rows: list[Problem] = []
        self._not_kept = 0

    def silent(self) -> Report:
        """Give an empty report for a first pass whose problems the second pass tells."""
        return Report(self.shown, self.language)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The problems that are kept, the file's own first, then by row."""
        return (*self._notes, *self._rows)[:MAX_PROBLEMS]

    @property
    def left_out(self) -> int:
        """How many problems there are beyond the kept ones."""
        return len(self._notes) + len(self._rows) + self._not_kept - len(self.problems)

    @property
    def full(self) -> bool:
        """Whether further problems of rows would only be counted, so that nobody need word them."""
        return len(self._rows) >= MAX_PROBLEMS

    def word(self, name: str, **values: object) -> str:
        """Give one of WORDS in the report's language."""
        return WORDS[name][self.language].format(**values)

    def note(
        self, code: str, line: int = 0, column: int = 0, hint: str = "",
        severity: Severity = "warning", **values: object,
    ) -> None:  # fmt: skip
        """Tell something about the file as a whole, or once about many rows."""
        self._notes.append(self._problem(code, line, column, hint, severity, values))

    def take(self, problems: Iterable[Problem]) -> None:
        """Tell what the YAML door said, in the report's language."""
        self._notes.extend(self.translated(problem) for problem in problems)

    def set_row_aside(self, code: str, row: int, column: int = 0, hint: str = "", **values: object) -> None:
        """Count a row that is not read, and tell why."""
        self.rows_aside += 1
        self._add(code, row, column, hint, "error", values)

    def remark(self, code: str, row: int, **values: object) -> None:
        """Tell something about a row that is read nevertheless."""
        self._add(code, row, 0, "", "warning", values)

    def set_cell_aside(self, code: str, row: int, column: int, hint: str = "", **values: object) -> None:
        """Count a cell that is not read, and tell why."""
        self.cells_aside += 1
        self._add(code, row, column, hint, "error", values)

    def count_rows_aside(self, count: int) -> None:
        """Count rows that are not read, of which a note tells."""
        self.rows_aside += count

    def count_cell_aside(self) -> None:
        """Count a cell that is not read where the report is full."""
        self.cells_aside += 1
        self._not_kept += 1

    def refuse(self, code: str, line: int = 0, column: int = 0, hint: str = "", **values: object) -> NoReturn:
        """Give the whole file up.

        Raises:
            ProblemsFound: always; with everything that was told so far.
        """
        raise ProblemsFound([*self.problems, self._problem(code, line, column, hint, "error", values)])

    def did_you_mean(self, word: str, known: Iterable[str], cutoff: float = 0.6) -> str:
        """Give a hint that names the known word closest to ``word``, or nothing; upper and lower case are the same."""
        names = {each.casefold(): each for each in known}
        close = get_close_matches(" ".join(word[:200].casefold().split()), names, n=1, cutoff=cutoff)
        return self.word("did-you-mean", word=names[close[0]]) if close else ""

    def translated(self, problem: Problem) -> Problem:
        """Give a problem of the YAML door in the report's language."""
        template = YAML_IN_FINNISH.get(problem.code) if self.language == "fi" else None
        if template is None:
            return problem
        quoted = re.search("“(.*?)”", problem.message)
        message, _, hint = template.partition(" | ")
        message = message.format(word=quoted[1] if quoted else "")
        return Problem(problem.path, problem.line, problem.column, problem.code, message, hint, problem.severity)

    def _add(
        self, code: str, row: int, column: int, hint: str, severity: Severity,
        values: dict[str, object],
    ) -> None:  # fmt: skip
        if self.full:
            self._not_kept += 1
        else:
            self._rows.append(self._problem(code, row, column, hint, severity, {"row": row, **values}))

    def _problem(
        self, code: str, line: int, column: int, hint: str, severity: Severity,
        values: dict[str, object],
    ) -> Problem:  # fmt: skip
        message, _, usual_hint = MESSAGES[code][self.language].partition(" | ")
        hint = hint or usual_hint.format(**values)
        return Problem(self.shown, line, column, code, message.format(**values), hint, severity)
