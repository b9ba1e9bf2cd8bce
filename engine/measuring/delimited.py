"""CSV as form tools and spreadsheets write it: any usual separator and encoding, broken rows skipped one by one."""

from __future__ import annotations

import codecs
import csv
from collections import deque
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, TextIO

from engine.measuring.report import Report
from engine.measuring.rows import Row, Score, Table, find_header, without_blank_end

SEPARATORS: Final = ",;\t"
CHUNK: Final = 1_000_000
"""Bytes that are looked at in one go; a line that fills them is no line of a table."""
MAX_CELL: Final = csv.field_size_limit()
"""Characters; what Python's own reader of CSV takes for a cell."""
MAX_LINES: Final = 1_000
"""Lines that one row may take before its quote counts as never closed."""


def open_delimited(path: Path, score: Score, report: Report) -> Table:
    """Open a CSV file; the separator is the one with which the header is recognised best.

    Args:
        path: the file.
        score: recognises the header.
        report: is told about a guessed encoding.

    Raises:
        ProblemsFound: it is no text, or holds nothing.
    """
    encoding = _encoding(path, report)
    found = []
    for separator in SEPARATORS:
        with path.open(encoding=encoding, errors="replace", newline="") as file:
            header = find_header(_records(file, separator, report.silent()), score)
        if header:
            found.append((header[0], len(header[2]), separator, header))
    if not found:
        report.refuse("empty")
    # Where two do equally well, as with one column only, the first of SEPARATORS.
    _, _, separator, (_, line, cells) = max(found, key=lambda each: each[:2])

    def below(report: Report) -> Iterator[Row]:
        with path.open(encoding=encoding, errors="replace", newline="") as file:
            yield from _fitting(_records(file, separator, report), line, cells, report)

    return Table(line, cells, below)


def _fitting(rows: Iterator[Row], line: int, header: Sequence[str], report: Report) -> Iterator[Row]:
    """Yield the rows below the header; one of another width is skipped, since its answers would be someone else's."""
    width, least = len(header), len(without_blank_end(header))
    for row, cells in rows:
        if row <= line or not cells:
            continue
        if len(cells) == width or (len(cells) > width and not any(map(str.strip, cells[width:]))):
            yield row, cells
        elif least <= len(cells) < width:
            yield row, [*cells, *[""] * (width - len(cells))]
        elif any(map(str.strip, cells)):
            report.set_row_aside("ragged-row", row, found=len(cells), expected=width)


def _records(file: TextIO, separator: str, report: Report) -> Iterator[Row]:
    """Yield every row; one with broken quotes is set aside alone, and reading goes on at the line below it."""
    again: deque[str] = deque()
    number = 1
    while line := again.popleft() if again else next(file, ""):
        if '"' not in line and len(line) < MAX_CELL:  # splitting does the same, in a third of the time
            yield number, line.rstrip("\r\n").split(separator)
            number += 1
            continue
        taken: list[str] = []
        try:
            again.appendleft(line)
            cells = next(csv.reader(_taking(taken, again, file), delimiter=separator, strict=True))
        except csv.Error as error:
            report.set_row_aside("long-field" if "limit" in str(error) else "bad-quotes", number)
            again.extendleft(reversed(taken[1:]))
            number += 1
        else:
            yield number, cells
            number += len(taken)


def _taking(taken: list[str], again: deque[str], file: TextIO) -> Iterator[str]:
    """Yield lines for one row and note which, so that those of a broken row can be read once more."""
    while line := again.popleft() if again else next(file, ""):
        taken.append(line)
        if len(taken) > MAX_LINES:
            raise csv.Error("a quote is not closed")
        yield line


def _encoding(path: Path, report: Report) -> str:
    """Tell the encoding by the byte order mark, or by whether all of the file is UTF-8."""
    with path.open("rb") as file:
        start = file.read(3)
    utf16 = start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    encoding = "utf-16" if utf16 else "utf-8-sig"
    try:
        _check_text(path, encoding, report)
    except UnicodeDecodeError:
        if encoding == "utf-16" or start == codecs.BOM_UTF8:
            report.refuse("encoding", encoding="UTF-16" if utf16 else "UTF-8")
        _check_text(path, "latin-1", report)
        report.note("guessed-encoding")
        return "cp1252"
    return encoding


def _check_text(path: Path, encoding: str, report: Report) -> None:
    """Look at the whole file once in bounded memory.

    Raises:
        UnicodeDecodeError: it is not in that encoding.
        ProblemsFound: it holds NUL characters, or a line as long as a whole chunk.
    """
    decoder = codecs.getincrementaldecoder(encoding)()
    line, unbroken = 1, 0
    with path.open("rb") as file:
        while data := file.read(CHUNK):
            text = decoder.decode(data)
            if (nul := text.find("\0")) >= 0:
                report.refuse("nul-bytes", line + text.count("\n", 0, nul), 1)
            unbroken = 0 if "\n" in text or "\r" in text else unbroken + len(data)
            if unbroken >= CHUNK:
                report.refuse("long-line", line, 1, limit=CHUNK)
            line += text.count("\n")
    decoder.decode(b"", final=True)
