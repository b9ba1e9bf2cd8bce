"""Turns validation errors into problems that a person can act on: in our words, with a place in the file."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from pydantic import BaseModel, ValidationError
from pydantic_core import PydanticCustomError

from engine.content.conditions import Place
from engine.content.schema_walk import keys_at
from engine.content.source import Mapping, Node, Sequence, Text
from engine.content.suggestions import did_you_mean
from engine.errors import Problem

_LANGUAGE_NAMES: Final = {"en": "English", "fi": "Finnish"}


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong, as a validator says it.

    Args:
        code, message, hint: as in a Problem; ``{value}`` in the message becomes what stands there.
        place: where; None is where the value that was validated stands.
        at: where below that value, as keys and indexes.
    """

    code: str
    message: str
    hint: str = ""
    place: Place | None = None
    at: tuple[str, ...] = ()


def fault(
    code: str, message: str, hint: str = "", place: Place | None = None, at: tuple[str, ...] = ()
) -> PydanticCustomError:
    """Make an error that a validator raises, with the code and words that the person will see."""
    return faults([Fault(code, message, hint, place, at)])


def faults(found: Iterable[Fault]) -> PydanticCustomError:
    """Make an error that carries several faults at once."""
    return PydanticCustomError("faults", "faults", {"faults": tuple(found)})


def explained(error: ValidationError, kind: type[BaseModel], node: Node, shown: str) -> list[Problem]:
    """Give the problems that a validation error stands for.

    Args:
        error: what pydantic raised.
        kind: the model that was to be filled.
        node: the plain data that did not fit.
        shown: the file's name in problems.
    """
    errors: list[Any] = list(error.errors(include_url=False))
    meant = {(*error["loc"][:-1], _meant(kind, error)) for error in errors if error["type"] == "extra_forbidden"}
    kept = [each for each in errors if not _follows(each, errors) and not _misspelt(each, meant)]
    found = [(each, fault) for each in kept for fault in _faults(kind, node, each)]
    problems = []
    for each, said in found:
        path = _path(each)
        place = said.place or place_of(node, (*path, *said.at))
        message = said.message.replace("{value}", described(value_at(node, path)))
        problems.append(Problem(shown, place.line, place.column, said.code, message, said.hint))
    return problems


def _path(error: Any) -> tuple[Any, ...]:
    return tuple(step for step in error["loc"] if not str(step).startswith("~"))


def _follows(error: Any, errors: list[Any]) -> bool:
    """Tell whether a list only looks too short because its items are wrong themselves."""
    location = error["loc"]
    return error["type"] == "too_short" and any(
        other is not error and other["loc"][: len(location)] == location for other in errors
    )


def _meant(kind: type[BaseModel], error: Any) -> str:
    """Give the key that an unknown one probably stands for, or nothing."""
    found = re.fullmatch("did you mean “(.*)”\\?", did_you_mean(str(error["loc"][-1]), keys_at(kind, error["loc"])))
    return found[1] if found else ""


def _misspelt(error: Any, meant: set[tuple[Any, ...]]) -> bool:
    """Tell whether a key is only missing because it stands there misspelt."""
    return error["type"] == "missing" and error["loc"] in meant


def _faults(kind: type[BaseModel], node: Node, error: Any) -> tuple[Fault, ...]:
    if error["type"] == "faults":
        carried: tuple[Fault, ...] = error["ctx"]["faults"]
        return carried
    path = _path(error)
    last = path[-1] if path else ""
    match error["type"]:
        case "missing":
            return (_missing(last),)
        case "extra_forbidden" if _after_a_comma(node, path):
            message = f"a comma ends the text before “{last}”"
            return (Fault("unknown-key", message, "put the whole text in quotes", _key_place(node, path)),)
        case "extra_forbidden":
            hint = did_you_mean(str(last), keys_at(kind, error["loc"])) or "take it away"
            return (Fault("unknown-key", f"“{last}” is not a key here", hint, _key_place(node, path)),)
        case "literal_error":
            words = re.findall(r"'([^']*)'", error["ctx"]["expected"])
            return (Fault("unknown-word", "{value} is not known here", did_you_mean(str(value_at(node, path)), words)),)
        case "bad-rule":
            both = Text("finding") in error["input"]
            return (Fault("bad-rule", error["msg"], f"{'keep' if both else 'add'} one of “finding:” and “recommend:”"),)
        case _:
            return (_wrong_type(error, value_at(node, path)),)


def _after_a_comma(node: Node, path: tuple[Any, ...]) -> bool:
    """Tell whether an unknown key is the rest of a text in braces: it has no value, and a key before it in its line."""
    parent = value_at(node, path[:-1])
    if not isinstance(parent, Mapping) or value_at(node, path) is not None:
        return False
    place = parent.key_place(path[-1])
    return any(key.place.line == place.line and key.place.column < place.column for key in parent) if place else False


def _missing(last: int | str) -> Fault:
    if last in _LANGUAGE_NAMES:
        return Fault("missing-translation", f"the {_LANGUAGE_NAMES[str(last)]} text is missing", f"add “{last}:”")
    if isinstance(last, int):
        return Fault("wrong-type", "two numbers are expected here", "write both, such as [2, 12]")
    return Fault("missing-key", f"“{last}” is missing here", f"add “{last}:”")


_A_LIST: Final = ("a list", "write it as [a, b], or one item per line starting with “- ”")
_KEYS: Final = ("keys and values", "write “key: value” lines")
_EXPECTED: Final = {
    "is_instance_of": ("a text", "put it in quotes"),
    "list_type": _A_LIST,
    "tuple_type": _A_LIST,
    "model_type": _KEYS,
    "model_attributes_type": _KEYS,
    "dict_type": _KEYS,
    "int_type": ("a whole number", ""),
    "bool_type": ("true or false", "write one of these words without quotes"),
}


def _wrong_type(error: Any, value: Node) -> Fault:
    context = error.get("ctx", {})
    match error["type"]:
        case "greater_than_equal":
            return Fault("out-of-range", f"{value} is too small here", f"use {context['ge']} or more")
        case "less_than_equal":
            return Fault("out-of-range", f"{value} is too large here", f"use {context['le']} or less")
        case "too_short" if context["min_length"] == 1:
            return Fault("too-few", "this list is empty", "write at least one item")
        case "too_short":
            given, least = context["actual_length"], context["min_length"]
            return Fault("too-few", f"this list has {given} of at least {least} items", "add the rest")
        case "too_long":
            given, most = context["actual_length"], context["max_length"]
            return Fault("too-many", f"this list has {given} items; at most {most} fit", "leave some out")
    expected, hint = _EXPECTED[error["type"]]
    if value is None:
        hint = hint if expected != "a text" else "write one, or leave the key out if it is optional"
    elif expected == "a text" and isinstance(value, Mapping | Sequence):
        hint = "write one text; put it in quotes if it starts with { or ["
    verb = "are" if expected == "keys and values" else "is"
    return Fault("wrong-type", f"{expected} {verb} expected here, not {{value}}", hint or _number_hint(value))


def _number_hint(value: Node) -> str:
    if isinstance(value, Decimal):
        return "write it without decimals"
    return "write it without quotes" if isinstance(value, Text) and value.isdigit() else "write a number, such as 5"


def described(value: Node) -> str:
    """Say what a value is, for the end of “… is expected here, not”."""
    match value:
        case None:
            return "nothing"
        case bool():
            return f"the truth value {str(value).lower()}"
        case Mapping():
            return "keys and values"
        case Sequence():
            return "a list"
        case Text():
            return f"“{value[:40]}{'…' if len(value) > 40 else ''}”"
        case _:
            return f"the number {value}"


def place_of(node: Node, path: tuple[int | str, ...]) -> Place:
    """Give the place of the value at a path, or of the nearest container that has one."""
    place = getattr(node, "place", Place(1, 1))
    for step in path:
        if isinstance(node, Mapping) and step in node.places:
            place, node = node.places[str(step)], node[Text(step)]
        elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node):
            place, node = node.places[step], node[step]
        else:
            break
    return place


def value_at(node: Node, path: tuple[Any, ...]) -> Node:
    """Give the value at a path, None where it leads nowhere."""
    for step in path:
        if isinstance(node, Mapping):
            node = node.get(Text(step))
        elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node):
            node = node[step]
        else:
            return None
    return node


def _key_place(node: Node, path: tuple[Any, ...]) -> Place | None:
    parent = value_at(node, path[:-1])
    return parent.key_place(path[-1]) if isinstance(parent, Mapping) else None
