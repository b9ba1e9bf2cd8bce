"""Erases a team, or a person with the teams that are theirs, for good and in one step."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import delete, func, select, update

from web.database.connection import db
from web.database.models import Account, Event, Team
from web.database.traces import leave_no_trace
from web.events import NOBODY, record

TABLES: Final = (
    "sheet", "group_sheets", "round_link", "round", "team", "account_link", "account_session", "account", "event",
)  # fmt: skip


def teams_of(account: Account) -> Sequence[Team]:
    """Give the teams that a person manages, by name."""
    return db.session.scalars(select(Team).where(Team.manager_id == account.id).order_by(Team.name, Team.id)).all()


def erase_team(team: Team) -> None:
    """Erase a team with its rounds, links and answers; the log keeps what was done, which never had its name."""
    db.session.execute(delete(Team).where(Team.id == team.id))
    record("team-erased")
    db.session.commit()
    leave_no_trace(*TABLES)


def erase_account(account: Account) -> bool:
    """Erase an account and its teams; the log keeps what was done, without name and address.

    Returns:
        Whether it was erased; the only admin is not, because nobody could invite another.
    """
    if account.role == "admin" and not _another_admin(account):
        return False
    record("account-erased")
    _take_out_of_log(account)
    db.session.execute(delete(Account).where(Account.id == account.id))
    db.session.commit()
    leave_no_trace(*TABLES)
    return True


def _another_admin(account: Account) -> bool:
    others = select(func.count()).where(Account.role == "admin", Account.active, Account.id != account.id)
    return bool(db.session.scalar(others))


def _take_out_of_log(account: Account) -> None:
    db.session.flush()
    mine = update(Event).where(Event.account_id == account.id)
    if account.role == "manager":  # all that a manager does is done to teams that go too
        db.session.execute(mine.values(subject=NOBODY))
    db.session.execute(mine.values(who=NOBODY, account_id=None))
    db.session.execute(update(Event).where(Event.subject == account.email).values(subject=NOBODY))
