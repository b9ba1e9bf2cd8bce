"""The one formula that orders recommendations: need, customers, effect, evidence and effort.

Need is read from what the reader may see (coarsened figures), never from exact ones: a difference too small to be
shown does not reorder advice, and a shown priority gives nothing away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from engine.content.conditions import All, Any, Comparison, Condition, FindingIs, Not, Some, leaves
from engine.content.library import Library
from engine.content.measures import THOUSAND, Measure
from engine.content.playbooks import PlayFile
from engine.content.priority import Priority

LOWER_IS_WORSE: Final = ("score", "question", "favourable", "csat", "nps")
"""Measures that fall whenever any answer falls; only these and their mirror image may deepen a need, so that a
worse score never lowers a priority."""
HIGHER_IS_WORSE: Final = ("unfavourable",)

CoarseValue = Callable[[Measure], int | None]


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of one recommendation's priority, each 0 to 1000 thousandths."""

    need: int
    customers: int
    effect: int
    evidence: int
    effort: int


@dataclass(frozen=True, slots=True)
class _Depth:
    """How far beyond a threshold a measure can lie: from ``threshold`` to the worst it can be, ``worst``."""

    measure: Measure
    threshold: int
    worst: int

    def share(self, value: int) -> int:
        """Give how far beyond the threshold a value lies, in thousandths of what is possible; 0 if it is not."""
        possible = self.worst - self.threshold
        return min(max(THOUSAND * (value - self.threshold) // possible, 0), THOUSAND) if possible else 0


class NeedTable:
    """What of the priority depends on the library alone, worked out once.

    Args:
        library: the rules, plays and weights.
    """

    def __init__(self, library: Library) -> None:
        self._findings = library.findings
        self._severity = {name: _thousandths(value) for name, value in library.priority.severity}
        self._within = _thousandths(library.priority.within_severity)
        lowest = dict(_lowest_scores(library))
        conditions = {id_: library.rules[id_].condition for id_ in self._findings}
        self._depths = {id_: tuple(_depths(condition, lowest)) for id_, condition in conditions.items()}
        self._reads = {id_: _findings_read(condition) for id_, condition in conditions.items()}
        # That nobody has asked the customers yet is not something that customers said.
        said = (id_ for id_, finding in self._findings.items() if finding.kind != "data")
        self._about_customers = {id_ for id_ in said if _is_about_customers(id_, conditions)}
        self._weights = {name: _thousandths(value) for name, value in library.priority.weights}
        self._plays = {id_: _play_terms(library.priority, play.file) for id_, play in library.plays.items()}

    def terms(self, play: str, treated: Iterable[str], fired: frozenset[str], need: Callable[[str], int]) -> Terms:
        """Give the terms of a recommendation.

        Args:
            play: the play's id.
            treated: ids of the fired findings it treats.
            fired: ids of all findings that fired.
            need: gives the need of a fired finding, as ``need`` does.
        """
        answered = self._with_explained(treated, fired)
        needs = [need(finding) for finding in answered]
        effect, evidence, effort = self._plays[play]
        customers = THOUSAND * any(finding in self._about_customers for finding in answered)
        return Terms(max(needs, default=0), customers, effect, evidence, effort)

    def plain_terms(self, play: str) -> Terms:
        """Give the terms of a play that no finding asks for."""
        return Terms(0, 0, *self._plays[play])

    def total(self, terms: Terms) -> int:
        """Give the priority, 0 to 1000 thousandths, rounded half up."""
        weights = self._weights
        total = (
            weights["need"] * terms.need
            + weights["customers"] * terms.customers
            + weights["effect"] * terms.effect
            + weights["evidence"] * terms.evidence
            + weights["effort"] * terms.effort
        )
        return (total + THOUSAND // 2) // THOUSAND

    def _with_explained(self, treated: Iterable[str], fired: frozenset[str]) -> set[str]:
        """Add what the treated findings may explain, and what that may explain."""
        found: set[str] = set()
        waiting = [finding for finding in treated if finding in fired]
        while waiting:
            finding = waiting.pop()
            if finding not in found:
                found.add(finding)
                waiting += [each for each in self._findings[finding].explains if each in fired]
        return found

    def need(self, finding: str, fired: frozenset[str], coarse: CoarseValue) -> int:
        """Give how much a fired finding needs an answer, 0 to 1000 thousandths.

        Args:
            finding: its id.
            fired: ids of all findings that fired.
            coarse: gives a measure's coarsened value in thousandths, None where nothing may be shown.
        """
        top = self._severity[self._findings[finding].severity]
        return top - self._within * (THOUSAND - self._depth(finding, fired, coarse)) // THOUSAND

    def _depth(self, finding: str, fired: frozenset[str], coarse: CoarseValue) -> int:
        """Give the deepest that any comparison of a fired finding, or of what it reads, lies beyond its threshold."""
        deepest = 0
        for depth in self._depths[finding]:
            value = coarse(depth.measure)
            if value is not None:
                deepest = max(deepest, depth.share(value))
        below = [self._depth(read, fired, coarse) for read in self._reads[finding] if read in fired]
        return max([deepest, *below])


def _thousandths(value: Decimal) -> int:
    return int((value * THOUSAND).to_integral_value())


def _play_terms(priority: Priority, play: PlayFile) -> tuple[int, int, int]:
    effect = _thousandths(getattr(priority.effect, play.effect))
    evidence = _thousandths(getattr(priority.evidence, play.evidence.grade))
    last = priority.effort[-1].is_
    effort = next((step.is_ for step in priority.effort if step.up_to and play.minutes <= step.up_to), last)
    return effect, evidence, _thousandths(effort)


def _lowest_scores(library: Library) -> Iterable[tuple[str, int]]:
    """Yield each dimension's and question's lowest possible score, in thousandths."""
    for questionnaire in library.questionnaires.values():
        lowest = questionnaire.scale.from_ * THOUSAND
        for dimension in questionnaire.dimensions:
            yield str(dimension.id), lowest
        for question in questionnaire.all_questions:
            yield str(question.id), questionnaire.scale_of(question).from_ * THOUSAND


def _depths(condition: Condition, lowest: Mapping[str, int]) -> Iterable[_Depth]:
    """Yield, for each comparison, the direction in which worse answers lead deeper, if there is one."""
    for leaf, wanted in _polar_leaves(condition, True):
        low, high = leaf.bounds
        threshold = high if wanted else low
        if leaf.measure.kind in LOWER_IS_WORSE and threshold is not None:
            yield _Depth(leaf.measure, threshold, _worst(leaf.measure, lowest))
        threshold = low if wanted else high
        if leaf.measure.kind in HIGHER_IS_WORSE and threshold is not None:
            yield _Depth(leaf.measure, threshold, THOUSAND)


def _worst(measure: Measure, lowest: Mapping[str, int]) -> int:
    if measure.kind == "nps":
        return -100 * THOUSAND
    return lowest.get(measure.of, 0) if measure.kind in ("score", "question") else 0


def _polar_leaves(condition: Condition, wanted: bool) -> Iterable[tuple[Comparison, bool]]:
    """Yield each comparison with whether the condition wants it to hold (True) or to fail (False)."""
    match condition:
        case Comparison():
            yield condition, wanted
        case Not(part):
            yield from _polar_leaves(part, not wanted)
        case All(parts) | Any(parts) | Some(_, parts):
            for part in parts:
                yield from _polar_leaves(part, wanted)


def _findings_read(condition: Condition) -> tuple[str, ...]:
    return tuple(sorted({leaf.finding for leaf in leaves(condition) if isinstance(leaf, FindingIs)}))


def _is_about_customers(id_: str, conditions: Mapping[str, Condition]) -> bool:
    """Tell whether a finding rests on what customers said, itself or through the findings it reads."""
    for leaf in leaves(conditions[id_]):
        if isinstance(leaf, FindingIs):
            if leaf.finding in conditions and _is_about_customers(leaf.finding, conditions):
                return True
        elif "customers" in (leaf.measure.group, leaf.measure.minus):
            return True
    return False
