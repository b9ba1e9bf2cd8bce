"""What must hold between files: every reference leads somewhere, nothing goes in circles, ids are unique."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from engine.content.checks import circles, names, references, thresholds, unused
from engine.content.checks.content import Content
from engine.errors import Problem

CHECKS: tuple[Callable[[Content], Iterable[Problem]], ...] = (
    names.duplicates, names.file_names, names.titles, names.mirrors, references.references, circles.circles,
    thresholds.thresholds, unused.unused,
)  # fmt: skip


def find_problems(content: Content) -> list[Problem]:
    """Check all content together.

    Returns:
        Errors and warnings, in no order; one for each mistake, though a for-each rule repeats it.
    """
    problems = sorted(problem for check in CHECKS for problem in check(content))
    return list({(each.path, each.line, each.column, each.code): each for each in reversed(problems)}.values())
