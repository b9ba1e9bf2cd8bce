"""The heading of a result: what the answers say, in two sentences, and how to begin, in the next.

The first sentence is the best strength, the second the gravest finding that a play to start with is for. A finding
about one dimension's score is said in our own sentence; any other by the name that coaches gave it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from engine.advising.data import Presenter
from engine.content.measures import Measure
from engine.content.rules import SEVERITIES, Finding
from engine.measuring.gate import USUAL_MINIMUM
from web.results import sentences
from web.results.subjects import dimensions_of, groups_apart, measures_of, rests_on_score
from web.translations import _

BROAD: Final = 4
"""A strength over so many dimensions says more about a team than one over a single dimension."""


@dataclass(frozen=True, slots=True)
class Headline:
    """What a result begins with.

    Args:
        heading: one or two sentences.
        lede: the next finding, and how to begin.
    """

    heading: str
    lede: str


def headline(presenter: Presenter, kept: bool = True) -> Headline:
    """Give the heading of a result.

    Args:
        presenter: the advice in a language.
        kept: whether the answers are still there.
    """
    if not kept:
        return Headline(
            _("The answers of this round are no longer kept."),
            _("They are deleted when the time is over for which they are kept. What was agreed then still holds."),
        )
    return Writer(presenter).headline()


def strength_of(presenter: Presenter) -> Finding | None:
    """Give the strength to keep, which is about one thing; None where there is none that nothing speaks against."""
    return next(iter(Writer(presenter).clear()), None)


def said(presenter: Presenter, finding: str) -> str:
    """Give a finding as a sentence about the team; the name that coaches gave it where we have none of our own."""
    return Writer(presenter).said(finding)


class Writer:
    """Puts one team's advice into a heading.

    Args:
        presenter: the advice in a language.
    """

    def __init__(self, presenter: Presenter) -> None:
        self._presenter = presenter
        self._advice = presenter.advice
        self._library = presenter.library
        self._team = _("Our team") if presenter.advice.profile.viewer == "team" else _("Your team")

    def headline(self) -> Headline:
        """Give the heading and what follows it."""
        if not self._measured():
            return Headline(self._too_few(), self._why_nothing())
        best, concerns = self.best(), self._concerns()
        good = self._said(best, self._team) if best else ""
        who = _("It") if best and self._own(best) else self._team
        first = self._said(concerns[0], who) if concerns else self._nothing_weak(best)
        also = self._said(concerns[1], _("It") if self._own(concerns[0]) else self._team) if len(concerns) > 1 else ""
        return Headline(_joined(good, first), _joined(also, self._way()))

    def said(self, finding: str) -> str:
        """Give a finding as a sentence about the team."""
        return self._said(self._library.findings[finding], self._team)

    def _measured(self) -> bool:
        shown = self._presenter.figures.shown
        return any(shown(Measure("score", each, "members")).value is not None for each in self._library.dimensions)

    def _too_few(self) -> str:
        answered = self._advice.profile.respondents.get("members", 0)
        return _("Too few answered for a result.") if answered else _("Nobody in the team answered.")

    def _why_nothing(self) -> str:
        why = _("Nothing is shown of a small group's answers, so that nobody can be recognised in them.")
        ask = _("Tell the team what the answers are for, and ask again in a new round.")
        if self._advice.start_here:
            ask = _("Begin with what is below, and ask again in a new round after that.")
        if 0 < self._size() < USUAL_MINIMUM:
            ask = _("In a team this small, let each take the quick check by themselves, and compare what it suggests.")
        return _joined(why, "" if self._advice.profile.viewer == "team" else ask)

    def _size(self) -> int:
        size = self._presenter.figures.shown(Measure("fact", "size")).value
        return int(size) if isinstance(size, Decimal) else 0

    def best(self) -> Finding | None:
        """Give the strength to begin with: a broad one, or else one that no finding speaks against."""
        broad = [each for each in self._advice.strengths if self._is_broad(each)]
        return next(iter((*broad, *self.clear())), None)

    def clear(self) -> list[Finding]:
        """Give the strengths that are about few things and that no finding speaks against, our own sentences first."""
        against = {dimension for found in self._advice.findings for dimension in self._doubted(found)}
        few = [each for each in self._advice.strengths if not self._is_broad(each)]
        clear = [each for each in few if not against & {*self._about(each)[:1]}]
        return sorted(clear, key=lambda each: self._own(each) is None)

    def _is_broad(self, strength: Finding) -> bool:
        return len(self._about(strength)) >= BROAD

    def _concerns(self) -> list[Finding]:
        """Give what is to be mended, one finding for each subject, gravest first, how the manager differs last."""

        def order(finding: Finding) -> tuple[int, bool]:
            apart = finding.kind == "blind-spot" and "manager" in groups_apart(self._library, finding.id)
            return -SEVERITIES.index(finding.severity), apart

        told: dict[str, Finding] = {}
        for each in sorted(list(self._for_plays()) or filter(_is_concern, self._advice.findings), key=order):
            told.setdefault(self._subject(each), each)
        return list(told.values())

    def _subject(self, finding: Finding) -> str:
        """Give what a finding is about, so that two sentences are about two things: customers, or a dimension."""
        groups = {group for each in measures_of(self._library, finding.id) for group in (each.group, each.minus)}
        return "customers" if "customers" in groups else next(iter(self._about(finding)), finding.id)

    def _for_plays(self) -> Iterator[Finding]:
        """Yield what the plays to start with are for, play by play; of each, what we have a sentence for first."""
        for recommendation in self._advice.start_here:
            findings = [each for id_ in recommendation.treats for each in self._seen(id_) if _is_concern(each)]
            yield from sorted(findings, key=lambda each: self._own(each) is None)

    def _seen(self, id_: str) -> list[Finding]:
        """Give a finding; for a possible cause what it may explain, which is what was seen."""
        finding = self._library.findings[id_]
        seen = [self._library.findings[each] for each in finding.explains if each in self._advice.situation.true]
        return seen if finding.kind == "possible-cause" and seen else [finding]

    def _doubted(self, finding: Finding) -> tuple[str, ...]:
        """Give the dimensions whose score a finding puts in doubt: others see it otherwise, or it is low."""
        about = self._about(finding)
        if finding.kind in ("blind-spot", "split"):
            return about if len(about) == 1 else ()
        low = finding.kind == "weakness" and about and rests_on_score(self._library, finding.id, about[0])
        return about[:1] if low else ()

    def _said(self, finding: Finding, who: str) -> str:
        """Give a sentence about a finding, with the team as its subject where it is our own."""
        own = self._own(finding)
        if own is None:
            return f"{self._presenter.reasons.title(finding.id)}."
        dimension = self._library.dimensions[self._about(finding)[0]]
        return str(own).format(who=who, name=str(getattr(dimension, self._presenter.language)).lower())

    def _own(self, finding: Finding) -> Any:
        """Give our own template for a finding, None where the name that coaches gave it says more."""
        about = self._about(finding)
        for_each = bool(self._library.rules[finding.id].dimension)
        match finding.kind:
            case "strength" if for_each:
                return sentences.STRONG.get(about[0], sentences.STRONG_IN)
            case "weakness" if for_each or (len(about) == 1 and rests_on_score(self._library, finding.id, about[0])):
                return sentences.WEAK.get(about[0], sentences.WEAK_IN)
            case "split" if for_each:
                return sentences.APART_ON
            case "change" if for_each:
                return sentences.FELL_IN if _is_concern(finding) else sentences.ROSE_IN
            case "blind-spot" if "manager" in groups_apart(self._library, finding.id):
                return sentences.MANAGER_SEES_MORE if len(about) == 1 else sentences.MANAGER_SEES_ALL
        return None

    def _about(self, finding: Finding) -> tuple[str, ...]:
        return dimensions_of(self._library, finding.id)

    def _nothing_weak(self, best: Finding | None) -> str:
        """Say that nothing is weak, unless a strength over many dimensions has said so."""
        if best is None:
            return _("Nothing is weak, and nothing stands out yet.")
        return "" if self._is_broad(best) else _("Nothing in it is weak.")

    def _way(self) -> str:
        """Say how to begin, or how to go on."""
        first = self._advice.start_here
        left = [each for each in first if not is_done(self._presenter, each.play)]
        if not first:
            return _("There is nothing to start with now.")
        if not left:
            return _("What there was to start with is done.")
        if len(left) < len(first):
            return _("You have begun: go on with what is left.")
        if len(left) == 1:
            return _("There is one thing to start with.")
        return _("Begin with the first of these; one at a time is enough.")


def is_done(presenter: Presenter, play: str) -> bool:
    """Tell whether the team has done a play."""
    return presenter.figures.shown(Measure("done", play)).value == 1


def _is_concern(finding: Finding) -> bool:
    """Tell whether a finding is something to mend; what rose since the last round is a change of low severity."""
    return finding.kind not in ("data", "strength") and (finding.kind != "change" or finding.severity != "low")


def _joined(*sentences_: str) -> str:
    return " ".join(each for each in sentences_ if each)
