"""A rule as it stands in its file now, and whether that is still what is used."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent

from pydantic_core import PydanticCustomError

from engine.content.condition_language import read_condition
from engine.content.conditions import with_findings
from engine.content.library import Library
from engine.content.rules import Rule, instances
from engine.content.source import Mapping, Node, Sequence, Text, decode, parse_yaml, read_bytes


@dataclass(frozen=True, slots=True)
class Written:
    """What stands in a file.

    Args:
        text: the YAML with its comment, empty where the rule is not there any more.
        current: whether it says what the loaded content says.
    """

    text: str
    current: bool


def written(rule: Rule, library: Library) -> Written:
    """Give a rule as it stands in its file now.

    Args:
        rule: of the loaded content.
        library: the loaded content.
    """
    data, _ = read_bytes(Path(rule.path), rule.path)
    text, _ = decode(data, rule.path)
    node, _ = parse_yaml(text, rule.path)
    items = node.get(Text("rules")) if isinstance(node, Mapping) else None
    if not isinstance(items, Sequence):
        return Written("", False)
    for place, item in enumerate(items):
        if isinstance(item, Mapping) and item.get(Text("id")) == rule.written_as:
            return Written(_cut(text, items, place), _is_current(item, rule, library))
    return Written("", False)


def _cut(text: str, items: Sequence, place: int) -> str:
    """Give an item's lines, with the comment above it and without the one above the next."""
    lines = text.split("\n")
    start = items.places[place].line - 1
    end = items.places[place + 1].line - 1 if place + 1 < len(items) else len(lines)
    while start and lines[start - 1].lstrip().startswith("#"):
        start -= 1
    while end > start and (not lines[end - 1].strip() or lines[end - 1].lstrip().startswith("#")):
        end -= 1
    return dedent("\n".join(lines[start:end]))


def _is_current(item: Mapping, rule: Rule, library: Library) -> bool:
    for node in instances(item, library.dimensions.values()):
        if isinstance(node, Mapping) and node.get(Text("id")) == rule.id:
            return _says(node, "why", rule.why) and _same_condition(node, rule, library) and _same_words(node, rule)
    return False


def _same_condition(node: Mapping, rule: Rule, library: Library) -> bool:
    when = node.get(Text("when"))
    if when is None:
        return rule.finding is None
    try:
        return with_findings(read_condition(when), library.replaced) == rule.condition
    except PydanticCustomError:
        return False


def _same_words(node: Mapping, rule: Rule) -> bool:
    if rule.finding is None:
        return _says(node, "recommend", rule.play or "")
    finding = node.get(Text("finding"))
    texts = rule.finding.texts
    return all(_says(finding, key, str(said)) for key, said in (("en", texts.en), ("fi", texts.fi)))


def _says(node: Node, key: str, said: str) -> bool:
    return isinstance(node, Mapping) and str(node.get(Text(key)) or "") == said
