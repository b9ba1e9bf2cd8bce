"""One person's view: what the quick check's answers suggest, with nobody else looking."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from engine.advising.data import Presenter
from engine.advising.figures import Figures
from engine.content.questionnaire import Questionnaire
from engine.measuring.answers import UNANSWERED, GroupAnswers, Round
from engine.measuring.gate import Gate
from web.answering.screens import ratings, row
from web.content import adviser
from web.markdown import to_html
from web.results.reading import Card, Reading

INSIDE_A_CARD: Final = 2
"""So many levels the headings of a play's text stand below those on its own page."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A play to start with.

    Args:
        card: its parts in short, with its reasons.
        text: how it is done, whole.
    """

    card: Card
    text: Markup


@dataclass(frozen=True, slots=True)
class OneView:
    """What one person's answers suggest.

    Args:
        rated: whether anything was rated.
        strength: a strength to keep, in a sentence; empty where none stands out.
        suggestions: what to start with, at most three; none where nothing was rated.
        reading: the advice, for its words.
    """

    rated: bool
    strength: str
    suggestions: tuple[Suggestion, ...]
    reading: Reading


def view_of(questionnaire: Questionnaire, answers: Mapping[str, str], language: str) -> OneView:
    """Give what a person's own answers suggest; nothing of them is kept.

    Args:
        questionnaire: the quick check.
        answers: as the form held them.
        language: of the words.
    """
    asked = frozenset(str(each.id) for each in questionnaire.all_questions)
    own = GroupAnswers(questionnaire, (row(answers, questionnaire, UNANSWERED),), asked)
    advice = adviser().advise(Round("", "", {"members": own}), gate=Gate(self_check=True))
    reading = Reading(Presenter(advice, Figures(adviser().library, advice.profile, language)))
    rated = bool(ratings(answers))
    return OneView(rated, reading.strength, tuple(_suggestions(reading)) if rated else (), reading)


def _suggestions(reading: Reading) -> Iterator[Suggestion]:
    for each in reading.cards:
        yield Suggestion(each, to_html(reading.document.play_text(each.id), INSIDE_A_CARD))
