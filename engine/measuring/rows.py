"""A table of text as the readers of every file type hand it on, and how its header is found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final, TypeAlias

from engine.measuring.report import Report

MAX_COLUMNS: Final = 2_000
ROWS_BEFORE_HEADER: Final = 10

Row: TypeAlias = tuple[int, Sequence[str]]
"""A row's number in its file, counted from 1, and its cells as text."""

Score: TypeAlias = Callable[[Sequence[str]], int]
"""Tells how much a row looks like a header; 0 where it cannot be one."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose rows can be read, several times over.

    Args:
        line: the header's row number.
        header: the header's cells.
        below: reads the rows below the header from the file; tells a report what is wrong with rows that it skips.
            Every row has at least as many cells as the header.
    """

    line: int
    header: tuple[str, ...]
    below: Callable[[Report], Iterator[Row]]


def find_header(rows: Iterable[Row], score: Score) -> tuple[int, int, tuple[str, ...]] | None:
    """Find the header among the first rows.

    Returns:
        Its score, row number and cells; score 0 for the first row that is not blank where none is recognised, and
        None where all are blank.
    """
    first = None
    filled = ((line, cells) for line, cells in rows if any(map(str.strip, cells)))
    for line, cells in islice(filled, ROWS_BEFORE_HEADER):
        found = score(cells) if len(without_blank_end(cells)) <= MAX_COLUMNS else 0
        if found:
            return found, line, tuple(cells)
        first = first or (0, line, tuple(cells))
    return first


def without_blank_end(cells: Sequence[str]) -> tuple[str, ...]:
    """Give the cells up to the last one that is not blank."""
    width = len(cells)
    while width and not cells[width - 1].strip():
        width -= 1
    return tuple(cells[:width])
