"""Rules as coaches write them, and as they stand after ``for-each`` was written out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Annotated, Any, Final, Literal, TypeAlias

from pydantic import Discriminator, Field, Tag, model_validator

from engine.content.condition_language import When
from engine.content.conditions import Condition, Place
from engine.content.model import DIMENSION, Id, Model, Prose, Texts, fault
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


class FindingPart(Texts):
    """What a rule concludes, named in every language."""

    kind: Kind
    severity: Annotated[Severity | None, Field(description="how serious; each kind has a default")] = None
    explains: Annotated[tuple[Id, ...], Field(description="findings that this may be a cause of")] = ()


class RuleForm(Model):
    """What every rule has."""

    id: Id
    for_each: Annotated[
        Literal["dimension"] | None, Field(alias="for-each", description="write the rule out for every dimension")
    ] = None
    replaces: Annotated[Id | None, Field(description="the instance of a for-each rule whose place this takes")] = None

    @model_validator(mode="after")
    def _check(self) -> Any:
        if self.for_each and DIMENSION not in self.id:
            message = f"“{self.id}” would be the id of a rule for every dimension"
            hint = f"put {DIMENSION} into the id, such as low-{DIMENSION}"
            raise fault("bad-for-each", message, hint, self.id.place)
        if self.for_each and self.replaces:
            hint = "take “replaces” away, or write the rule for one dimension"
            raise fault("bad-replaces", "a for-each rule cannot take another's place", hint, self.replaces.place)
        return self


class FindingForm(RuleForm):
    """A rule that concludes a finding; its id is the finding's."""

    finding: FindingPart
    when: When
    why: Annotated[Prose, Field(description="the reason for the threshold, for coaches")]


class RecommendingForm(RuleForm):
    """A rule that recommends a play for findings."""

    recommend: Annotated[Id, Field(description="a play")]
    treats: Annotated[tuple[Id, ...], Field(min_length=1, description="the findings that the play answers")]
    when: When | None = None
    why: Prose | None = None


def _head(data: Any) -> str | None:
    """Tell which kind of rule this is by its keys, guessing at misspelt ones; None where it is both or neither."""
    if not isinstance(data, Mapping):
        return "~finding"
    heads = [head for head in ("finding", "recommend") if head in data]
    heads = heads or [head for head in ("finding", "recommend") if get_close_matches(head, data)]
    return f"~{heads[0]}" if len(heads) == 1 else None


AnyRuleForm: TypeAlias = Annotated[
    Annotated[FindingForm, Tag("~finding")] | Annotated[RecommendingForm, Tag("~recommend")],
    Discriminator(
        _head,
        custom_error_type="bad-rule",
        custom_error_message="a rule either concludes a finding or recommends a play",
    ),
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
        dimension: the id of the dimension that it was written out for, or empty.
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
    dimension: str = ""


def instances(rule: Node, dimensions: Iterable[Dimension]) -> Iterator[Node]:
    """Yield a rule as it is, or written out for every dimension where it says ``for-each: dimension``.

    Args:
        rule: as the YAML door read it; the instances keep the places of what was written.
        dimensions: every dimension of every questionnaire.
    """
    if not isinstance(rule, Mapping) or rule.get(Text("for-each")) != "dimension":
        yield rule
        return
    for dimension in dimensions:
        instance = _filled_mapping(rule, dimension)
        del instance[Text("for-each")]
        instance.written_as, instance.dimension = str(rule.get(Text("id"))), str(dimension.id)
        yield instance


def _filled_mapping(node: Mapping, dimension: Dimension) -> Mapping:
    filled = Mapping.at(node.place, node.places)
    for key, value in node.items():
        filled[key] = _filled(value, dimension, key)
    return filled


def _filled(node: Node, dimension: Dimension, key: str) -> Node:
    """Put a dimension in for the placeholder: its title in texts for people, its id everywhere else."""
    if isinstance(node, Mapping):
        return _filled_mapping(node, dimension)
    if isinstance(node, Sequence):
        sequence = Sequence.at(node.place, node.places)
        sequence.extend(_filled(value, dimension, key) for value in node)
        return sequence
    if isinstance(node, Text) and DIMENSION in node:
        name = {"en": dimension.en, "fi": dimension.fi, "why": dimension.en}.get(key, dimension.id)
        return Text.at(node.replace(DIMENSION, name), node.place)
    return node


def stray_placeholders(node: Node) -> Iterator[Text]:
    """Yield the texts that hold the placeholder for a dimension where no ``for-each`` gives it a meaning."""
    match node:
        case Mapping() if Text("for-each") in node:
            return
        case Mapping():
            inner: Iterable[Node] = (*node.keys(), *node.values())
        case Sequence():
            inner = node
        case _:
            inner = ()
    if isinstance(node, Text) and DIMENSION in node:
        yield node
    for each in inner:
        yield from stray_placeholders(each)
