"""Chains of reasons: from the team's measures over findings and rules to a play."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from engine.advising.data import Presenter
from engine.advising.reasons import Step
from engine.advising.recommendations import Recommendation
from web.translations import _


@dataclass(frozen=True, slots=True)
class Link:
    """One link of a chain of reasons.

    Args:
        kind: what it is.
        text: in words.
        rule: the id of a rule, by which its coach finds it; empty for others.
    """

    kind: Literal["measure", "finding", "rule", "play"]
    text: str
    rule: str = ""


def chain(presenter: Presenter, recommendation: Recommendation) -> Iterator[Link]:
    """Yield the whole way from the measures to a play: measures, findings, rule, play."""
    if recommendation.lever:
        yield Link("finding", presenter.why(recommendation)[0])
    for rule in recommendation.rules:
        yield from dict.fromkeys(_links(presenter.reasons.chain(rule)))
        yield Link("rule", _("A rule suggests this play for it"), rule)
    yield Link("play", presenter.library.plays[recommendation.play].file.title.get(presenter.language))


def _links(steps: tuple[Step, ...]) -> Iterator[Link]:
    """Yield the steps with what a finding rests on before the finding."""
    for step in steps:
        yield from _links(step.below)
        yield Link("finding" if step.finding else "measure", step.text)
