"""Where somebody is in a questionnaire: the step of the form, and the page that shows it."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from flask import render_template

from engine.content.questionnaire import Questionnaire
from web.answering.screens import Screen, given, how_many, missing, ratings, screens_of
from web.content import minutes
from web.translations import LANGUAGES, language, use_language

KEY: Final = re.compile(r"[A-Za-z0-9_-]{20,64}")
DIGITS: Final = re.compile(r"[0-9]{1,3}")


@dataclass(frozen=True, slots=True)
class Occasion:
    """What people answer for; the same screens serve a team's round and one's own quick check.

    Args:
        action: where the form goes.
        heading: what the whole is called.
        promise: who sees the answers, in a sentence.
        stays: whether the device keeps the answers until they are sent; otherwise until the tab is closed.
        once: whether it takes one answer only, by a link of somebody's own.
    """

    action: str
    heading: str
    promise: str
    stays: bool
    once: bool = False


@dataclass(frozen=True)
class Asking:
    """One person's way through a questionnaire; everything it knows travels in the form.

    Args:
        questionnaire: what is asked.
        language: in which language.
        key: the random word that marks this person's sheet.
        answers: what has been answered so far, by question id.
        step: 0 before the first screen, then the number of a screen, then one more to look it over.
        sending: whether it is to be sent now.
    """

    questionnaire: Questionnaire
    language: str
    key: str
    answers: Mapping[str, str]
    step: int
    sending: bool

    @cached_property
    def screens(self) -> tuple[Screen, ...]:
        """Give its questions as they are shown."""
        return screens_of(self.questionnaire, self.language)

    @property
    def rated(self) -> dict[str, int]:
        """Give the ratings; nobody is counted by “can't say” alone."""
        return ratings(self.answers)

    @property
    def carried(self) -> dict[str, str]:
        """Give the answers to questions that the present page does not ask."""
        place = self.step - 1
        asked = {each.id for each in self.screens[place].questions} if 0 <= place < len(self.screens) else set()
        return {id_: value for id_, value in self.answers.items() if id_ not in asked}

    @property
    def missing(self) -> tuple[int, ...]:
        """Give the numbers of the screens on which something was passed over."""
        return missing(self.answers, self.screens)

    @property
    def after(self) -> str:
        """Give where the button leads on: to the next screen, or to the end where nothing else is missing."""
        middle = self.step < len(self.screens)
        return str(len(self.screens) + 1) if middle and not {*self.missing} - {self.step} else "next"

    def page(self, occasion: Occasion) -> str:
        """Give the page for the present step."""
        last = len(self.screens)
        name = "begin" if not self.step else "screen" if self.step <= last else "look_over"
        length = len(self.questionnaire.all_questions)
        return render_template(
            f"answering/{name}.html", asking=self, occasion=occasion, length=length, minutes=minutes(length)
        )


def speak(form: Mapping[str, str]) -> str:
    """Use the language that the form chooses or carries, for this page alone; nothing remembers it.

    Returns:
        The language of the page.
    """
    chosen = next((each for each in (form.get("go"), form.get("language")) if each in LANGUAGES), None)
    if chosen:
        use_language(chosen)
    return language()


def asking_of(form: Mapping[str, str], questionnaire: Questionnaire, language: str) -> Asking:
    """Give where somebody is, from the form that their browser sent; an empty one is the beginning.

    Args:
        form: what the browser sent, trusted in nothing.
        questionnaire: what is asked.
        language: in which language.
    """
    key = form.get("key", "")
    last = how_many(questionnaire) + 1
    return Asking(
        questionnaire=questionnaire,
        language=language,
        key=key if KEY.fullmatch(key) else secrets.token_urlsafe(24),
        answers=given(form, questionnaire),
        step=min(max(_step(form), 0), last),
        sending=form.get("go") == "send" and _number(form.get("step", "")) == last,
    )


def _step(form: Mapping[str, str]) -> int:
    """Give the step to show: the one the person asked for."""
    go, at = form.get("go", ""), _number(form.get("step", "")) or 0
    wanted = _number(go)
    return {"next": at + 1, "back": at - 1}.get(go, at) if wanted is None else wanted


def _number(text: str) -> int | None:
    return int(text) if DIGITS.fullmatch(text) else None
