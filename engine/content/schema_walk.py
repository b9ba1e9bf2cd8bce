"""Finds the keys that a model allows at a place, by walking its JSON Schema; needed only where a key is unknown."""

from __future__ import annotations

from functools import cache
from typing import Any, TypeAlias

from pydantic import BaseModel

JsonSchema: TypeAlias = dict[str, Any]


def keys_at(kind: type[BaseModel], location: tuple[Any, ...]) -> list[str]:
    """Give the keys that a model allows where an unknown one stands.

    Args:
        kind: the model of the whole file.
        location: where the unknown key stands, as pydantic names it.
    """
    root = _schema(kind)
    current = [root]
    for step in location[:-1]:
        current = [inner for schema in current for inner in _inner(root, schema, step)]
    return [key for schema in current for key in _resolved(root, schema).get("properties", {})]


@cache
def _schema(kind: type[BaseModel]) -> JsonSchema:
    return kind.model_json_schema()


def _resolved(root: JsonSchema, schema: JsonSchema) -> JsonSchema:
    while "$ref" in schema:
        schema = root["$defs"][schema["$ref"].rsplit("/", 1)[-1]]
    return schema


def _inner(root: JsonSchema, schema: JsonSchema, step: Any) -> list[JsonSchema]:
    schema = _resolved(root, schema)
    options: list[JsonSchema] = [inner for key in ("anyOf", "oneOf", "allOf") for inner in schema.get(key, ())]
    if str(step).startswith("~"):
        return [each for each in options if str(step)[1:] in _resolved(root, each).get("properties", {})]
    if isinstance(step, int) and "items" in schema:
        return [schema["items"]]
    if step in schema.get("properties", {}):
        return [schema["properties"][step]]
    return [inner for option in options for inner in _inner(root, option, step)]
