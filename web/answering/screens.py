"""A questionnaire as screens for a phone, and the answers that travel with them until they are sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine.content.questionnaire import Question, Questionnaire, Scale
from web.translations import _

CANT_SAY = "-"
"""What a form holds for “can't say”; a question that is not answered at all holds nothing."""
LONGEST = 3
"""No answer has more characters."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question on a screen, in one language.

    Args:
        id: its id, which is its field's name too.
        text: the statement.
        options: each answer with its words; the words of the ends alone where the scale has no others.
        ends: the words of the lowest and the highest answer.
        cant_say: the words for that.
    """

    id: str
    text: str
    options: tuple[tuple[int, str], ...]
    ends: tuple[str, str]
    cant_say: str


@dataclass(frozen=True, slots=True)
class Screen:
    """The questions that are shown at once: one dimension, or one question outside all of them."""

    title: str
    questions: tuple[Asked, ...]


def screens_of(questionnaire: Questionnaire, language: str) -> tuple[Screen, ...]:
    """Give a questionnaire's screens in a language."""
    inside = [
        Screen(str(getattr(each, language)), tuple(_asked(one, questionnaire, language) for one in each.questions))
        for each in questionnaire.dimensions
    ]
    outside = [Screen("", (_asked(each, questionnaire, language),)) for each in questionnaire.questions]
    return (*inside, *outside)


def how_many(questionnaire: Questionnaire) -> int:
    """Give how many screens a questionnaire has."""
    return len(questionnaire.dimensions) + len(questionnaire.questions)


def given(form: Mapping[str, str], questionnaire: Questionnaire) -> dict[str, str]:
    """Give what a form holds for the questions of a questionnaire; what cannot be an answer is left out."""
    found = {}
    for question in questionnaire.all_questions:
        value = form.get(str(question.id), "")[:LONGEST]
        if value == CANT_SAY or _fits(value, questionnaire.scale_of(question)):
            found[str(question.id)] = value
    return found


def ratings(answers: Mapping[str, str]) -> dict[str, int]:
    """Give the ratings among what a form held."""
    return {id_: int(value) for id_, value in answers.items() if value != CANT_SAY}


def row(answers: Mapping[str, str], questionnaire: Questionnaire, unanswered: int) -> bytes:
    """Give the answers as a row for measuring."""
    rated = ratings(answers)
    return bytes(rated.get(str(each.id), unanswered) for each in questionnaire.all_questions)


def missing(answers: Mapping[str, str], screens: Sequence[Screen]) -> tuple[int, ...]:
    """Give the numbers, from 1, of the screens on which something was passed over."""
    return tuple(
        number for number, screen in enumerate(screens, 1) if any(each.id not in answers for each in screen.questions)
    )


def _asked(question: Question, questionnaire: Questionnaire, language: str) -> Asked:
    scale = questionnaire.scale_of(question)
    labels = [str(each) for each in getattr(scale.labels, language)] if scale.labels else ["", ""]
    every = labels if len(labels) == scale.options else [labels[0], *[""] * (scale.options - 2), labels[-1]]
    cant_say = scale.cant_say.get(language) if scale.cant_say else _("Can't say")
    options = tuple(zip(range(scale.from_, scale.to + 1), every, strict=True))
    return Asked(str(question.id), str(getattr(question, language)), options, (labels[0], labels[-1]), cant_say)


def _fits(value: str, scale: Scale) -> bool:
    return value.isdecimal() and value.isascii() and scale.from_ <= int(value) <= scale.to
