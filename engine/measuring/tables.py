"""Rows out of whatever file people exported their answers to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeAlias

from engine.measuring.delimited import open_delimited
from engine.measuring.records import open_json, open_yaml
from engine.measuring.report import Report
from engine.measuring.rows import MAX_COLUMNS, Score, Table
from engine.measuring.workbooks import open_workbook

Opener: TypeAlias = Callable[[Path, Score, Report], Table]

OPENERS: Final[dict[str, Opener]] = {
    **dict.fromkeys((".csv", ".tsv", ".txt"), open_delimited),
    **dict.fromkeys((".xlsx", ".xlsm"), open_workbook),
    **dict.fromkeys((".yaml", ".yml"), open_yaml),
    ".json": open_json,
}


def open_table(path: Path, score: Score, report: Report) -> Table:
    """Open a file of answers by the type that its name tells.

    Args:
        path: a .csv, .tsv, .txt, .xlsx, .xlsm, .json, .yaml or .yml file.
        score: recognises the header among the first rows; where it recognises none, the first row is the header.
        report: is told what is odd about the file as a whole.

    Raises:
        ProblemsFound: the file cannot be read as a table at all.
    """
    opener = _opener(path, report)
    try:
        table = opener(path, score, report)
    except OSError:
        report.refuse("unreadable")
    if len(table.header) > MAX_COLUMNS:
        report.refuse("too-wide", table.line, limit=MAX_COLUMNS)
    return table


def _opener(path: Path, report: Report) -> Opener:
    suffix = path.suffix.lower()
    start = _first_bytes(path, report)
    if suffix not in OPENERS:
        report.refuse("wrong-type", found=suffix or "“”")
    if start.startswith(b"PK\x03\x04") and OPENERS[suffix] is not open_workbook:
        report.refuse("other-type", suffix=suffix)
    if not start:
        report.refuse("empty")
    return OPENERS[suffix]


def _first_bytes(path: Path, report: Report) -> bytes:
    """Make sure that the file can be read before its type matters."""
    try:
        if not path.exists():
            report.refuse("missing-file")
        if not path.is_file():
            report.refuse("not-a-file")
        with path.open("rb") as file:
            return file.read(4)
    except (OSError, ValueError):  # ValueError: a NUL in the name
        report.refuse("unreadable")
