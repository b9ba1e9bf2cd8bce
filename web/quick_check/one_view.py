"""One person's view: what the quick check's answers suggest, with nobody else looking."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from engine.advising.data import Presenter
from engine.advising.document import Card, Document
from engine.advising.figures import Figures
from engine.content.questionnaire import Questionnaire
from engine.measuring.answers import UNANSWERED, GroupAnswers, Round
from engine.measuring.gate import Gate
from web.answering.screens import row
from web.content import adviser
from web.markdown import to_html


@dataclass(frozen=True, slots=True)
class OneView:
    """What one person's answers suggest.

    Args:
        keep: a strength to keep, or an honest word that there is none.
        cards: what to start with, each with its whole text.
        document: the rest of the advice.
    """

    keep: str
    cards: tuple[tuple[Card, Markup], ...]
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
    document = Document(presenter, few=1)
    cards = tuple((card, to_html(document.play_text(card.id))) for card in document.cards())
    return OneView(document.keep or "", cards, document)
