"""Rules as coaches wrote them: one, or one for every dimension, with what tells them apart in a list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from engine.content.conditions import Comparison, FindingIs, Known, leaves
from engine.content.library import Library
from engine.content.measures import DIMENSION_KINDS, Measure
from engine.content.rules import Rule
from web.translations import _


@dataclass(frozen=True, slots=True)
class WrittenRule:
    """A rule as it was written.

    Args:
        id: as written; one for every dimension has a placeholder in it.
        instances: what it became, one or one for each dimension; replaced ones are not among them.
    """

    id: str
    instances: tuple[Rule, ...]

    @property
    def first(self) -> Rule:
        """Give the rule, or its first instance, which stands for all in what is the same."""
        return self.instances[0]

    @property
    def for_each(self) -> bool:
        """Tell whether it was written for every dimension."""
        return bool(self.first.dimension)

    @property
    def kind(self) -> str:
        """Give the kind of its finding, or “recommendation”."""
        return self.first.finding.kind if self.first.finding else "recommendation"

    @property
    def severity(self) -> str:
        """Give how serious its finding is; empty for a recommendation."""
        return self.first.finding.severity if self.first.finding else ""

    @property
    def topic(self) -> str:
        """Give the topic of its file, such as ``agreements``."""
        return topic_of(self.first.path)

    def title(self, library: Library, language: str) -> str:
        """Give its name, with the placeholder for the dimension as it was written."""
        text = title_of(self.first, library, language)
        if not self.for_each:
            return text
        name = str(getattr(library.dimensions[self.first.dimension], language))
        return text.replace(name, _("<dimension>"))


def written_rules(library: Library) -> dict[str, WrittenRule]:
    """Give every rule as it was written, by id, in the order of the files."""
    ordered = sorted(library.rules.values(), key=lambda each: (each.path, each.place.line, each.id))
    groups = groupby(ordered, key=lambda each: each.written_as)
    return {id_: WrittenRule(id_, tuple(rules)) for id_, rules in groups}


def topic_of(path: str) -> str:
    """Give the topic of a file of rules: its path below ``rules/``, without the ending."""
    return path.rpartition("rules/")[2].removesuffix(".yaml")


def title_of(rule: Rule, library: Library, language: str) -> str:
    """Give a rule's name: its finding's, or what it recommends."""
    if rule.finding:
        return rule.finding.texts.get(language)
    return _("Suggest: %(play)s") % {"play": library.plays[rule.play or ""].file.title.get(language)}


def subjects_of(rule: Rule, library: Library, questions: dict[str, str]) -> frozenset[str]:
    """Give the dimensions that a rule is about: what it compares, or what the findings it treats compare.

    Args:
        rule: any rule.
        library: where its findings are.
        questions: the dimension of each question.
    """
    found = set(_compared(rule, questions))
    for finding in rule.treats:
        found |= set(_compared(library.rules[finding], questions))
    return frozenset(found | ({rule.dimension} if rule.dimension else set()))


def _compared(rule: Rule, questions: dict[str, str]) -> Iterator[str]:
    for leaf in leaves(rule.condition):
        match leaf:
            case Comparison(measure=measure) | Known(measure=measure):
                yield from _dimension(measure, questions)
            case FindingIs():
                continue


def _dimension(measure: Measure, questions: dict[str, str]) -> Iterator[str]:
    if measure.kind in (*DIMENSION_KINDS, "gap"):
        yield measure.of
    elif measure.kind == "question" and measure.of in questions:
        yield questions[measure.of]


def findings_read(rule: Rule) -> frozenset[str]:
    """Give the findings that a rule's condition reads."""
    return frozenset(leaf.finding for leaf in leaves(rule.condition) if isinstance(leaf, FindingIs))
