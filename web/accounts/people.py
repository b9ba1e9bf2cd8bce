"""What an admin sets right about somebody: their name and address, and whose their teams are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import select, update

from web.accounts.accounts import plain
from web.database.connection import db
from web.database.models import Account, Event, Team
from web.events import record


def teams_of(account: Account) -> Sequence[Team]:
    """Give the teams that a person manages, by name."""
    return db.session.scalars(select(Team).where(Team.manager_id == account.id).order_by(Team.name, Team.id)).all()


def other_managers(account: Account) -> Sequence[Account]:
    """Give the managers, by name, to whom a person's teams can be handed over."""
    others = select(Account).where(Account.role == "manager", Account.active, Account.id != account.id)
    return db.session.scalars(others.order_by(Account.name, Account.id)).all()


def correct(account: Account, name: str, email: str) -> bool:
    """Call somebody by another name or address, in the log too, so that no earlier address stays anywhere.

    Returns:
        Whether it was kept; an address that somebody else has is not.
    """
    before, after = account.email, plain(email)
    if db.session.scalar(select(Account.id).where(Account.email == after, Account.id != account.id)):
        return False
    account.name, account.email = name, after
    db.session.execute(update(Event).where(Event.account_id == account.id).values(who=after))
    db.session.execute(update(Event).where(Event.subject == before).values(subject=after))
    record("account-corrected", after)
    return True


def hand_over(teams: Iterable[Team], to: Account) -> None:
    """Give teams to another manager, who alone reads their results from then on."""
    for each in teams:
        each.manager_id = to.id
        record("team-handed-over", to.email, each)
