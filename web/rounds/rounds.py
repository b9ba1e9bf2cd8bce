"""Rounds: started, followed without seeing who answered, and closed when their time is over."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from flask import abort
from sqlalchemy import select

from engine.content.measures import GROUPS, Group
from engine.content.questionnaire import Questionnaire
from engine.measuring.gate import Gate
from web.accounts.signing_in import me
from web.content import library
from web.database.connection import db
from web.database.models import HIGHEST_ID, Account, Round, RoundLink, Team, now
from web.events import record
from web.rounds import sheets
from web.rounds.choices import Plan
from web.teams.teams import facts_of


@dataclass(frozen=True, slots=True)
class Standing:
    """How far one group of an open round is; a number of answers and nothing else.

    Args:
        group: which.
        questionnaire: what it is asked; None where the content no longer has it.
        answered: how many answers have come.
        invited: how many were invited; None where nobody counted.
        needed: how many answers it needs before anything of them is shown.
    """

    group: Group
    questionnaire: Questionnaire | None
    answered: int
    invited: int | None
    needed: int

    @property
    def enough(self) -> bool:
        """Tell whether something will be shown."""
        return self.answered >= self.needed

    @property
    def too_many(self) -> bool:
        """Tell whether more have answered than were invited, so that somebody may have answered twice."""
        return bool(self.invited and self.answered > self.invited)

    @property
    def missing(self) -> int:
        """Give how many answers are missing before something will be shown."""
        return max(self.needed - self.answered, 0)

    @property
    def too_few_invited(self) -> bool:
        """Tell whether nothing will be shown even if everybody answers."""
        return self.invited is not None and self.invited < self.needed


def start(team: Team, plan: Plan) -> Round | None:
    """Start a round and make its links: one for each group, and the manager's own.

    Args:
        team: whose.
        plan: what it will be.

    Returns:
        The round, kept; None where the team has an open one.
    """
    db.session.execute(select(Team.id).where(Team.id == team.id).with_for_update())
    numbers = db.session.execute(select(Round.number, Round.state).where(Round.team_id == team.id)).all()
    if any(state == "open" for _, state in numbers):
        db.session.rollback()
        return None
    number = max((each for each, _ in numbers), default=0) + 1
    made = Round(team=team, number=number, groups=plan.groups(), asked=plan.asked(), closes=plan.closes)
    db.session.add(made)
    db.session.flush()
    name = db.session.get_one(Account, team.manager_id).name
    db.session.add_all(new_link(made.id, group, name if group == "manager" else "") for group in made.groups)
    record("round-started", number, team)
    db.session.commit()
    return made


def my_round(id_: int) -> Round:
    """Give a round of one of the signed-in manager's teams; others are not found."""
    query = select(Round).join(Team).where(Round.id == id_, Team.manager_id == me().account.id)
    made = db.session.scalar(query) if id_ <= HIGHEST_ID else None
    if made is None:
        abort(404)
    return made


def close_if_due(made: Round) -> bool:
    """Close a round whose time is over; tell whether it is closed."""
    if made.is_open and made.closes <= now():
        close_now(made)
    return not made.is_open


def close_now(made: Round) -> None:
    """Close a round with what is known of its team today; nothing happens where it is closed."""
    sheets.close(made.id, sheets.written(facts_of(made.team, made.number)))


def standings(made: Round) -> list[Standing]:
    """Give how many have answered an open round, group by group."""
    counts = sheets.counts(made.id)
    return [_standing(made, group, counts.get(group, 0)) for group in GROUPS if group in made.groups]


def _standing(made: Round, group: Group, answered: int) -> Standing:
    asked = made.groups[group]
    gate = Gate(minimum=made.minimum)
    needed = 1 if group == "manager" else gate.minimum_of(group, answered)
    return Standing(
        group, library().questionnaires.get(asked["questionnaire"]), answered, asked.get("invited"), needed
    )  # fmt: skip


def links(made: Round) -> Sequence[RoundLink]:
    """Give an open round's links, personal ones by name; a closed one has none."""
    query = select(RoundLink).where(RoundLink.round_id == made.id)
    return db.session.scalars(query.order_by(RoundLink.name, RoundLink.id)).all()


def new_link(round_id: int, group: str, name: str = "") -> RoundLink:
    """Give a new link, for one person where it has a name."""
    return RoundLink(round_id=round_id, group=group, token=secrets.token_urlsafe(24), name=name)
