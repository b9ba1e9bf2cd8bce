"""Findings in sentences of their own, each with the figure that it rests on, as it may be shown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from engine.advising.data import Presenter
from engine.advising.wording import word
from web.results.headline import said, strength_of
from web.results.profile import alike
from web.results.subjects import dimensions_of
from web.translations import _

TOLD: Final = ("score", "question", "gap", "csat", "nps", "favourable", "unfavourable", "trend")
"""The kinds of measures that a sentence of reason tells."""


def told(presenter: Presenter, finding: str) -> str:
    """Give what a finding says of the team, with the first figure behind it, in one sentence."""
    sentence = said(presenter, finding).removesuffix(".")
    name, value = next(_figures(presenter, finding), ("", "")) if _has_a_figure(presenter, finding) else ("", "")
    if not value:
        return f"{sentence}."
    return f"{sentence} ({value if name.casefold() in sentence.casefold() else f'{name}: {value}'})."


def strength(presenter: Presenter) -> str:
    """Give the strength to keep in a sentence, and whether people see it alike; empty where none stands out."""
    best = strength_of(presenter)
    if best is None:
        return ""
    title = presenter.reasons.title(best.id)
    name, value = next(_figures(presenter, best.id), ("", ""))
    if not value or not _has_a_figure(presenter, best.id):
        return f"{title}."
    sentence = f"{name}, {value}" if title.endswith(name) else f"{title} ({value})"
    about = dimensions_of(presenter.library, best.id)
    seen = alike(presenter, about[0]) if about else ""
    return f"{sentence}, {word(seen, presenter.language)}." if seen == "alike" else f"{sentence}."


def _has_a_figure(presenter: Presenter, finding: str) -> bool:
    """Tell whether one figure says what a finding does; it is not so of differing views, or of several dimensions."""
    about = dimensions_of(presenter.library, finding)
    return presenter.library.findings[finding].kind != "split" and len(about) <= 1


def _figures(presenter: Presenter, finding: str) -> Iterator[tuple[str, str]]:
    """Yield names and values of the measures behind a finding, as they may be shown."""
    for measure in presenter.reasons.measures(finding):
        value = presenter.figures.value(measure) if measure.kind in TOLD else None
        if value:
            scaled = _("%(value)s on a scale from −100 to 100") % {"value": value} if measure.kind == "nps" else value
            yield presenter.figures.name(measure), scaled
