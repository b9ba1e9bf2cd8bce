"""One person's view: what the quick check's answers suggest, with nobody else looking."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from engine.advising.data import Presenter
from engine.advising.document import Card, Document
from engine.advising.figures import Figures
from engine.content.questionnaire import Questionnaire
from engine.measuring.answers import UNANSWERED, GroupAnswers, Round
from engine.measuring.gate import Gate
from web.answering.screens import ratings, row
from web.content import adviser
from web.markdown import to_html

INSIDE_A_CARD: Final = 2
"""So many levels the headings of a play's text stand below those on its own page."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A play to start with.

    Args:
        card: its parts in short, with one reason.
        reasons: everything that speaks for it.
        text: how it is done, whole.
    """

    card: Card
    reasons: tuple[str, ...]
    text: Markup


@dataclass(frozen=True, slots=True)
class OneView:
    """What one person's answers suggest.

    Args:
        keep: a strength to keep, or an honest word that there is none; empty where nothing was rated.
        strong: whether it is a strength.
        suggestions: what to start with, at most three.
        document: the advice, for its words.
    """

    keep: str
    strong: bool
    suggestions: tuple[Suggestion, ...]
    document: Document


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
    presenter = Presenter(advice, Figures(adviser().library, advice.profile, language))
    whole, short = Document(presenter), Document(presenter, few=1)
    suggestions = tuple(_suggestions(short, whole)) if ratings(answers) else ()
    return OneView(whole.keep or "", bool(advice.strengths), suggestions, short)


def _suggestions(in_short: Document, whole: Document) -> Iterator[Suggestion]:
    for short, long in zip(in_short.cards(), whole.cards(), strict=True):
        yield Suggestion(short, long.why, to_html(whole.play_text(short.id), INSIDE_A_CARD))
