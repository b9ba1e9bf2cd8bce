"""Excel workbooks, read cell by cell without trusting what they say about their own size."""

from __future__ import annotations

import datetime
import importlib
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any, Final

from engine.measuring.report import Report, quotable
from engine.measuring.rows import MAX_COLUMNS, Row, Score, Table, find_header

MAX_UNPACKED: Final = 400_000_000
MAX_PART: Final = 60_000_000
"""Bytes of a part that is no sheet; openpyxl holds those in memory as a whole."""
MAX_SHEETS: Final = 100
MAX_ROW: Final = 1_048_576
"""Excel's own limit; a damaged row number beyond it would be filled up with empty rows."""
BATCH: Final = 500


def open_workbook(path: Path, score: Score, report: Report) -> Table:
    """Open the first sheet that has a recognised header, or the first that is not empty.

    Args:
        path: an .xlsx file.
        score: recognises the header.
        report: is told about further sheets with a recognised header.

    Raises:
        ProblemsFound: openpyxl is not installed, or the file is no workbook, or too large, or empty.
    """
    _check_parts(path, report)
    found = []
    with closing(_load(path, report)) as book:
        for number, sheet in enumerate(book.worksheets[:MAX_SHEETS]):
            header = find_header(_sheet_rows(sheet, report), score)
            if header:
                found.append((number, quotable(sheet.title), header))
    recognised = [each for each in found if each[2][0]]
    if not found:
        report.refuse("empty")
    number, title, (_, line, cells) = (recognised or found)[0]
    if len(recognised) > 1:
        report.note("other-sheets", sheet=title, others=", ".join(f"“{title}”" for _, title, _ in recognised[1:6]))

    def below(report: Report) -> Iterator[Row]:
        with closing(_load(path, report)) as book:
            rows = _sheet_rows(book.worksheets[number], report)
            yield from _padded((row for row in rows if row[0] > line), len(cells), report)

    return Table(line, cells, below)


def _padded(rows: Iterator[Row], width: int, report: Report) -> Iterator[Row]:
    """Yield rows as wide as the header at least; empty cells at the end are not stored, below the header or in it."""
    told: set[int] = set()
    for row, cells in rows:
        for column in range(width, min(len(cells), width + MAX_COLUMNS)):
            if cells[column].strip() and column not in told:
                told.add(column)
                report.note("unnamed-column", row, column + 1, number=column + 1)
        yield row, cells if len(cells) >= width else [*cells, *[""] * (width - len(cells))]


def _check_parts(path: Path, report: Report) -> None:
    """Refuse what would not fit in memory; the unpacking itself stops at the sizes that are declared here."""
    with path.open("rb") as file:
        if file.read(4) == b"\xd0\xcf\x11\xe0":
            report.refuse("old-workbook")
    try:
        with zipfile.ZipFile(path) as parts:
            sizes = {part.filename: part.file_size for part in parts.infolist()}
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError):
        report.refuse("bad-workbook")
    others = (size for name, size in sizes.items() if "/worksheets/" not in name)
    if sum(sizes.values()) > MAX_UNPACKED or max(others, default=0) > MAX_PART:
        report.refuse("zip-bomb", limit=MAX_UNPACKED if sum(sizes.values()) > MAX_UNPACKED else MAX_PART)


def _load(path: Path, report: Report) -> Any:
    try:
        openpyxl = importlib.import_module("openpyxl")
    except ImportError:
        report.refuse("no-openpyxl")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about styles and validations, which nobody reads here
        try:
            return openpyxl.load_workbook(path, read_only=True, keep_links=False)
        except Exception:  # a damaged workbook makes openpyxl raise whatever its parsers happen to stumble over
            report.refuse("bad-workbook")


def _sheet_rows(sheet: Any, report: Report) -> Iterator[Row]:
    """Yield a sheet's rows in batches, so that openpyxl's warnings are silenced without silencing the caller's."""
    sheet.reset_dimensions()  # some programs write a wrong size
    rows = enumerate(sheet.iter_rows(max_row=MAX_ROW), 1)
    while True:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                batch = [(number, [_text(cell.value) for cell in row]) for number, row in islice(rows, BATCH)]
            except Exception:  # as in _load, since sheets are parsed only here
                report.refuse("bad-workbook")
        if not batch:
            return
        yield from batch


def _text(value: Any) -> str:
    """Give a cell's value as the text that CSV would hold; formulas stay formulas, starting with “=”."""
    match value:
        case None:
            return ""
        case str():
            return value
        case float() if value.is_integer():
            return str(int(value))
        case datetime.datetime() if value.time() == datetime.time():
            return value.date().isoformat()
        case datetime.datetime() | datetime.date() | datetime.time():
            return value.isoformat()
        case bool() | int() | float():
            return str(value)
        case _:
            return "=" + str(getattr(value, "text", ""))  # array formulas and data tables are objects
