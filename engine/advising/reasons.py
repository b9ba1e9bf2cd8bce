"""Reasons: why a rule fired or did not, and why a play is suggested, as data and as sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from engine.advising.advice import Advice
from engine.advising.evidence import Evidence, Truth, cost, missing, support
from engine.advising.figures import Figures
from engine.advising.recommendations import UNLESS
from engine.advising.wording import word
from engine.content.conditions import Comparison, Condition, FindingIs, Known
from engine.content.measures import Measure
from engine.content.rules import SEVERITIES
from engine.measuring.anonymity import coarse_value


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a chain of reasons.

    Args:
        text: a sentence without a full stop.
        measure: what it is about, or None for a finding.
        finding: the id of a finding it rests on, or None.
        below: the steps that led to that finding.
    """

    text: str
    measure: Measure | None
    finding: str | None
    below: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A rule that did not fire, and what it would have taken.

    Args:
        rule: its id.
        truth: false, or None for not evaluated.
        lacking: what is missing.
        cost: how far it was from firing; smaller is nearer.
    """

    rule: str
    truth: Truth
    lacking: tuple[Step, ...]
    cost: int


class Reasons:
    """Explains one team's advice in one language.

    Args:
        advice: what is explained.
        figures: writes the team's measures.
    """

    def __init__(self, advice: Advice, figures: Figures) -> None:
        self._advice = advice
        self._figures = figures
        self._library = figures.library
        self._language = figures.language
        self._situation = advice.situation if figures.exact else replace(advice.situation, seen=self._seen)
        self._chains: dict[str, tuple[Step, ...]] = {}

    def _seen(self, measure: Measure) -> int | None:
        return coarse_value(self._advice.profile, measure)

    def chain(self, rule: str) -> tuple[Step, ...]:
        """Give why a fired rule or a true ``unless`` holds, down to the measures.

        Args:
            rule: the id of a statement that is true.
        """
        if rule not in self._chains:
            self._chains[rule] = tuple(self._steps(self._condition(rule)))
        return self._chains[rule]

    def sentences(self, rule: str) -> tuple[str, ...]:
        """Give the measures that a fired rule rests on, each as a sentence, each once."""
        return tuple(dict.fromkeys(step.text for step in _measured(self.chain(rule))))

    def measures(self, rule: str) -> tuple[Measure, ...]:
        """Give the measures that a fired rule rests on, each once, in the order in which they are told."""
        return tuple(dict.fromkeys(step.measure for step in _measured(self.chain(rule)) if step.measure))

    def recommendation(
        self, treats: Iterable[str], rules: Iterable[str] = (), most: int | None = None
    ) -> tuple[str, ...]:
        """Give why a play is suggested: each finding it treats with the measures behind it.

        Args:
            treats: ids of fired findings; of equally serious ones the first is told first.
            rules: ids of the rules that recommend it, which explain it where it treats no finding that fired.
            most: at most so many measures for each finding.
        """
        told = [self.told(finding, most) for finding in sorted(treats, key=self._directness)]
        return tuple(told) or tuple(sentence for rule in rules for sentence in self.sentences(rule))

    def told(self, finding: str, most: int | None = None) -> str:
        """Give a finding's name and the measures behind it; the name is left out where the measures say it too.

        Args:
            finding: the id of a fired finding.
            most: at most so many measures, for a short text.
        """
        found = self._library.findings[finding]
        steps = dict.fromkeys(_measured(self.chain(finding)))
        # What people see alike goes without saying where it is good.
        told = [step.text for step in steps if not (found.kind == "strength" and _about_consensus(step))]
        measures = "; ".join(told[:most]) + (" …" if len(told[:most]) < len(told) else "")
        title = self.title(finding)
        repeated = len(told) == 1 and found.kind in ("strength", "weakness") and title.endswith(told[0].split(":")[0])
        return measures if repeated else ". ".join(filter(None, (title, measures)))

    def _directness(self, finding: str) -> tuple[int, bool]:
        """Order findings for telling: the most serious first, what was seen before what may be its cause."""
        found = self._library.findings[finding]
        return -SEVERITIES.index(found.severity), found.kind == "possible-cause"

    def title(self, finding: str) -> str:
        """Give a finding's name; a possible cause is worded as one, since answers at one moment prove no cause."""
        found = self._library.rules[finding].finding
        text = found.texts.get(self._language) if found else finding
        return word("possible-cause", self._language, name=text) if found and found.kind == "possible-cause" else text

    def lacking(self, rule: str, wanted: bool = True) -> tuple[Step, ...]:
        """Give what would have to change for a rule to fire, or where that is not wanted, to stop firing."""
        return tuple(self._lack(each) for each in missing(self._condition(rule), self._situation, wanted))

    def nearest(self, count: int = 5) -> tuple[NearMiss, ...]:
        """Give the finding rules that were nearest to firing but did not.

        Args:
            count: at most so many.
        """
        situation = self._situation
        rules = [id_ for id_ in self._library.findings if situation.verdict(id_) is False]
        ranked = sorted((cost(self._condition(id_), situation), id_) for id_ in rules)[:count]
        return tuple(NearMiss(id_, situation.verdict(id_), self.lacking(id_), price) for price, id_ in ranked)

    def held_back(self, play: str) -> tuple[str, ...]:
        """Give why a play is held back, or what must be found out first."""
        unless = UNLESS + play
        if self._advice.situation.verdict(unless):
            return tuple(step.text for step in self.chain(unless))
        return tuple(step.text for step in _measured(self.lacking(unless)))

    def _condition(self, statement: str) -> Condition:
        if statement.startswith(UNLESS):
            condition = self._library.plays[statement.removeprefix(UNLESS)].unless
            assert condition is not None
            return condition
        return self._library.rules[statement].condition

    def _steps(self, condition: Condition) -> Iterator[Step]:
        for evidence in dict.fromkeys(support(condition, self._advice.situation)):
            match evidence.leaf:
                case Comparison(measure=measure):
                    yield Step(self._figures.sentence(evidence), measure, None)
                case FindingIs(finding) if evidence.wanted:
                    yield Step(self._named("finding-fired", finding), None, finding, self.chain(finding))
                case FindingIs(finding):
                    yield Step(self._named("finding-absent", finding), None, finding)
                case Known():
                    continue  # that something is known says nothing to a reader by itself

    def _named(self, key: str, finding: str) -> str:
        """Give “Finding: …” or “No finding: …”; a possible cause is introduced as one instead."""
        found = self._library.findings[finding]
        if found.kind == "possible-cause" and key == "finding-fired":
            return self.title(finding)
        return word(key, self._language, name=found.texts.get(self._language))

    def _lack(self, evidence: Evidence) -> Step:
        match evidence.leaf:
            case FindingIs(finding):
                key = "finding-fired" if evidence.wanted else "finding-absent"
                needed = self._named(key, finding)
                text = f"{word('needed', self._language)}: {needed}"
                return Step(text, None, finding, self.lacking(finding, evidence.wanted))
            case Known(measure):
                key = "is-known" if evidence.wanted else "is-unknown"
                text = f"{self._figures.name(measure)}: {word('needed', self._language)} {word(key, self._language)}"
                return Step(text, measure, None)
            case Comparison(measure=measure):
                return Step(self._lacking_comparison(evidence, evidence.leaf), measure, None)

    def _lacking_comparison(self, evidence: Evidence, leaf: Comparison) -> str:
        name = self._figures.name(leaf.measure)
        needed = f"{word('needed', self._language)} {self._figures.asked(leaf, evidence.wanted)}"
        if evidence.truth is None:
            reason = self._advice.profile.why_unknown(leaf.measure).text(self._language)
            return f"{name}: {word('is-unknown', self._language)}, {reason}; {needed}"
        value = self._figures.value(leaf.measure)
        away = self._away(evidence, leaf)
        return f"{name}: {value}; {needed}{away}" if value else f"{name}: {needed}"

    def _away(self, evidence: Evidence, leaf: Comparison) -> str:
        """Give the distance to the threshold as it can be shown; exact figures never leave through a distance."""
        if evidence.distance is None or self._figures.tells(leaf):
            return ""
        if self._figures.exact:
            distance = evidence.distance
        else:
            coarse = coarse_value(self._advice.profile, leaf.measure)
            if coarse is None or isinstance(self._figures.shown(leaf.measure).value, str):
                return ""  # what is shown as a word lies at no distance
            ends = (leaf.operand, leaf.upper) if leaf.operator == "within" else (leaf.operand,)
            distance = min(abs(coarse - end) for end in ends)
        if distance < 10 and leaf.measure.kind != "respondents" and not self._figures.exact:
            return f" ({word('very-near', self._language)})"
        return f" ({word('away', self._language, value=self._figures.difference(leaf.measure, distance))})"


def _measured(steps: Iterable[Step]) -> Iterator[Step]:
    """Yield the steps about measures, without the findings between."""
    for step in steps:
        if step.below:
            yield from _measured(step.below)
        elif step.measure is not None:
            yield step


def _about_consensus(step: Step) -> bool:
    return step.measure is not None and step.measure.kind == "consensus"
