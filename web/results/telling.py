"""Findings in sentences of their own, each with the figure that it rests on, as it may be shown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from engine.advising.data import Presenter
from engine.advising.reasons import Step
from engine.advising.wording import word
from engine.content.measures import Measure
from web.results.headline import said, strength_of
from web.results.profile import alike
from web.results.subjects import dimensions_of
from web.translations import _

TOLD: Final = ("score", "question", "gap", "csat", "nps", "favourable", "unfavourable", "trend")
"""The kinds of measures that a sentence of reason tells."""


def told(presenter: Presenter, finding: str) -> str:
    """Give what a finding says of the team, with the first figure behind it, in one sentence."""
    sentence = said(presenter, finding).removesuffix(".")
    split = presenter.library.findings[finding].kind == "split"  # that views differ is in no score
    name, value = ("", "") if split else next(_figures(presenter, finding), ("", ""))
    if not value:
        return f"{sentence}."
    return f"{sentence} ({value if name.casefold() in sentence.casefold() else f'{name}: {value}'})."


def strength(presenter: Presenter) -> str:
    """Give the strength to keep in a sentence, and whether people see it alike; empty where none stands out."""
    best = strength_of(presenter)
    if best is None:
        return ""
    title = presenter.reasons.title(best.id)
    about = dimensions_of(presenter.library, best.id)
    name, value = next(_figures(presenter, best.id), ("", ""))
    if len(about) != 1 or not value:
        return f"{title}."  # no figure of one dimension says what several do
    sentence = f"{name}, {value}" if title.endswith(name) else f"{title} ({value})"
    seen = alike(presenter, about[0])
    return f"{sentence}, {word(seen, presenter.language)}." if seen == "alike" else f"{sentence}."


def _figures(presenter: Presenter, finding: str) -> Iterator[tuple[str, str]]:
    """Yield names and values of the measures behind a finding, as they may be shown."""
    for measure in dict.fromkeys(_measures(presenter.reasons.chain(finding))):
        value = presenter.figures.value(measure) if measure.kind in TOLD else None
        if value:
            scaled = _("%(value)s on a scale from −100 to 100") % {"value": value} if measure.kind == "nps" else value
            yield presenter.figures.name(measure), scaled


def _measures(steps: tuple[Step, ...]) -> Iterator[Measure]:
    for step in steps:
        yield from _measures(step.below)
        if step.measure is not None:
            yield step.measure
