"""Where somebody is in a questionnaire: the step of the form, and the page that shows it."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from flask import render_template

from engine.content.questionnaire import Questionnaire
from web.answering.screens import Screen, given, missing, screens_of

KEY: Final = re.compile(r"[A-Za-z0-9_-]{20,64}")


@dataclass(frozen=True, slots=True)
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

    @property
    def screens(self) -> tuple[Screen, ...]:
        """Give the screens."""
        return screens_of(self.questionnaire, self.language)

    def page(self, action: str, heading: str, **more: object) -> str:
        """Give the page for the present step.

        Args:
            action: where its form goes.
            heading: what the whole is called.
            more: what else the first page says.
        """
        screens = self.screens
        place = "begin" if not self.step else "screen" if self.step <= len(screens) else "look_over"
        screen = screens[self.step - 1] if place == "screen" else None
        shown = {each.id for each in screen.questions} if screen else set()
        carried = {id_: value for id_, value in self.answers.items() if id_ not in shown}
        return render_template(
            f"answering/{place}.html", asking=self, screens=screens, screen=screen, carried=carried, action=action,
            heading=heading, missing=missing(self.answers, screens), **more,
        )  # fmt: skip


def asking_of(form: Mapping[str, str], questionnaire: Questionnaire, language: str) -> Asking:
    """Give where somebody is, from the form that their browser sent; an empty one is the beginning.

    Args:
        form: what the browser sent, trusted in nothing.
        questionnaire: what is asked.
        language: in which language.
    """
    key = form.get("key", "")
    last = len(screens_of(questionnaire, language)) + 1
    return Asking(
        questionnaire=questionnaire,
        language=language,
        key=key if KEY.fullmatch(key) else secrets.token_urlsafe(24),
        answers=given(form, questionnaire),
        step=min(max(_step(form), 0), last),
        sending=form.get("go") == "send" and _at(form) == last,
    )


def _at(form: Mapping[str, str]) -> int:
    value = form.get("step", "0")
    return int(value) if value.isdecimal() and len(value) < 4 else 0


def _step(form: Mapping[str, str]) -> int:
    """Give the step to show: the one the person asked for."""
    go, at = form.get("go", ""), _at(form)
    if go.isdecimal() and len(go) < 4:
        return int(go)
    return {"next": at + 1, "back": at - 1}.get(go, at)
