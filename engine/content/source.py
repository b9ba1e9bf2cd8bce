"""The only door through which YAML comes in: YAML 1.2 scalars, a place for everything, all limits in one file.

Built on libyaml's events instead of PyYAML's nodes: nesting can then be bounded before it exhausts the C stack,
and anchors and tags are seen where they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, TypeAlias

import yaml
from pydantic_core import core_schema

from engine.content.conditions import Place
from engine.errors import Problem

MAX_BYTES: Final = 1_000_000
MAX_DEPTH: Final = 40
MAX_NODES: Final = 200_000

_INTEGER = re.compile(r"[-+]?[0-9]{1,18}")
_DECIMAL = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]{1,2})?")
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

    ``written_as`` is set on the instances of a for-each rule: the id as it was written.
    """

    place: Place
    places: dict[str, Place]
    written_as: str | None = None


class Sequence(list["Node"]):
    """A YAML sequence that knows where it and its items stand."""

    place: Place
    places: list[Place]


Node: TypeAlias = Mapping | Sequence | Text | int | Decimal | bool | None


class _Refused(Exception):
    def __init__(self, mark: Any, code: str, message: str, hint: str = "") -> None:
        self.place, self.code, self.message, self.hint = _place(mark), code, message, hint


def read_bytes(path: Path, shown: str) -> tuple[bytes, list[Problem]]:
    """Read a file of content, bounded.

    Args:
        path: the file.
        shown: its name in problems.

    Returns:
        The bytes, empty where there is a problem, and the problems.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            return b"", [Problem(shown, 0, 0, "too-large", f"the file is larger than {MAX_BYTES:,} bytes", "split it")]
        return path.read_bytes(), []
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        return b"", [Problem(shown, 0, 0, "unreadable", f"the file cannot be read: {reason}")]


def decode(data: bytes, shown: str) -> tuple[str, list[Problem]]:
    """Decode UTF-8, with or without a byte order mark, and make every line ending a line feed."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - data.rfind(b"\n", 0, error.start)
        problem = Problem(shown, line, column, "encoding", "the file is not UTF-8", "save it as UTF-8 in your editor")
        return "", [problem]
    return text.replace("\r\n", "\n").replace("\r", "\n"), []


def parse_yaml(text: str, shown: str) -> tuple[Node, list[Problem]]:
    """Read one YAML document.

    Args:
        text: the document.
        shown: the file's name in problems.

    Returns:
        The content, None where there is a problem that leaves nothing to read, and the problems. Duplicate keys
        are reported and the first one is kept, so that the rest of the file can still be checked.
    """
    builder = _Builder(shown)
    try:
        return builder.build(yaml.parse(text, Loader=yaml.CSafeLoader)), builder.problems
    except _Refused as refused:
        place = refused.place
        problem = Problem(shown, place.line, place.column, refused.code, refused.message, refused.hint)
    except yaml.MarkedYAMLError as error:
        problem = _syntax_problem(error, shown)
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        message = f"the character U+{ord(str(error.character)):04X} is not allowed in YAML"
        problem = Problem(shown, line, 1, "syntax", message, "delete it")
    return None, [*builder.problems, problem]


def _syntax_problem(error: yaml.MarkedYAMLError, shown: str) -> Problem:
    place = _place(error.problem_mark or error.context_mark)
    said = error.problem or error.context or "this is not YAML"
    hints = {
        "mapping values are not allowed": "put the text in quotes, or check the indentation",
        "did not find expected key": "check the indentation of this line and the one above",
        "cannot start any token": "indent with spaces, and put texts that start with a special character in quotes",
        "did not find expected ',' or ']'": "close the list with ]",
        "did not find expected ',' or '}'": "close the braces with }",
        "unexpected end of stream": "close the quote that was opened here",
    }
    hint = next((hint for words, hint in hints.items() if words in said), "")
    return Problem(shown, place.line, place.column, "syntax", f"this is not YAML: {said}", hint)


def _place(mark: Any) -> Place:
    return Place(mark.line + 1, mark.column + 1) if mark else Place(1, 1)


class _Builder:
    """Builds plain data from parse events with a stack of its own."""

    def __init__(self, shown: str) -> None:
        self.shown = shown
        self.problems: list[Problem] = []

    def build(self, events: Iterator[yaml.Event]) -> Node:
        root = Sequence()
        root.places = []
        stack: list[tuple[Mapping | Sequence, list[Text]]] = [(root, [])]
        for count, event in enumerate(events):
            if count > MAX_NODES:
                raise _Refused(event.start_mark, "too-large", "the file holds too many values", "split it")
            self._step(event, stack)
        return root[0] if root else None

    def _step(self, event: Any, stack: list[tuple[Mapping | Sequence, list[Text]]]) -> None:
        match event:
            case yaml.ScalarEvent():
                _refuse_references(event)
                self._put(stack, _scalar(event), event)
            case yaml.CollectionStartEvent():
                _refuse_references(event)
                if len(stack) > MAX_DEPTH:
                    raise _Refused(event.start_mark, "too-deep", f"this is nested more than {MAX_DEPTH} levels deep")
                container = _container(event)
                self._put(stack, container, event)
                stack.append((container, []))
            case yaml.CollectionEndEvent():
                stack.pop()
            case yaml.AliasEvent():
                hint = "write the content out"
                raise _Refused(event.start_mark, "no-anchors", "anchors and aliases are not used here", hint)
            case yaml.DocumentStartEvent() if stack[0][0]:
                raise _Refused(event.start_mark, "one-document", "a second document starts here", "remove the line ---")

    def _put(self, stack: list[tuple[Mapping | Sequence, list[Text]]], value: Node, event: yaml.Event) -> None:
        parent, keys = stack[-1]
        place = _place(event.start_mark)
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
        if isinstance(key, Mapping | Sequence):
            raise _Refused(None, "bad-key", f"a key must be a word (line {place.line})", "check the brackets")
        text = key if isinstance(key, Text) else Text.at("null" if key is None else str(key).lower(), place)
        if text in parent:
            first = next(known for known in parent if known == text).place
            message = f"“{text}” stands twice here, first in line {first.line}"
            hint = "keep one of them"
            self.problems.append(Problem(self.shown, place.line, place.column, "duplicate-key", message, hint))
        return text


def _container(event: yaml.CollectionStartEvent) -> Mapping | Sequence:
    place = _place(event.start_mark)
    if isinstance(event, yaml.SequenceStartEvent):
        sequence = Sequence()
        sequence.place, sequence.places = place, []
        return sequence
    mapping = Mapping()
    mapping.place, mapping.places = place, {}
    return mapping


def _refuse_references(event: Any) -> None:
    if event.anchor is not None:
        raise _Refused(event.start_mark, "no-anchors", "anchors and aliases are not used here", "write the content out")
    if event.tag is not None and event.tag != "!":
        raise _Refused(event.start_mark, "no-tags", f"the tag {event.tag} is not used here", "remove it")


def _scalar(event: yaml.ScalarEvent) -> Node:
    value = event.value
    if event.implicit[0]:
        if value in _CONSTANTS:
            return _CONSTANTS[value]
        if _INTEGER.fullmatch(value):
            return int(value)
        if _DECIMAL.fullmatch(value):
            return Decimal(value)
    return Text.at(value, _place(event.start_mark))
