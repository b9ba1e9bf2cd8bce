"""The audit log: who did what to accounts, rounds and content. It never holds an answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from web.database.connection import db
from web.database.models import Event, Team

SHOWN: Final = 200
NO_LONGER: Final = "language-chosen"
"""Recorded by earlier versions; it told nothing that matters, and filled the log."""


def record(what: str, subject: object = "", team: Team | None = None) -> None:
    """Add an event to the present transaction.

    Args:
        what: a short word, such as ``round-closed``.
        subject: what it was done to, such as a round's number; not a team's name.
        team: whose it is, kept without its name.
    """
    account = getattr(current_user, "account", None)
    who = account.email if account else "-"
    db.session.add(
        Event(account_id=account.id if account else None, who=who, what=what, team=team, subject=str(subject))
    )


def latest() -> Sequence[Event]:
    """Give the last events, newest first, without those of a kind that is recorded no longer."""
    named = select(Event).where(Event.what != NO_LONGER).options(joinedload(Event.team, innerjoin=False))
    return db.session.scalars(named.order_by(Event.id.desc()).limit(SHOWN)).all()
