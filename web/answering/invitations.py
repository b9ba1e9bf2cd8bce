"""What a link invites to: which round, as which group, with which questions, on which promise."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from flask import url_for
from sqlalchemy import bindparam, select

from engine.content.questionnaire import Questionnaire
from web.answering.asking import Occasion
from web.content import library
from web.database.connection import db, reading
from web.database.models import Round, RoundLink, Team, now
from web.translations import _, language

Refusal = Literal["closed", "gone"]
BY_TOKEN: Final = (
    select(RoundLink, Round, Team.name).join(Round, Round.id == RoundLink.round_id).join(Round.team)
    .where(RoundLink.token == bindparam("token"))
)  # fmt: skip
"""What a link leads to, at once."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """A link to an open round, and what is asked by it."""

    link: RoundLink
    team: str
    questionnaire: Questionnaire
    closes: datetime

    @property
    def occasion(self) -> Occasion:
        """Give what its screens say of it."""
        action = url_for("answering.begin", token=self.link.token)
        promise = _promise(self.link.group, self.questionnaire)
        return Occasion(action, self.team, promise, stays=True, once=self.link.personal)

    @property
    def way_back(self) -> str:
        """Give the page of the round, for the manager who came from there; nobody else may see it."""
        return url_for("rounds.round", id_=self.link.round_id) if self.link.group == "manager" else ""

    @property
    def thanks(self) -> str:
        """Give what is said after sending; empty where the questionnaire has no word for it."""
        return self.questionnaire.thanks.get(language()) if self.questionnaire.thanks else ""


def invitation_for(token: str) -> Invitation | Refusal:
    """Give what a link invites to, or why it does not.

    Whether a personal link has been used is told only to who sends: opening it must not show who has answered.

    Args:
        token: of the link.
    """
    with reading():
        found = db.session.execute(BY_TOKEN, {"token": token}).one_or_none()
    link, made, team = found or (None, None, "")
    if link is None or made is None or not made.is_open or made.closes <= now():
        return "closed"
    asked = library().questionnaires.get(made.groups.get(link.group, {}).get("questionnaire", ""))
    return Invitation(link, team, asked, made.closes) if asked else "gone"


def _promise(group: str, questionnaire: Questionnaire) -> str:
    """Give who sees the answers; what a questionnaire promises its members is not true of one manager's own."""
    if group == "manager":
        return _("Your own answers are shown to nobody but you, beside the team's and never counted in them.")
    if questionnaire.privacy:
        return questionnaire.privacy.get(language())
    return _("Your answers are shown to nobody: results are always made of several people's answers.")
