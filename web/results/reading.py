"""A result as the page shows it: cards with their chains of reasons, what waits and why, what could not be judged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from engine.advising.data import Presenter
from engine.advising.document import Document
from engine.advising.recommendations import Recommendation
from engine.advising.wording import number, word
from engine.content.measures import THOUSAND
from engine.content.playbooks import Play
from engine.content.rules import SEVERITIES
from web.results.chains import Link, chain
from web.results.headline import Headline, headline, is_done
from web.results.profile import Profile, profile_of
from web.results.telling import strength, told
from web.translations import _


@dataclass(frozen=True, slots=True)
class Card:
    """One play to start with.

    Args:
        id, title: of the play.
        reason: one sentence with the team's figures.
        facts: time, people and evidence.
        first_step: what to do within two days.
        chain: from the measures to the play.
        done: whether the team has done it.
    """

    id: str
    title: str
    reason: str
    facts: str
    first_step: str
    chain: tuple[Link, ...]
    done: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """A play that waits: for later, or held back.

    Args:
        id, title: of the play.
        why: why it waits, or what it is for; parts of a sentence.
        instead: id and title of the play in its place; None where there is none.
        done: whether the team has done it.
    """

    id: str
    title: str
    why: tuple[str, ...]
    instead: tuple[str, str] | None = None
    done: bool = False


class Reading:
    """One team's result in the reader's language.

    Args:
        presenter: the advice.
        kept: whether the answers are still there.
    """

    def __init__(self, presenter: Presenter, kept: bool = True) -> None:
        self.presenter = presenter
        self.document = Document(presenter)
        self._kept = kept
        self._advice = presenter.advice

    @cached_property
    def headline(self) -> Headline:
        """Give the heading and what follows it."""
        return headline(self.presenter, self._kept)

    @cached_property
    def profile(self) -> Profile:
        """Give the picture and the numbers."""
        return profile_of(self.presenter)

    @cached_property
    def strength(self) -> str:
        """Give the strength to keep in a sentence; empty where none stands out."""
        return strength(self.presenter)

    @property
    def no_strength(self) -> str:
        """Give the honest word that no strength stands out; empty where there is one, or nothing was measured."""
        if self.strength or self._advice.strengths or not any(row.members for row in self.profile.rows):
            return ""
        if self._advice.profile.viewer == "team":
            return _("No clear strength yet: talk about what already works.")
        text = self.document.label("no-strength")
        return f"{text[0].upper()}{text[1:]}"

    @cached_property
    def cards(self) -> list[Card]:
        """Give what to start with, best first; what the team has done already is among it."""
        return [self._card(each) for each in self._advice.start_here]

    @property
    def to_do(self) -> list[Card]:
        """Give the cards of what is left to start with."""
        return [each for each in self.cards if not each.done]

    def later(self) -> list[Waiting]:
        """Give what can wait, best first; what the team has done already comes last."""
        found = [
            Waiting(
                each.play, self.title(each.play), self.presenter.cautions(each) or (self.reason(each),),
                done=is_done(self.presenter, each.play),
            ) for each in self._advice.later
        ]  # fmt: skip
        after = {each.play: each.after for each in self._advice.later}
        return _in_turn(sorted(found, key=lambda each: each.done), after)

    def held_back(self) -> Iterator[Waiting]:
        """Yield what does not suit the team now."""
        for each in self._advice.held_back:
            instead = (each.instead, self.title(each.instead)) if each.instead else None
            yield Waiting(each.play, self.title(each.play), self.presenter.reasons.held_back(each.play), instead)

    def also_found(self) -> Iterator[tuple[str, str]]:
        """Yield the id and name of each finding that no play to start with is for."""
        treated = {finding for each in self._advice.start_here for finding in each.treats}
        for finding in self._advice.findings:
            if finding.id not in treated:
                yield finding.id, self.presenter.reasons.title(finding.id)

    def all_plays(self) -> list[tuple[str, str]]:
        """Give the id and title of every play, by title."""
        return sorted(((each, self.title(each)) for each in self.presenter.library.plays), key=lambda each: each[1])

    def title(self, play: str) -> str:
        """Give a play's title."""
        return self._play(play).file.title.get(self.presenter.language)

    def reason(self, recommendation: Recommendation) -> str:
        """Give why a play is suggested in one sentence: the gravest finding that it is for, with the team's figures."""
        findings = self.presenter.library.findings
        treated = [findings[each] for each in recommendation.treats]
        if recommendation.lever or not treated:
            return f"{self.presenter.why(recommendation, most=1)[0]}."
        # The first of equally grave ones is in most need; what was seen is told before what may be its cause.
        gravest = min(treated, key=lambda each: (-SEVERITIES.index(each.severity), each.kind == "possible-cause"))
        return told(self.presenter, gravest.id)

    def priority_of(self, play: str) -> tuple[str, str]:
        """Give a play's priority and what it is made of; empty where it is not recommended."""
        found = next((each for each in self._advice.recommendations if each.play == play), None)
        if found is None:
            return "", ""
        language, terms = self.presenter.language, found.terms
        made_of = (
            f"{word(f'term-{name}', language)} {self._hundredths(getattr(terms, name))}" for name in terms.__slots__
        )
        return self._hundredths(found.priority), " · ".join(made_of)

    def _hundredths(self, thousandths: int) -> str:
        value = (Decimal(thousandths) / THOUSAND).quantize(Decimal("0.01"))
        return number(value, self.presenter.language)

    def _card(self, recommended: Recommendation) -> Card:
        play = recommended.play
        return Card(
            play, self.title(play), self.reason(recommended), self.document.facts(recommended),
            self.presenter.texts.first_step(self._play(play)), tuple(chain(self.presenter, recommended)),
            is_done(self.presenter, play),
        )  # fmt: skip

    def _play(self, play: str) -> Play:
        return self.presenter.library.plays[play]


def _in_turn(waiting: list[Waiting], after: Mapping[str, Sequence[str]]) -> list[Waiting]:
    """Give plays in the same order, but for those that others wait for, which come before them."""
    there = {each.id: each for each in waiting}
    found: dict[str, Waiting] = {}

    def add(id_: str, waits: frozenset[str] = frozenset()) -> None:
        for first in after.get(id_, ()):
            if first in there and first not in waits:
                add(first, waits | {id_})
        found.setdefault(id_, there[id_])

    for each in waiting:
        add(each.id)
    return list(found.values())
