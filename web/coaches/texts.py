"""Plays and agreements as they read before they are filled in for a team."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from engine.advising.figures import Figures
from engine.advising.texts import Clause, Texts
from engine.content.library import Library
from engine.content.playbooks import AgreementTemplate, Play
from engine.measuring.profile import Profile
from web.coaches.sentences import Sentence, Sentences
from web.markdown import to_html


@dataclass(frozen=True, slots=True)
class PlayText:
    """A play in the reader's language, for no team in particular.

    Args:
        text: its whole text.
        first_step: what to do within two days.
        unless: when it is held back, or None.
    """

    text: Markup
    first_step: str
    unless: Sentence | None


def play_text(play: Play, library: Library, language: str) -> PlayText:
    """Give a play's texts; what they would say about a team's own answers is left out."""
    texts = _nobodys(library, language)
    unless = Sentences(library, language).of(play.unless) if play.unless else None
    return PlayText(to_html(texts.play(play)), texts.first_step(play), unless)


def clauses(template: AgreementTemplate, library: Library, language: str) -> tuple[Clause, ...]:
    """Give a template's clauses, each with the first of its choices put in."""
    return _nobodys(library, language).clauses(template)


def _nobodys(library: Library, language: str) -> Texts:
    return Texts(Figures(library, Profile.of({}), language), frozenset())
