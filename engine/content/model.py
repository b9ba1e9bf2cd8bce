"""The base of every content model, and the translation of its validation errors into problems for people."""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import cache
from typing import Annotated, Any, Final, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError
from pydantic_core import PydanticCustomError

from engine.content.conditions import Place
from engine.content.source import Mapping, Node, Sequence, Text
from engine.errors import Problem

LANGUAGES: Final = ("en", "fi")
ID_PATTERN: Final = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
MAX_TEXT: Final = 2_000


def fault(code: str, message: str, hint: str = "") -> PydanticCustomError:
    """Make an error that a validator raises, with the code and words that the person will see."""
    return PydanticCustomError("fault", "{message}", {"code": code, "message": message, "hint": hint})


def _id(text: Text) -> Text:
    if not ID_PATTERN.fullmatch(text):
        hint = "use lower-case letters, digits and hyphens, starting with a letter"
        raise fault("bad-id", f"“{text}” cannot be an id", hint)
    return text


def _prose(text: Text) -> Text:
    if not text.strip():
        raise fault("empty-text", "the text is empty", "write it, or leave the key out if it is optional")
    if len(text) > MAX_TEXT:
        raise fault("too-long", f"the text is longer than {MAX_TEXT:,} characters")
    return text


Id = Annotated[Text, AfterValidator(_id)]
Prose = Annotated[Text, AfterValidator(_prose)]


class Model(BaseModel):
    """A piece of content: no unknown keys, never changed after it was read."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=False, hide_input_in_errors=True)


class Texts(Model):
    """One text in every language."""

    en: Prose
    fi: Prose

    def get(self, language: str) -> str:
        """Give the text in a language, one of LANGUAGES."""
        return str(getattr(self, language))


AnyModel = TypeVar("AnyModel", bound=Model)


def validate(kind: type[AnyModel], node: Node, shown: str) -> tuple[AnyModel | None, list[Problem]]:
    """Check plain data against a model.

    Args:
        kind: the model.
        node: what the YAML door read.
        shown: the file's name in problems.

    Returns:
        The model, None where there are problems, and every problem with its place.
    """
    try:
        return kind.model_validate(node), []
    except ValidationError as error:
        errors = error.errors(include_url=False)
        return None, [_problem(kind, node, shown, each) for each in errors if not _follows(each, errors)]


def _follows(error: Any, errors: list[Any]) -> bool:
    """Tell whether a list only looks too short because its items are wrong themselves."""
    location = error["loc"]
    return error["type"] == "too_short" and any(
        other is not error and other["loc"][: len(location)] == location for other in errors
    )


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


def did_you_mean(word: str, known: Any) -> str:
    """Give a hint naming the known word that is closest, or listing a few known words, or nothing."""
    known = sorted(set(map(str, known)))
    close = get_close_matches(word, known, n=1, cutoff=0.6)
    if close:
        return f"did you mean “{close[0]}”?"
    return f"use one of: {', '.join(known)}" if 0 < len(known) <= 12 else ""


def _problem(kind: type[Model], node: Node, shown: str, error: Any) -> Problem:
    path = tuple(step for step in error["loc"] if not str(step).startswith("~"))
    place, code, message, hint = _explain(kind, node, path, error)
    return Problem(shown, place.line, place.column, code, message, hint)


def _explain(kind: type[Model], node: Node, path: tuple[Any, ...], error: Any) -> tuple[Place, str, str, str]:
    """Give the place, code, message and hint of one validation error."""
    context, place = error.get("ctx", {}), place_of(node, path)
    last = str(path[-1]) if path else ""
    match error["type"]:
        case "fault":
            return place, context["code"], context["message"], context["hint"]
        case "union_tag_not_found":
            return place, "bad-condition", *_not_a_condition(_value_at(node, path), _heads_at(kind, error["loc"]))
        case "missing" if last in LANGUAGES:
            language = {"en": "English", "fi": "Finnish"}[last]
            return place, "missing-translation", f"the {language} text is missing", f"add “{last}:”"
        case "missing":
            return place, "missing-key", f"“{last}” is missing here", f"add “{last}:”"
        case "extra_forbidden":
            key = _key_place(node, path) or place
            return key, "unknown-key", f"“{last}” is not a key here", did_you_mean(last, _keys_at(kind, error["loc"]))
        case "literal_error":
            value = _value_at(node, path)
            words = re.findall(r"'([^']*)'", context["expected"])
            return place, "unknown-word", f"“{value}” is not known here", did_you_mean(str(value), words)
        case _:
            return place, "wrong-type", *_wrong_type(error, _value_at(node, path))


def _not_a_condition(value: Node, heads: list[str]) -> tuple[str, str]:
    if not isinstance(value, Mapping):
        example = "write it as {score: agreements, below: 3.0}"
        return f"a condition is expected here, not {_described(value)}", example
    first = next(iter(value), "")
    return f"no condition starts with “{first}”", did_you_mean(first, heads) or f"start with {', '.join(heads[:4])} …"


_EXPECTED: Final = {
    "is_instance_of": ("a text", "put it in quotes"),
    "list_type": ("a list", "write it as [a, b], or one item per line starting with “- ”"),
    "tuple_type": ("a list", "write it as [a, b], or one item per line starting with “- ”"),
    "model_type": ("keys and values", "write “key: value” lines"),
    "model_attributes_type": ("keys and values", "write “key: value” lines"),
    "dict_type": ("keys and values", "write “key: value” lines"),
    "int_type": ("a whole number", ""),
    "int_from_float": ("a whole number", ""),
    "int_parsing": ("a whole number", ""),
    "bool_type": ("true or false", ""),
    "bool_parsing": ("true or false", ""),
    "decimal_type": ("a number", "write it without quotes"),
}


def _wrong_type(error: Any, value: Node) -> tuple[str, str]:
    context = error.get("ctx", {})
    match error["type"]:
        case "greater_than_equal" | "greater_than":
            return f"{value} is too small", f"use {context.get('ge', context.get('gt'))} or more"
        case "less_than_equal" | "less_than":
            return f"{value} is too large", f"use {context.get('le', context.get('lt'))} or less"
        case "too_short":
            return f"at least {context['min_length']} are needed here", ""
        case "too_long":
            return f"at most {context['max_length']} fit here", ""
    expected, hint = _EXPECTED.get(error["type"], (error["msg"].lower(), ""))
    return f"{expected} is expected here, not {_described(value)}", hint


def _described(value: Node) -> str:
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
            return f"the text “{value[:40]}”"
        case _:
            return f"the number {value}"


def _value_at(node: Node, path: tuple[Any, ...]) -> Node:
    for step in path:
        try:
            node = node[step]  # type: ignore[index]  # a path that leads nowhere ends in the except
        except (KeyError, IndexError, TypeError):
            return None
    return node


def _key_place(node: Node, path: tuple[Any, ...]) -> Place | None:
    parent = _value_at(node, path[:-1])
    if not isinstance(parent, Mapping):
        return None
    return next((key.place for key in parent if key == path[-1]), None)


@cache
def _schema(kind: type[Model]) -> dict[str, Any]:
    return kind.model_json_schema()


def _schemas_at(kind: type[Model], location: tuple[Any, ...]) -> list[dict[str, Any]]:
    current = [_schema(kind)]
    for step in location:
        current = [inner for schema in current for inner in _inner(_schema(kind), schema, step)]
    return [_resolved(_schema(kind), schema) for schema in current]


def _keys_at(kind: type[Model], location: tuple[Any, ...]) -> list[str]:
    """Give the keys that the model allows where an unknown one stands, by walking its JSON Schema."""
    return [key for schema in _schemas_at(kind, location[:-1]) for key in schema.get("properties", {})]


def _heads_at(kind: type[Model], location: tuple[Any, ...]) -> list[str]:
    """Give the keys that forms of condition start with, from the options of the JSON Schema."""
    options = [each for schema in _schemas_at(kind, location) for each in schema.get("oneOf", [schema])]
    resolved = [_resolved(_schema(kind), each) for each in options]
    nested = [_resolved(_schema(kind), inner) for each in resolved for inner in each.get("oneOf", [each])]
    return [each["required"][0] for each in nested if each.get("required")]


def _resolved(root: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in schema:
        schema = root["$defs"][schema["$ref"].rsplit("/", 1)[-1]]
    return schema


def _inner(root: dict[str, Any], schema: dict[str, Any], step: Any) -> list[dict[str, Any]]:
    schema = _resolved(root, schema)
    options = [inner for key in ("anyOf", "oneOf", "allOf") for inner in schema.get(key, ())]
    if str(step).startswith("~"):
        tag = str(step)[1:]
        return [each for each in options if tag in _resolved(root, each).get("properties", {})] or [schema]
    if isinstance(step, int):
        return [schema["items"]] if "items" in schema else [i for o in options for i in _inner(root, o, step)]
    if step in schema.get("properties", {}):
        return [schema["properties"][step]]
    return [inner for option in options for inner in _inner(root, option, step)]
