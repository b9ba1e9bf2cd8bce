"""The only door through which YAML comes in: YAML 1.2 scalars, a place for everything, all limits in one file.

Built on libyaml's events instead of PyYAML's nodes: nesting can then be bounded before it exhausts the C stack,
and anchors and tags are seen where they stand.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, TypeAlias

import yaml
from pydantic_core import core_schema

from engine.content.conditions import Place
from engine.content.syntax import invisible_character, syntax_problem
from engine.errors import Problem

MAX_BYTES: Final = 1_000_000
MAX_DEPTH: Final = 40
MAX_NODES: Final = 200_000

_INTEGER = re.compile(r"[-+]?[0-9]{1,18}")
_DECIMAL = re.compile(r"[-+]?(\.[0-9]{1,40}|[0-9]{1,40}(\.[0-9]{0,40})?)([eE][-+]?[0-9]{1,2})?")
_CONSTANTS: Final[dict[str, bool | None]] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


class Text(str):
    """A text from a file that knows where it stands."""

    __slots__ = ("place",)
    place: Place

    @classmethod
    def at(cls, value: str, place: Place) -> Text:
        """Give ``value`` as a text that stands at ``place``."""
        text = cls(value)
        text.place = place
        return text

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> core_schema.CoreSchema:
        return core_schema.is_instance_schema(cls)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: Any, handler: Any) -> dict[str, Any]:
        return {"type": "string"}


class Mapping(dict[Text, "Node"]):
    """A YAML mapping that knows where it, its keys and its values stand.

    ``dimension`` is set on the instances of a for-each rule, and ``written_as`` to the id as it was written.
    """

    place: Place
    places: dict[str, Place]
    written_as: str | None = None
    dimension: str = ""

    @classmethod
    def at(cls, place: Place, places: dict[str, Place] | None = None) -> Mapping:
        """Give an empty mapping that stands at ``place``, its values at ``places``."""
        mapping = cls()
        mapping.place, mapping.places = place, {} if places is None else places
        return mapping

    def key_place(self, key: str) -> Place | None:
        """Give the place of a key itself, None where there is no such key."""
        return next((known.place for known in self if known == key), None)


class Sequence(list["Node"]):
    """A YAML sequence that knows where it and its items stand."""

    place: Place
    places: list[Place]

    @classmethod
    def at(cls, place: Place, places: list[Place] | None = None) -> Sequence:
        """Give an empty sequence that stands at ``place``, its items at ``places``."""
        sequence = cls()
        sequence.place, sequence.places = place, [] if places is None else places
        return sequence


Node: TypeAlias = Mapping | Sequence | Text | int | Decimal | bool | None


class _Refused(Exception):
    def __init__(self, place: Place, code: str, message: str, hint: str = "") -> None:
        self.place, self.code, self.message, self.hint = place, code, message, hint


def read_bytes(path: Path, shown: str) -> tuple[bytes, list[Problem]]:
    """Read a file of content, bounded.

    Args:
        path: the file.
        shown: its name in problems.

    Returns:
        The bytes, empty where there is a problem, and the problems.
    """
    problem = ""
    try:
        if not path.is_file():
            problem = "there is no such file"
        elif path.stat().st_size > MAX_BYTES:
            return b"", [Problem(shown, 0, 0, "too-large", f"the file is larger than {MAX_BYTES:,} bytes", "split it")]
        else:
            return path.read_bytes(), []
    except OSError as error:
        problem = (error.strerror or str(error)).lower()
    return b"", [
        Problem(shown, 0, 0, "unreadable", f"the file cannot be read: {problem}", "look at its name and rights")
    ]


def decode(data: bytes, shown: str) -> tuple[str, list[Problem]]:
    """Decode UTF-8, with or without a byte order mark, and make every line ending a line feed."""
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        return _lines(data.decode()), []
    except UnicodeDecodeError as error:
        before = _lines(data[: error.start].decode())
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        problem = Problem(
            shown, line, column, "encoding", "the file is not UTF-8 here", "save it as UTF-8 in your editor"
        )
        return "", [problem]


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def parse_yaml(text: str, shown: str) -> tuple[Node, list[Problem]]:
    """Read one YAML document.

    Args:
        text: the document.
        shown: the file's name in problems.

    Returns:
        The content, None where there is a problem that leaves nothing to read, and the problems. Duplicate keys
        are reported and the first one is kept, so that the rest of the file can still be checked.
    """
    problems = invisible_character(text, shown)
    if problems:
        return None, problems
    builder = _Builder(shown)
    try:
        return builder.build(yaml.parse(text, Loader=yaml.CSafeLoader)), builder.problems
    except _Refused as refused:
        place = refused.place
        problem = Problem(shown, place.line, place.column, refused.code, refused.message, refused.hint)
    except yaml.MarkedYAMLError as error:
        problem = syntax_problem(error, text, shown)
    return None, [*builder.problems, problem]


def _place(mark: Any) -> Place:
    return Place(mark.line + 1, mark.column + 1)


_Level: TypeAlias = tuple[Mapping | Sequence, list[Text]]
"""A container that is being filled, and the key that waits for its value."""


class _Builder:
    """Builds plain data from parse events with a stack of its own."""

    def __init__(self, shown: str) -> None:
        self.shown = shown
        self.problems: list[Problem] = []
        self.root = Sequence.at(Place(1, 1))
        self.stack: list[_Level] = [(self.root, [])]

    def build(self, events: Iterable[yaml.Event]) -> Node:
        for count, event in enumerate(events):
            if count > MAX_NODES:
                raise _Refused(_place(event.start_mark), "too-large", "the file holds too many values", "split it")
            self._step(event)
        return self.root[0] if self.root else None

    def _step(self, event: Any) -> None:
        match event:
            case yaml.ScalarEvent():
                place = _place(event.start_mark)
                _refuse_references(event, place)
                self._put(_scalar(event, place), place)
            case yaml.CollectionStartEvent():
                self._open(event, _place(event.start_mark))
            case yaml.CollectionEndEvent():
                self.stack.pop()
            case yaml.AliasEvent():
                message = "a text cannot start with * unless it is in quotes"
                raise _Refused(_place(event.start_mark), "no-anchors", message, "put it in quotes, or write it out")
            case yaml.DocumentStartEvent() if self.root:
                raise _Refused(
                    _place(event.start_mark), "one-document", "a second document starts here", "remove this line"
                )

    def _open(self, event: Any, place: Place) -> None:
        _refuse_references(event, place)
        if len(self.stack) > MAX_DEPTH:
            raise _Refused(place, "too-deep", f"this is nested more than {MAX_DEPTH} levels deep", "write it flatter")
        is_list = isinstance(event, yaml.SequenceStartEvent)
        container = Sequence.at(place) if is_list else Mapping.at(place)
        self._put(container, place)
        self.stack.append((container, []))

    def _put(self, value: Node, place: Place) -> None:
        parent, keys = self.stack[-1]
        if isinstance(parent, Sequence):
            parent.append(value)
            parent.places.append(place)
        elif keys:
            key = keys.pop()
            if key not in parent:
                parent[key] = value
                parent.places[key] = place
        else:
            keys.append(self._key(parent, value, place))

    def _key(self, parent: Mapping, key: Node, place: Place) -> Text:
        if isinstance(key, Mapping) and place.line == parent.place.line:
            hint = "put the whole text in quotes"
            raise _Refused(parent.place, "bad-key", "a text that starts with { is not in quotes", hint)
        if isinstance(key, Mapping | Sequence):
            raise _Refused(place, "bad-key", "a key is a word, not a list or braces", "check the brackets")
        text = key if isinstance(key, Text) else Text.at("null" if key is None else str(key).lower(), place)
        if text in parent:
            first = parent.key_place(text) or place
            message = f"“{text}” stands twice here, first in line {first.line}"
            problem = Problem(self.shown, place.line, place.column, "duplicate-key", message, "keep one of them")
            self.problems.append(problem)
        return text


def _refuse_references(event: Any, place: Place) -> None:
    if event.anchor is not None:
        message = f"&{event.anchor} would name this for reuse, which is not done here"
        raise _Refused(place, "no-anchors", message, "write the content out; a text that starts with & needs quotes")
    if event.tag is not None:
        shown = event.tag.replace("tag:yaml.org,2002:", "!!")
        message = f"{shown} would say of what type this is, which is not done here"
        raise _Refused(place, "no-tags", message, "remove it; a text that starts with ! needs quotes")


def _scalar(event: yaml.ScalarEvent, place: Place) -> Node:
    value = event.value
    if event.implicit[0]:
        if value in _CONSTANTS:
            return _CONSTANTS[value]
        if value[0] in "+-.0123456789":
            if _INTEGER.fullmatch(value):
                return int(value)
            if _DECIMAL.fullmatch(value):
                return Decimal(value)
    return Text.at(value, place)
