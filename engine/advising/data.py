"""Advice as plain data, for JSON: the shape is part of what others build on."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from engine.advising.advice import Advice
from engine.advising.agreements import agreements_for
from engine.advising.figures import Figures
from engine.advising.reasons import Reasons, Step
from engine.advising.recommendations import HeldBack, Recommendation
from engine.advising.texts import Texts
from engine.advising.wording import word
from engine.content.measures import DIMENSION_KINDS, GROUP_KINDS, GROUPS, THOUSAND, Measure
from engine.content.rules import NEEDS_A_PLAY, Finding
from engine.measuring.anonymity import Figure


class Presenter:
    """One team's advice in one language, with everything needed to show it.

    Args:
        advice: what is shown.
        figures: writes the team's measures.
    """

    def __init__(self, advice: Advice, figures: Figures) -> None:
        self.advice = advice
        self.figures = figures
        self.language = figures.language
        self.library = figures.library
        self.reasons = Reasons(advice, figures)
        found = frozenset(each.id for each in (*advice.strengths, *advice.findings))
        self.texts = Texts(figures, found)

    def why(self, recommendation: Recommendation, most: int | None = None) -> tuple[str, ...]:
        """Give why a play is suggested, a sentence for each finding it treats, with at most so many measures each."""
        if recommendation.lever:
            dimension = self.library.dimensions[recommendation.lever]
            weak = any(finding.kind in NEEDS_A_PLAY for finding in self.advice.findings)
            scores = [each for each in self.advice.profile.values if (each.kind, each.group) == ("score", "members")]
            key = "lever-meanwhile" if weak else "next-lever" if len(scores) > 1 else "only-lever"
            return (word(key, self.language, name=str(getattr(dimension, self.language))),)
        return self.reasons.recommendation(recommendation.treats, recommendation.rules, most)

    def cautions(self, recommendation: Recommendation, most: int | None = None) -> tuple[str, ...]:
        """Give what comes first (at most so many plays), or must be found out first, before a play for later."""
        titles = [self.library.plays[play].file.title.get(self.language) for play in recommendation.after]
        more = " …" if len(titles[:most]) < len(titles) else ""
        first = [word("after-play", self.language, name=", ".join(titles[:most]) + more)] if titles else []
        lacking = self.reasons.held_back(recommendation.play) if recommendation.uncertain else ()
        return (*first, *(word("find-out", self.language, what=each) for each in lacking))

    def data(self) -> dict[str, Any]:
        """Give the advice as JSON data."""
        advice = self.advice
        return {
            "team": advice.team,
            "one_persons_view": advice.profile.one_view,
            "profile": self._profile(),
            "strengths": [self._finding(each) for each in advice.strengths],
            "findings": [self._finding(each) for each in advice.findings],
            "recommendations": [self._recommendation(each) for each in advice.recommendations],
            "held_back": [self._held_back(each) for each in advice.held_back],
            "next_lever": advice.lever,
            "agreements": [
                {
                    "id": template.id,
                    "title": template.file.title.get(self.language),
                    "review_after_weeks": template.file.review_after_weeks,
                    "clauses": [
                        {"id": clause.id, "text": clause.text, "choices": list(clause.choices)}
                        for clause in self.texts.clauses(template)
                    ],
                    "breach": template.file.breach.get(self.language),
                }
                for template in agreements_for(advice, self.library)
            ],
            "not_evaluated": [
                {"missing": each.missing, "reason": each.reason.text(self.language), "rules": list(each.rules)}
                for each in advice.not_evaluated
            ],
        }

    def _profile(self) -> dict[str, Any]:
        profile = self.advice.profile
        groups: dict[str, Any] = {}
        for group in (each for each in GROUPS if each in profile.respondents):
            questionnaire = profile.questionnaires.get(group)
            dimensions = questionnaire.dimensions if questionnaire else ()
            whole = {kind: self._figure(Measure(kind, group=group)) for kind in GROUP_KINDS if self._asked(kind, group)}
            parts = {str(each.id): self._dimension(str(each.id), group) for each in dimensions}
            groups[group] = {**whole, **parts}
        return groups

    def _asked(self, kind: str, group: str) -> bool:
        return kind in ("respondents", "response-rate") or group == "customers"

    def _dimension(self, dimension: str, group: str) -> dict[str, Any]:
        return {kind: self._figure(Measure(kind, dimension, group)) for kind in DIMENSION_KINDS}

    def _figure(self, measure: Measure) -> dict[str, Any]:
        figure = self.figures.shown(measure)
        reason = figure.reason.text(self.language) if figure.reason else None
        bound = {"bound": figure.bound} if figure.bound else {}
        return {"value": _plain(figure), **bound, "reason": reason}

    def _finding(self, finding: Finding) -> dict[str, Any]:
        return {
            "id": finding.id,
            "kind": finding.kind,
            "severity": finding.severity,
            "title": self.reasons.title(finding.id),
            "explains": [each for each in finding.explains if each in self.advice.situation.true],
            "reasons": list(self.reasons.sentences(finding.id)),
            "chain": [_step(each) for each in self.reasons.chain(finding.id)],
        }

    def _recommendation(self, each: Recommendation) -> dict[str, Any]:
        play = self.library.plays[each.play]
        terms = {name: _share(getattr(each.terms, name)) for name in each.terms.__slots__}
        return {
            "play": each.play,
            "title": play.file.title.get(self.language),
            "when": each.when,
            "priority": _share(each.priority),
            "terms": terms,
            "treats": list(each.treats),
            "rules": list(each.rules),
            "reasons": list(self.why(each)),
            "cautions": list(self.cautions(each)),
            "for": play.file.for_,
            "minutes": play.file.minutes,
            "evidence": play.file.evidence.grade,
            "first_step": self.texts.first_step(play),
        }

    def _held_back(self, each: HeldBack) -> dict[str, Any]:
        because = "; ".join(self.reasons.held_back(each.play))
        return {"play": each.play, "treats": list(each.treats), "because": because, "instead": each.instead}


def _plain(figure: Figure) -> float | int | str | None:
    if isinstance(figure.value, Decimal):
        return int(figure.value) if figure.value == int(figure.value) else float(figure.value)
    return figure.value


def _share(thousandths: int) -> float:
    """Give a priority or term with two decimals, as everywhere else; more would say nothing more."""
    return round(thousandths / THOUSAND, 2)


def _step(step: Step) -> dict[str, Any]:
    below = {"because": [_step(each) for each in step.below]} if step.below else {}
    return {"text": step.text, **({"finding": step.finding} if step.finding else {}), **below}
