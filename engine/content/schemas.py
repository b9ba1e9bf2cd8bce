"""JSON Schemas of the content files, made from the models, so that editors complete and check while a coach writes."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeAlias

from engine.content.condition_forms import json_schema
from engine.content.condition_language import CONDITION
from engine.content.files import KINDS
from engine.content.model import DIMENSION, ID

JsonSchema: TypeAlias = dict[str, Any]

DRAFT: Final = "http://json-schema.org/draft-07/schema#"
"""The newest draft that the YAML extensions of editors understand fully."""

TITLES: Final = {
    "questionnaire": "A questionnaire", "rules": "Rules of a topic", "play": "A play",
    "template": "An agreement template", "scenarios": "Scenarios of a topic", "priority": "The weights of the priority",
}  # fmt: skip
_RULE_ID: Final = "[a-z](D|[a-z0-9])*(-(D|[a-z0-9])+)*".replace("[a-z](", "([a-z]|D)(").replace("D", DIMENSION)


def schema_of(kind: str) -> JsonSchema:
    """Give the JSON Schema of a kind of content file.

    Args:
        kind: one of files.KINDS.
    """
    raw = KINDS[kind].model_json_schema()
    id_schema = {"type": "string", "pattern": f"^{ID}$"}
    if kind in ("rules", "play"):
        raw["$defs"]["condition"] = json_schema(id_schema)
    cleaned: JsonSchema = _changed(raw, _clean)
    if kind == "rules":
        cleaned = _changed(cleaned, _with_placeholder)
    cleaned |= {"$schema": DRAFT, "title": TITLES[kind]}
    return cleaned


def write_schemas(folder: Path) -> list[Path]:
    """Write every schema into a folder, as ``<kind>.json``.

    Args:
        folder: made where it is missing.

    Returns:
        The files written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for kind in KINDS:
        path, draft = folder / f"{kind}.json", folder / f".{kind}.json.new"
        draft.write_text(shown_schema(kind), encoding="utf-8", newline="\n")
        os.replace(draft, path)
        written.append(path)
    return written


def shown_schema(kind: str) -> str:
    """Give a schema as it stands in its file."""
    return json.dumps(schema_of(kind), ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _changed(schema: Any, change: Callable[[JsonSchema], JsonSchema]) -> Any:
    """Give a schema with a change made to every part, the inner ones first."""
    if isinstance(schema, list):
        return [_changed(each, change) for each in schema]
    if isinstance(schema, dict):
        return change({key: _changed(value, change) for key, value in schema.items()})
    return schema


def _clean(schema: JsonSchema) -> JsonSchema:
    """Take away what only pydantic says, and put in the reference to what a condition is."""
    if schema.get("format") == CONDITION["format"]:
        return {"$ref": "#/$defs/condition"}
    if schema.get("type") == "object" or "properties" in schema:
        schema.setdefault("additionalProperties", False)
    if isinstance(schema.get("title"), str):
        del schema["title"]
    if isinstance(schema.get("description"), str):
        schema["description"] = schema["description"].replace("``", "`").replace("\n", " ")
    return {key: value for key, value in schema.items() if key not in ("discriminator", "default")}


def _with_placeholder(schema: JsonSchema) -> JsonSchema:
    """Let the ids in rules hold the placeholder for a dimension."""
    return {**schema, "pattern": f"^{_RULE_ID}$"} if schema.get("pattern") == f"^{ID}$" else schema
