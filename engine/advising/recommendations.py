"""From verdicts to recommendations: merged by play, held back, put in order, and few to start with."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import Final, Literal

from engine.advising.priority import CoarseValue, NeedTable, Terms
from engine.content.library import Library
from engine.content.rules import NEEDS_A_PLAY

START_HERE: Final = 3
"""At most so many plays to start with: few get done, many get none done (product.md, 10)."""
UNLESS: Final = "unless:"
"""What stands before a play's id in the id of the statement that decides its ``unless``."""

When = Literal["start-here", "later"]


@dataclass(frozen=True, slots=True)
class Recommendation:
    """A play suggested to this team.

    Args:
        play: its id.
        when: whether to start with it.
        priority: 0 to 1000 thousandths.
        terms: what the priority is made of.
        treats: ids of the fired findings it answers, those in most need first.
        rules: ids of the fired rules that recommend it.
        instead_of: ids of the plays that were held back in its favour.
        after: ids of recommended plays that come first.
        uncertain: whether its ``unless`` is unknown, so that something must be found out first.
        lever: the dimension it would raise in a team without a weakness, or None where rules recommend it.
    """

    play: str
    when: When
    priority: int
    terms: Terms
    treats: tuple[str, ...]
    rules: tuple[str, ...]
    instead_of: tuple[str, ...]
    after: tuple[str, ...]
    uncertain: bool
    lever: str | None = None


@dataclass(frozen=True, slots=True)
class HeldBack:
    """A play that would answer a finding but does not suit this team now.

    Args:
        play: its id.
        treats: ids of the findings it would answer.
        instead: id of the play recommended in its place, or None.
    """

    play: str
    treats: tuple[str, ...]
    instead: str | None


@dataclass(slots=True)
class _Merged:
    """What all fired rules for one play say together."""

    treats: set[str]
    rules: set[str]
    instead_of: set[str]


class Recommender:
    """Turns verdicts into recommendations; made once for a library.

    Args:
        library: the rules and plays.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._needs = NeedTable(library)
        self._recommending = tuple(rule for rule in library.rules.values() if rule.play)
        self._kinds = {id_: finding.kind for id_, finding in library.findings.items()}

    def recommend(
        self, true: frozenset[str], unknown: frozenset[str], done: frozenset[str], coarse: CoarseValue
    ) -> tuple[tuple[Recommendation, ...], tuple[HeldBack, ...]]:
        """Give what to do, best first, and what is held back.

        Args:
            true, unknown: ids of the statements that are so.
            done: ids of the plays that the team has done.
            coarse: gives a measure's coarsened value, None where nothing may be shown.
        """
        merged, held = self._held_back(self._merged(true), true)
        fired = frozenset(id_ for id_ in true if id_ in self._kinds)
        need = cache(partial(self._needs.need, fired=fired, coarse=coarse))  # several plays treat the same findings
        recommendations = []
        for play, parts in merged.items():
            treats = tuple(sorted(parts.treats, key=lambda each: (-need(each), each)))
            terms = self._needs.terms(play, treats, fired, need)
            uncertain = UNLESS + play in unknown
            recommendations.append(self._recommendation(play, parts, treats, terms, uncertain, merged.keys() - done))
        ordered = sorted(recommendations, key=lambda each: (-each.priority, each.play))
        return self._few_first(ordered, fired), held

    def with_lever(
        self, dimension: str, recommendations: tuple[Recommendation, ...], true: frozenset[str], unknown: frozenset[str]
    ) -> tuple[Recommendation, ...]:
        """Put the play that best raises a dimension among what to start with, if there is one and there is room.

        Args:
            dimension: the next lever of a team without a weakness.
            recommendations: what the rules recommend.
            true, unknown: ids of the statements that are so.
        """
        waiting = {each.play for each in recommendations if each.after or each.uncertain}
        play = self._lever_play(dimension, waiting, true | unknown)
        first = [each for each in recommendations if each.when == "start-here"]
        if play is None or len(first) == START_HERE or any(each.play == play for each in first):
            return recommendations
        terms = self._needs.plain_terms(play)
        lever = Recommendation(play, "start-here", self._needs.total(terms), terms, (), (), (), (), False, dimension)
        rest = [each for each in recommendations if each.when == "later" and each.play != play]
        return (*first, lever, *rest)

    def aims_at(self, dimension: str) -> bool:
        """Tell whether some play is meant to raise a dimension."""
        return any(play.file.measure == dimension for play in self._library.plays.values())

    def _lever_play(self, dimension: str, waiting: Set[str], blocked: frozenset[str]) -> str | None:
        """Give the best play for a dimension, or for any team, that neither waits for another nor may be held back."""
        plays = [
            play for id_, play in self._library.plays.items() if id_ not in waiting and UNLESS + id_ not in blocked
        ]
        aimed = [play.id for play in plays if play.file.measure == dimension]
        general = [play.id for play in plays if play.file.measure is None and play.file.for_ == "team"]
        return min(aimed or general, key=lambda each: (-self._plain_priority(each), each), default=None)

    def _plain_priority(self, play: str) -> int:
        return self._needs.total(self._needs.plain_terms(play))

    def _merged(self, true: frozenset[str]) -> dict[str, _Merged]:
        merged: dict[str, _Merged] = {}
        for rule in self._recommending:
            if rule.id in true and rule.play:
                parts = merged.setdefault(rule.play, _Merged(set(), set(), set()))
                parts.rules.add(rule.id)
                parts.treats.update(each for each in rule.treats if each in true)
        return merged

    def _held_back(
        self, merged: dict[str, _Merged], true: frozenset[str]
    ) -> tuple[dict[str, _Merged], tuple[HeldBack, ...]]:
        """Take out the plays whose ``unless`` holds; the play that is better instead takes over their reasons."""
        held = []
        for play in sorted(merged):
            if UNLESS + play in true:
                instead = self._instead(play, true)
                held.append(HeldBack(play, tuple(sorted(merged[play].treats)), instead))
                if instead:
                    parts = merged.setdefault(instead, _Merged(set(), set(), set()))
                    parts.treats |= merged[play].treats
                    parts.rules |= merged[play].rules
                    parts.instead_of.add(play)
        return {play: parts for play, parts in merged.items() if UNLESS + play not in true}, tuple(held)

    def _instead(self, play: str, true: frozenset[str]) -> str | None:
        """Follow ``instead`` until a play that is not held back itself; the loader refuses circles."""
        current: str | None = play
        while current and UNLESS + current in true:
            instead = self._library.plays[current].file.instead
            current = str(instead) if instead else None
        return current

    def _recommendation(
        self, play: str, parts: _Merged, treats: tuple[str, ...], terms: Terms, uncertain: bool, to_do: Set[str]
    ) -> Recommendation:
        first = tuple(sorted(str(each) for each in self._library.plays[play].file.after if each in to_do))
        return Recommendation(
            play=play,
            when="later" if first or uncertain else "start-here",
            priority=self._needs.total(terms),
            terms=terms,
            treats=treats,
            rules=tuple(sorted(parts.rules)),
            instead_of=tuple(sorted(parts.instead_of)),
            after=first,
            uncertain=uncertain,
        )

    def _few_first(self, ordered: list[Recommendation], fired: frozenset[str]) -> tuple[Recommendation, ...]:
        """Leave at most START_HERE to start with, so that they answer as many different findings as they can.

        In order of priority a play is kept when it shares no finding with those kept before; then, while there is
        room, one that shares a finding if it answers every weakness (of any kind that needs a play) that is left.
        """
        open_ = [each for each in ordered if each.when == "start-here"]
        left = {id_ for id_ in fired if self._kinds[id_] in NEEDS_A_PLAY}
        kept: set[str] = set()
        answered: set[str] = set()
        for apart in (True, False):
            for each in open_:
                fits = not answered & set(each.treats) if apart else left and left <= set(each.treats)
                if len(kept) < START_HERE and each.play not in kept and fits:
                    kept.add(each.play)
                    answered.update(each.treats)
                    left -= answered
        first = [each for each in open_ if each.play in kept]
        rest = [_later(each) for each in ordered if each.play not in kept]
        return (*first, *rest)


def _later(recommendation: Recommendation) -> Recommendation:
    return recommendation if recommendation.when == "later" else replace(recommendation, when="later")
