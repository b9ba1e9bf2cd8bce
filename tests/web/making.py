"""Makes teams, rounds and answers for the tests, without pages; inside an application's context."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from engine.content.questionnaire import written
from tests.small import shipped
from web.database.connection import db
from web.database.models import Account, Round, RoundLink, Team, now
from web.rounds import sheets

REVIEW: Final = "appreciative-review"
VOICE: Final = "customer-voice"
GROUPS: Final[dict[str, dict[str, Any]]] = {
    "members": {"questionnaire": REVIEW, "invited": 8},
    "manager": {"questionnaire": REVIEW, "invited": 1},
    "customers": {"questionnaire": VOICE, "invited": None},
}
FACTS: Final = {"size": 8, "work-mode": "hybrid", "rounds": 0}


def day_after(days: int) -> str:
    """Give the day so many days from now as a form takes it, where the organisation of the tests is."""
    return (datetime.now(ZoneInfo("Europe/Helsinki")).date() + timedelta(days=days)).isoformat()


def make_team(email: str, name: str = "Nokka") -> int:
    """Make a team for the manager who has an address, and give its id."""
    manager = db.session.scalars(select(Account).where(Account.email == email)).one()
    team = Team(manager_id=manager.id, name=name, size=8, work_mode="hybrid", together_since="2024-03")
    db.session.add(team)
    db.session.commit()
    return team.id


def open_round(team_id: int, names: Sequence[str] = ()) -> int:
    """Open a round for all groups and give its id.

    Args:
        team_id: whose.
        names: of members who get personal links; without them the members have one open link.
    """
    number = 1 + (db.session.scalar(select(func.max(Round.number)).where(Round.team_id == team_id)) or 0)
    asked = {group: written(shipped().questionnaires[each["questionnaire"]]) for group, each in GROUPS.items()}
    made = Round(team_id=team_id, number=number, groups=GROUPS, asked=asked, closes=now() + timedelta(days=7))
    db.session.add(made)
    db.session.flush()
    for group in GROUPS:
        for name in names if group == "members" and names else [""]:
            db.session.add(RoundLink(round_id=made.id, group=group, token=secrets.token_urlsafe(24), name=name))
    db.session.commit()
    return made.id


def link_to(round_id: int, group: str, name: str = "") -> RoundLink:
    """Give the link by which a group, or one of its people, answers."""
    wanted = select(RoundLink).where(RoundLink.round_id == round_id, RoundLink.group == group, RoundLink.name == name)
    return db.session.scalars(wanted).one()


def sheet(group: str, rating: int, **others: int) -> dict[str, int]:
    """Give a sheet with one rating for every question of a group, but for some dimensions.

    Args:
        group: whose questionnaire.
        rating: for every question, within its scale.
        others: by dimension, with ``_`` for ``-``, another rating.
    """
    asked = shipped().questionnaires[GROUPS[group]["questionnaire"]]
    answers = {str(each.id): rating for each in asked.all_questions}
    for dimension in asked.dimensions:
        other = others.get(str(dimension.id).replace("-", "_"))
        answers.update({str(each.id): other for each in dimension.questions} if other else {})
    return answers


def answer(round_id: int, group: str, *given: Mapping[str, int]) -> None:
    """Let people of a group answer by its open link, in this order."""
    for each in given:
        assert sheets.send(link_to(round_id, group), secrets.token_urlsafe(16), each) == "taken"


def answered_round(team_id: int, members: Sequence[int] = (2, 2, 3, 3, 4, 4, 2)) -> int:
    """Make a closed round in which each member gave one rating throughout, and give its id."""
    made = open_round(team_id)
    answer(made, "members", *(sheet("members", each) for each in members))
    answer(made, "manager", sheet("manager", 5))
    assert sheets.close(made, FACTS)
    return made
