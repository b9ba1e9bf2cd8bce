"""Advice: what a team's verdicts mean for it, as data."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, partial

from engine.advising.evidence import Situation
from engine.advising.recommendations import HeldBack, Recommendation, Recommender
from engine.content.conditions import FindingIs, leaves
from engine.content.library import Library
from engine.content.measures import Measure
from engine.content.rules import NEEDS_A_PLAY, SEVERITIES, Finding
from engine.measuring.anonymity import coarse_value
from engine.measuring.profile import Profile
from engine.measuring.unknown import Reason
from engine.reasoning.reasoner import Conclusions


@dataclass(frozen=True, slots=True)
class NotEvaluated:
    """Rules that could not be decided for one reason.

    Args:
        missing: what was missing: a group, or a kind of measure or fact.
        reason: why.
        rules: ids of the rules, as written out.
    """

    missing: str
    reason: Reason
    rules: tuple[str, ...]


@dataclass(frozen=True)
class Advice:
    """What a team's answers lead to.

    Args:
        team: its name.
        release: the digest of the content it rests on.
        reasoner: which evaluator answered.
        profile: the measures.
        strengths: best first; the first one is the one to keep.
        findings: everything else that fired, most serious first.
        recommendations: to start with (at most three), then for later.
        held_back: plays that do not suit this team now.
        lever: the dimension to raise next in a team without a weakness, or None; where only one is known, a play
            must be meant for it.
        not_evaluated: what could not be judged, and why.
        situation: what the rules saw; for explanations.
    """

    team: str
    release: str
    reasoner: str
    profile: Profile
    strengths: tuple[Finding, ...]
    findings: tuple[Finding, ...]
    recommendations: tuple[Recommendation, ...]
    held_back: tuple[HeldBack, ...]
    lever: str | None
    not_evaluated: tuple[NotEvaluated, ...]
    situation: Situation

    @property
    def start_here(self) -> tuple[Recommendation, ...]:
        """Give what to start with, at most three, best first."""
        return tuple(each for each in self.recommendations if each.when == "start-here")

    @property
    def later(self) -> tuple[Recommendation, ...]:
        """Give what can wait, best first."""
        return tuple(each for each in self.recommendations if each.when == "later")


class Advisor:
    """Makes advice from verdicts; made once for a library.

    Args:
        library: the rules and plays.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._recommender = Recommender(library)
        self._findings = library.findings
        self._conditions = {id_: rule.condition for id_, rule in library.rules.items()}
        self._measures = {id_: _measures(library, id_) for id_ in library.rules}

    def advise(self, profile: Profile, conclusions: Conclusions) -> Advice:
        """Give the advice for a profile and what was concluded from it."""
        situation = Situation.of(profile.values, conclusions.verdicts, self._conditions)
        true, unknown = situation.true, situation.unknown
        done = frozenset(measure.of for measure, value in profile.values.items() if measure.kind == "done" and value)
        coarse = cache(partial(coarse_value, profile))  # several findings rest on the same measures
        recommendations, held = self._recommender.recommend(true, unknown, done, coarse)
        fired = sorted((self._findings[id_] for id_ in true if id_ in self._findings), key=_seriousness)
        lever = self._lever(profile, fired, recommendations)
        if lever:
            recommendations = self._recommender.with_lever(lever, recommendations, true, unknown)
        return Advice(
            team=profile.team,
            release=self._library.digest,
            reasoner=conclusions.reasoner,
            profile=profile,
            strengths=self._strengths(profile, fired),
            findings=tuple(each for each in fired if each.kind != "strength"),
            recommendations=recommendations,
            held_back=held,
            lever=lever,
            not_evaluated=tuple(self._not_evaluated(profile, conclusions.verdicts.unknown)),
            situation=situation,
        )

    def _strengths(self, profile: Profile, fired: Iterable[Finding]) -> tuple[Finding, ...]:
        """Give the strengths, those with the highest scores that may be shown first."""

        def height(finding: Finding) -> int:
            scores = [coarse_value(profile, each) for each in self._measures[finding.id] if each.kind == "score"]
            return max((score for score in scores if score is not None), default=0)

        strengths = [each for each in fired if each.kind == "strength"]
        return tuple(sorted(strengths, key=lambda each: (-height(each), each.id)))

    def _lever(
        self, profile: Profile, fired: Iterable[Finding], recommendations: tuple[Recommendation, ...]
    ) -> str | None:
        """Give the dimension that stands lowest, where no weakness gave anything to start with."""
        started = any(each.when == "start-here" for each in recommendations)
        if started and any(each.kind in NEEDS_A_PLAY for each in fired):
            return None
        # By what is shown: which of two figures that look equal is lower is nobody's to know. The lowest score has the
        # lowest standing too, and a standing is not always shown.
        for kind in ("score", "standing"):
            measures = [each for each in profile.values if each.kind == kind and each.group == "members"]
            figures = [(figure, each.of) for each in measures if (figure := coarse_value(profile, each)) is not None]
            if figures:
                lowest = min(figures)[1]
                # One dimension is not the lowest of several: a play for any team would have nothing to choose from.
                return lowest if len(figures) > 1 or self._recommender.aims_at(lowest) else None
        return None

    def _not_evaluated(self, profile: Profile, unknown: Iterable[str]) -> Iterable[NotEvaluated]:
        """Group the undecided rules by what was missing; a rule that asks about what nobody was asked is left out."""
        groups: dict[tuple[str, str], tuple[Reason, list[str]]] = {}
        keys: dict[Measure, tuple[str, str] | None] = {}
        for id_ in unknown:
            missing = [
                each for each in self._measures.get(id_, ()) if each not in profile.values and not _planned(each)
            ]
            for measure in missing:
                if measure not in keys:
                    keys[measure] = self._key(profile, measure, groups)
            # A rule is told of unless nothing that it misses was asked at all.
            for key in {keys[measure] for measure in missing} - {None}:
                groups[key][1].append(id_)  # type: ignore[index]  # None was taken out
        for (subject, _), (reason, rules) in sorted(groups.items(), key=lambda each: each[0]):
            yield NotEvaluated(subject, reason, tuple(rules))

    def _key(
        self, profile: Profile, measure: Measure, groups: dict[tuple[str, str], tuple[Reason, list[str]]]
    ) -> tuple[str, str] | None:
        """Give the group of rules that a missing measure puts a rule into, None where nobody was asked about it."""
        if not profile.asks(measure):
            return None
        reason = profile.why_unknown(measure)
        key = (_subject(measure, reason), reason.text("en"))
        groups.setdefault(key, (reason, []))
        return key


def _measures(library: Library, id_: str) -> frozenset[Measure]:
    """Give every measure that a rule rests on, itself or through the findings it reads."""
    found: set[Measure] = set()
    for leaf in leaves(library.rules[id_].condition):
        if isinstance(leaf, FindingIs):
            found |= _measures(library, leaf.finding)
        else:
            found.add(leaf.measure)
    return frozenset(found)


def _planned(measure: Measure) -> bool:
    """Tell whether a measure is about the team's plan, which is never unknown: what is not done is not done."""
    return measure.kind in ("done", "adopted")


def _seriousness(finding: Finding) -> tuple[int, str]:
    return -SEVERITIES.index(finding.severity), finding.id


def _subject(measure: Measure, reason: Reason) -> str:
    """Give what was missing: a fact, or the group whose answers would have been needed."""
    if measure.kind == "fact":
        return measure.of
    return str(reason.data.get("group") or measure.minus or measure.group)
