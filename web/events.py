"""The audit log: who did what to accounts, rounds and content. It never holds an answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from flask_login import current_user
from sqlalchemy import select

from web.database.connection import db
from web.database.models import Event

SHOWN: Final = 200


def record(what: str, subject: str = "") -> None:
    """Add an event to the present transaction.

    Args:
        what: a short word, such as ``round-closed``.
        subject: what it was done to, such as a team's name.
    """
    account = getattr(current_user, "account", None)
    who = account.email if account else "-"
    db.session.add(Event(account_id=account.id if account else None, who=who, what=what, subject=subject))


def latest() -> Sequence[Event]:
    """Give the last events, newest first."""
    return db.session.scalars(select(Event).order_by(Event.id.desc()).limit(SHOWN)).all()
