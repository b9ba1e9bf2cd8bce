"""Why a play or finding is there, or is not: what holds, what is lacking and by how much."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final, Literal

from engine.advising.data import Presenter
from engine.advising.reasons import Step
from engine.advising.recommendations import UNLESS
from engine.content.rules import Rule

NEAREST: Final = 5
"""So many findings that did not come are told of."""

Holds = Literal["holds", "lacks", "unknown"]


@dataclass(frozen=True, slots=True)
class Ground:
    """A rule with why it holds, or what it lacks.

    Args:
        rule: its id.
        title: the finding's name; empty for a rule that recommends.
        holds: whether it does.
        steps: the reasons, or what is lacking.
        why: the coach's reason for the threshold, in English.
    """

    rule: str
    title: str
    holds: Holds
    steps: tuple[Step, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything about one play or finding.

    Args:
        id, title: of the play or finding.
        play: whether it is a play.
        state: ``start-here``, ``later``, ``held-back`` or ``not-recommended`` for a play, what holds for a finding.
        grounds: the rules behind it.
        cautions: what comes first.
        held: why it is held back.
        instead: the id and title of the play in its place, if any.
    """

    id: str
    title: str
    play: bool
    state: str
    grounds: tuple[Ground, ...]
    cautions: tuple[str, ...] = ()
    held: tuple[Step, ...] = ()
    instead: tuple[str, str] | None = None


class Explainer:
    """Explains one team's advice.

    Args:
        presenter: the advice in a language.
    """

    def __init__(self, presenter: Presenter) -> None:
        self._presenter = presenter
        self._library = presenter.library
        self._advice = presenter.advice

    def of(self, id_: str) -> Explanation | None:
        """Give the explanation of a play or a finding, None where there is no such thing."""
        id_ = self._library.replaced.get(id_, id_)
        if id_ in self._library.plays:
            return self._play(id_)
        if id_ in self._library.findings:
            ground = self._ground(self._library.rules[id_])
            return Explanation(id_, ground.title, False, ground.holds, (ground,))
        return None

    def nearest(self) -> Iterator[Ground]:
        """Yield the findings that were nearest to coming, but did not."""
        misses = self._presenter.reasons.nearest(len(self._library.findings))
        near = (each for each in misses if self._library.findings[each.rule].kind != "data")
        for miss in islice(near, NEAREST):
            yield self._ground(self._library.rules[miss.rule])

    def _play(self, play: str) -> Explanation:
        chosen = next((each for each in self._advice.recommendations if each.play == play), None)
        held = next((each for each in self._advice.held_back if each.play == play), None)
        if chosen and chosen.lever:
            return Explanation(play, self._title(play), True, chosen.when, (), self._presenter.why(chosen))
        rules = [each for each in self._library.rules.values() if each.play == play]
        grounds = [self._ground(each) for each in rules]
        if chosen:
            firing = tuple(each for each in grounds if each.rule in chosen.rules)
            cautions = self._presenter.cautions(chosen)
            return Explanation(play, self._title(play), True, chosen.when, firing, cautions)
        if held:
            because = self._presenter.reasons.chain(UNLESS + play)
            instead = (held.instead, self._title(held.instead)) if held.instead else None
            return Explanation(play, self._title(play), True, "held-back", (), (), because, instead)
        return Explanation(play, self._title(play), True, "not-recommended", tuple(grounds))

    def _ground(self, rule: Rule) -> Ground:
        reasons = self._presenter.reasons
        verdict = self._advice.situation.verdict(rule.id)
        steps = reasons.chain(rule.id) if verdict else reasons.lacking(rule.id)
        holds: Holds = "holds" if verdict else "lacks" if verdict is False else "unknown"
        return Ground(rule.id, reasons.title(rule.id) if rule.finding else "", holds, steps, rule.why)

    def _title(self, play: str) -> str:
        return self._library.plays[play].file.title.get(self._presenter.language)
