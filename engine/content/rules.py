"""Rules as coaches write them, and as they stand after ``for-each`` was written out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Any, Final, Literal, TypeAlias

from pydantic import Discriminator, Field, Tag

from engine.content.condition_language import AnyForm
from engine.content.conditions import Condition, Place
from engine.content.model import Id, Model, Prose, Texts
from engine.content.questionnaire import Dimension
from engine.content.source import Mapping, Node, Sequence, Text

Kind = Literal["strength", "weakness", "split", "blind-spot", "possible-cause", "change", "data"]
Severity = Literal["critical", "high", "medium", "low"]
SEVERITIES: Final = ("low", "medium", "high", "critical")
DEFAULT_SEVERITY: Final[dict[str, Severity]] = {
    "weakness": "medium", "split": "medium", "blind-spot": "medium", "possible-cause": "medium",
    "strength": "low", "change": "low", "data": "low",
}  # fmt: skip
NEEDS_A_PLAY: Final = ("weakness", "split", "blind-spot", "possible-cause")
PLACEHOLDER: Final = "<dimension>"


class FindingPart(Texts):
    """What a rule concludes, named in every language."""

    kind: Kind
    severity: Severity | None = None
    explains: tuple[Id, ...] = ()


class RuleForm(Model):
    """What every rule has."""

    id: Id
    for_each: Annotated[Literal["dimension"] | None, Field(alias="for-each")] = None
    replaces: Id | None = None


class FindingForm(RuleForm):
    """A rule that concludes a finding; its id is the finding's."""

    finding: FindingPart
    when: AnyForm
    why: Annotated[Prose, Field(description="the reason for the threshold, for coaches")]


class RecommendingForm(RuleForm):
    """A rule that recommends a play for findings."""

    recommend: Id
    treats: Annotated[tuple[Id, ...], Field(min_length=1)]
    when: AnyForm | None = None
    why: Prose | None = None


def _head(data: Any) -> str | None:
    """Tell which kind of rule this is; what is neither is checked as a finding rule, so that it gets a message."""
    return "~recommend" if isinstance(data, Mapping) and "recommend" in data else "~finding"


AnyRuleForm: TypeAlias = Annotated[
    Annotated[FindingForm, Tag("~finding")] | Annotated[RecommendingForm, Tag("~recommend")],
    Discriminator(_head),
]


class RulesFile(Model):
    """A file of rules."""

    rules: tuple[AnyRuleForm, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule concludes.

    Args:
        id: the rule's id.
        kind, severity: what sort of finding, and how serious.
        texts: its name in every language.
        explains: ids of the findings that it may be a cause of.
    """

    id: str
    kind: Kind
    severity: Severity
    texts: Texts
    explains: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule, written out.

    Args:
        id: unique in a library.
        condition: when it fires.
        finding: what it concludes, or None for a rule that recommends.
        play: what it recommends, or None for a rule that concludes a finding.
        treats: ids of the findings that the recommendation answers.
        why: the reason for its threshold, empty where none was given.
        written_as: the id as written, the same for all instances of one ``for-each``.
        path, place: where it stands.
    """

    id: str
    condition: Condition
    finding: Finding | None
    play: str | None
    treats: tuple[str, ...]
    why: str
    written_as: str
    path: str
    place: Place


def write_out(node: Node, dimensions: Iterable[Dimension]) -> Node:
    """Replace every ``for-each: dimension`` rule by its instances, each keeping the places of what was written.

    Args:
        node: a rules file as the YAML door read it; anything else is given back as it is.
        dimensions: every dimension of every questionnaire.
    """
    rules = node.get(Text("rules")) if isinstance(node, Mapping) else None
    if not isinstance(node, Mapping) or not isinstance(rules, Sequence):
        return node
    written = Sequence()
    written.place, written.places = rules.place, []
    for rule, place in zip(rules, rules.places, strict=True):
        for instance in _instances(rule, tuple(dimensions)):
            written.append(instance)
            written.places.append(place)
    whole = _copied(node)
    whole[Text("rules")] = written
    return whole


def _instances(rule: Node, dimensions: tuple[Dimension, ...]) -> list[Node]:
    if not isinstance(rule, Mapping) or rule.get(Text("for-each")) != "dimension":
        return [rule]
    instances = [_filled(rule, dimension, "id") for dimension in dimensions]
    for instance in instances:
        if isinstance(instance, Mapping):
            instance.written_as = str(rule.get(Text("id")))
    return list(instances)


def _filled(node: Node, dimension: Dimension, key: str) -> Node:
    """Put a dimension in for the placeholder: its title in texts for people, its id everywhere else."""
    if isinstance(node, Mapping):
        filled = _copied(node)
        for inner, value in node.items():
            filled[inner] = _filled(value, dimension, inner)
        return filled
    if isinstance(node, Sequence):
        sequence = Sequence(_filled(value, dimension, key) for value in node)
        sequence.place, sequence.places = node.place, node.places
        return sequence
    if isinstance(node, Text) and PLACEHOLDER in node:
        name = {"en": dimension.en, "fi": dimension.fi, "why": dimension.en}.get(key, dimension.id)
        return Text.at(node.replace(PLACEHOLDER, name), node.place)
    return node


def _copied(node: Mapping) -> Mapping:
    copy = Mapping(node)
    copy.place, copy.places = node.place, node.places
    return copy
