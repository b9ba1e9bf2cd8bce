"""The rule base as coaches read it: what there is, what fits a search, and what hangs together with what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Final, NamedTuple

from engine.content.conditions import Comparison, Condition, FindingIs, leaves
from engine.content.files import Read
from engine.content.library import Library
from engine.content.playbooks import AgreementTemplate, Play
from engine.content.rules import Rule
from engine.content.scenarios import Scenario
from web.coaches.written_rules import WrittenRule, findings_read, subjects_of, title_of, topic_of, written_rules

LONGEST: Final = 100
"""So many characters of a search are looked at."""


class Wanted(NamedTuple):
    """What a coach looks for; empty is anything.

    Args:
        words: each must stand in a rule's id, name or reason, or in the title of what it suggests.
        topic, kind, dimension: as in the file's name, the rule's kind and a dimension's id.
    """

    words: str = ""
    topic: str = ""
    kind: str = ""
    dimension: str = ""

    @classmethod
    def of(cls, arguments: Mapping[str, str]) -> Wanted:
        """Read what is wanted from the address of the page."""
        return cls(*(arguments.get(name, "").strip()[:LONGEST] for name in cls._fields))


@dataclass(frozen=True, slots=True)
class Connections:
    """What hangs together with one rule.

    Args:
        explains, explained_by: findings it may be a cause of, and possible causes of it.
        treats: the findings that its recommendation answers.
        treated_by: rules that recommend plays for it.
        read_by: rules whose conditions read it.
        holds_back: plays that are held back because of it.
        scenarios: those that name its finding, or the play that it suggests.
    """

    explains: tuple[Rule, ...]
    explained_by: tuple[Rule, ...]
    treats: tuple[Rule, ...]
    treated_by: tuple[Rule, ...]
    read_by: tuple[Rule, ...]
    holds_back: tuple[Play, ...]
    scenarios: tuple[Read[Scenario], ...]


class RuleBase:
    """Everything in a library, as coaches look for it.

    Args:
        library: the content.
    """

    def __init__(self, library: Library) -> None:
        self.library = library
        self.written = written_rules(library)
        self.topics = tuple(sorted({each.topic for each in self.written.values()}))
        questions = {
            str(question.id): str(dimension.id)
            for questionnaire in library.questionnaires.values()
            for dimension in questionnaire.dimensions
            for question in dimension.questions
        }
        self._dimensions = {id_: subjects_of(rule, library, questions) for id_, rule in library.rules.items()}

    def find(self, wanted: Wanted) -> list[tuple[str, list[WrittenRule]]]:
        """Give the rules that fit, by topic."""
        fitting = (each for each in self.written.values() if self._fits(each, wanted))
        return [(topic, list(rules)) for topic, rules in groupby(fitting, key=lambda each: each.topic)]

    def _fits(self, rule: WrittenRule, wanted: Wanted) -> bool:
        about = {dimension for each in rule.instances for dimension in self._dimensions[each.id]}
        return (
            wanted.topic in ("", rule.topic)
            and wanted.kind in ("", rule.kind)
            and (not wanted.dimension or wanted.dimension in about)
            and all(word in self._searchable[rule.id] for word in wanted.words.casefold().split())
        )

    @cached_property
    def _searchable(self) -> dict[str, str]:
        def words(rule: WrittenRule) -> Iterator[str]:
            yield from (rule.id, rule.first.play or "", topic_of(rule.first.path))
            for each in rule.instances:
                yield from (each.id, each.why, *(title_of(each, self.library, language) for language in ("en", "fi")))

        return {id_: " ".join(words(rule)).casefold() for id_, rule in self.written.items()}

    def rule(self, id_: str) -> tuple[WrittenRule, Rule | None] | None:
        """Give a rule by its id as written, or one instance of it by its own; replaced ones give what took their place.

        Returns:
            The rule as written, and the instance that was meant where there are several.
        """
        if id_ in self.written:
            return self.written[id_], None
        rule = self.library.rules.get(self.library.replaced.get(id_, id_))
        if rule is None:
            return None
        written = self.written[rule.written_as]
        return written, rule if written.for_each else None

    def connections(self, rules: Iterable[Rule]) -> Connections:
        """Give what hangs together with a rule, or with all instances of one."""
        rules = tuple(rules)
        ids = frozenset(each.id for each in rules)
        everything = tuple(self.library.rules.values())
        explained = {id_ for each in rules if each.finding for id_ in each.finding.explains}
        treated = {id_ for each in rules for id_ in each.treats}
        return Connections(
            explains=tuple(each for each in everything if each.id in explained),
            explained_by=tuple(each for each in everything if each.finding and ids & set(each.finding.explains)),
            treats=tuple(each for each in everything if each.id in treated),
            treated_by=tuple(each for each in everything if ids & set(each.treats)),
            read_by=tuple(each for each in everything if ids & findings_read(each) - set(each.treats)),
            holds_back=tuple(each for each in self.library.plays.values() if ids & _named(each.unless)),
            scenarios=self.scenarios_about({*ids, *(each.play for each in rules if each.play)}),
        )

    def scenarios_about(self, names: Iterable[str]) -> tuple[Read[Scenario], ...]:
        """Give the scenarios that name findings or plays in what they expect, in the order of the files."""
        places = {place for name in names for place in self._mentions.get(name, ())}
        return tuple(self.library.scenarios[place] for place in sorted(places))

    @cached_property
    def _mentions(self) -> Mapping[str, list[int]]:
        found: defaultdict[str, list[int]] = defaultdict(list)
        for place, read in enumerate(self.library.scenarios):
            for name in _expected(read.model):
                found[self.library.replaced.get(name, name)].append(place)
        return found

    def recommending(self, play: str) -> tuple[Rule, ...]:
        """Give the rules that recommend a play."""
        return tuple(rule for rule in self.library.rules.values() if rule.play == play)

    def leading_to(self, template: AgreementTemplate) -> tuple[Play, ...]:
        """Give the plays that lead to an agreement template."""
        return tuple(each for each in self.library.plays.values() if template.id in each.file.agreements)

    def answered(self, template: AgreementTemplate) -> tuple[Rule, ...]:
        """Give the findings that an agreement template answers, as the rules that conclude them."""
        ids = (self.library.replaced.get(id_, str(id_)) for id_ in template.file.answers)
        return tuple(self.library.rules[id_] for id_ in ids)

    def reading_measure(self, kind: str, of: str) -> tuple[Rule, ...]:
        """Give the rules that read a measure, such as whether a template was adopted or a play done."""
        return tuple(rule for rule in self.library.rules.values() if _reads(rule.condition, kind, of))


def _named(condition: Condition | None) -> frozenset[str]:
    found = leaves(condition) if condition else ()
    return frozenset(leaf.finding for leaf in found if isinstance(leaf, FindingIs))


def _reads(condition: Condition, kind: str, of: str) -> bool:
    compared = (leaf.measure for leaf in leaves(condition) if isinstance(leaf, Comparison))
    return any(measure.kind == kind and measure.of == of for measure in compared)


def _expected(scenario: Scenario) -> frozenset[str]:
    expect = scenario.expect
    parts = (expect.findings, expect.not_findings, expect.start_here, expect.not_start_here,
             expect.later, expect.held_back)  # fmt: skip
    return frozenset(str(name) for part in parts for name in part)
