"""Answers as JSON or YAML: a list of objects, one per respondent or answer, as rows under the union of their keys."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Final, NoReturn, TypeAlias

from engine.content.source import Mapping, decode, parse_yaml, read_bytes
from engine.content.source import Sequence as YamlSequence
from engine.errors import ProblemsFound
from engine.measuring.report import Report, quotable
from engine.measuring.rows import MAX_COLUMNS, Row, Score, Table

MAX_JSON: Final = 64_000_000

Item: TypeAlias = tuple[int, Any]
"""A line number and the object that starts there."""

_SPACE: Final = re.compile(r"[ \t\r\n]*")


def open_json(path: Path, score: Score, report: Report) -> Table:
    """Open a JSON file; objects are parsed one by one while they are read.

    Args:
        path: a list of objects, or an object with that list under ``answers``; UTF-8, at most MAX_JSON bytes.
        score: not needed, since the keys are the header.
        report: is told about keys that an object has twice.

    Raises:
        ProblemsFound: it is not JSON, or holds no list of objects.
    """
    if path.stat().st_size > MAX_JSON:
        report.refuse("too-large", limit=MAX_JSON)
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        report.refuse("encoding", encoding="UTF-8")
    return table_of(lambda: _json_items(text, report), report)


def open_yaml(path: Path, score: Score, report: Report) -> Table:
    """Open a YAML file, within the limits of the YAML door.

    Args:
        path: a list of mappings, or a mapping with that list under ``answers``.
        score: not needed, since the keys are the header.
        report: is told about keys that a mapping has twice.

    Raises:
        ProblemsFound: it is not YAML, or holds no list of mappings.
    """
    data, problems = read_bytes(path, report.shown)
    text, more = decode(data, report.shown)
    node, faults = parse_yaml(text, report.shown) if not problems and not more else (None, [])
    report.take([*problems, *more, *faults])
    if node is None and report.problems:
        raise ProblemsFound(report.problems)
    if isinstance(node, Mapping):
        node = node.get("answers")  # type: ignore[call-overload]  # keys are texts, and texts are strings
    if not isinstance(node, YamlSequence):
        report.refuse("not-records")
    items = [(place.line, item) for place, item in zip(node.places, node, strict=True)]
    return table_of(lambda: items, report)


def table_of(items: Callable[[], Iterable[Item]], report: Report) -> Table:
    """Give objects as a table under the union of their keys.

    Args:
        items: yields the objects with their line numbers; called twice, so that they need not be kept.
        report: is told what is wrong with them.

    Raises:
        ProblemsFound: there are none, or they have too many keys.
    """
    header: dict[str, int] = {}
    for _, item in items():
        for key in item if isinstance(item, dict) else ():
            header.setdefault(str(key), len(header))
        if len(header) > MAX_COLUMNS:
            report.refuse("too-wide", limit=MAX_COLUMNS)
    if not header:
        report.refuse("empty")
    return Table(0, tuple(header), lambda report: _rows(items(), tuple(header), report))


def _rows(items: Iterable[Item], header: tuple[str, ...], report: Report) -> Iterator[Row]:
    for line, item in items:
        if not isinstance(item, dict):
            report.set_row_aside("not-a-record", line)
            continue
        for key in getattr(item, "repeated", ()):
            report.remark("repeated-key", line, header=quotable(key))
        yield line, [_text(item.get(key)) for key in header]


class _Object(dict[str, Any]):
    """A JSON object that keeps the first value of a key, and remembers which keys it had twice."""

    repeated: tuple[str, ...] = ()

    @classmethod
    def of(cls, pairs: list[tuple[str, Any]]) -> _Object:
        made = cls()
        for key, value in pairs:
            made.setdefault(key, value)
        if len(made) < len(pairs):
            keys = [key for key, _ in pairs]
            made.repeated = tuple(key for key in made if keys.count(key) > 1)
        return made


def _json_items(text: str, report: Report) -> Iterator[Item]:
    """Yield the objects of the list with the lines they start on."""
    decoder = json.JSONDecoder(object_pairs_hook=_Object.of)
    at, line, counted = _list_start(text, decoder, report), 1, 0
    while not text.startswith("]", at):
        line, counted = line + text.count("\n", counted, at), at
        item, at = _value(text, at, decoder, report)
        yield line, item
        at = _skip(text, at)
        if text.startswith(",", at):
            at = _skip(text, at + 1)
        elif not text.startswith("]", at):
            _refuse(text, at, report)
    at = _skip(text, at + 1)
    if at < len(text) and text[at] not in ",}":
        _refuse(text, at, report)


def _list_start(text: str, decoder: json.JSONDecoder, report: Report) -> int:
    """Give where the first object of the list stands, walking through the keys before ``answers``."""
    at = _skip(text, 0)
    if text.startswith("{", at):
        key, at = None, _skip(text, at + 1)
        while key != "answers":
            key, at = _value(text, at, decoder, report)
            at = _skip(text, at)
            if not isinstance(key, str) or not text.startswith(":", at):
                report.refuse("not-records", text.count("\n", 0, at) + 1, 1)
            at = _skip(text, at + 1)
            if key != "answers":
                _, at = _value(text, at, decoder, report)
                at = _skip(text, at)
                if not text.startswith(",", at):
                    report.refuse("not-records", text.count("\n", 0, at) + 1, 1)
                at = _skip(text, at + 1)
    if not text.startswith("[", at):
        if text.startswith(("{", '"'), at) or text[at : at + 1].isalnum():
            report.refuse("not-records", text.count("\n", 0, at) + 1, 1)
        _refuse(text, at, report)
    return _skip(text, at + 1)


def _skip(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at


def _value(text: str, at: int, decoder: json.JSONDecoder, report: Report) -> tuple[Any, int]:
    try:
        return decoder.raw_decode(text, at)
    except json.JSONDecodeError as error:
        _refuse(text, error.pos, report)
    except (RecursionError, ValueError):  # nested too deeply, or a number of thousands of digits
        _refuse(text, at, report)


def _refuse(text: str, at: int, report: Report) -> NoReturn:
    report.refuse("bad-json", text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))


def _text(value: Any) -> str:
    """Give a value as the text that CSV would hold."""
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case float() if value.is_integer():
            return str(int(value))
        case dict():
            return "{…}"
        case list():
            return "[…]"
        case _:
            return str(value)
