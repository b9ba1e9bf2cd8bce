"""What is to be done when nobody has opened a page: rounds closed in time, old data forgotten, traces taken out."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask
from sqlalchemy import select

from web.accounts import sessions
from web.accounts.accounts import forget_old_links
from web.data.erasing import TABLES
from web.data.keeping import forget_old
from web.database.connection import db
from web.database.models import Round, now
from web.database.traces import leave_no_trace
from web.rounds.rounds import close_if_due


@dataclass(frozen=True, slots=True)
class Done:
    """What was done.

    Args:
        closed: how many rounds were closed.
        forgotten: of how many rounds the answers were deleted.
    """

    closed: int
    forgotten: int


def close_due(app: Flask) -> Done:
    """Close rounds whose time is over, then delete what is kept no longer.

    Args:
        app: with its database up to date; it needs no content.
    """
    with app.app_context():
        due = db.session.scalars(select(Round.id).where(Round.state == "open", Round.closes <= now())).all()
        closed = sum(close_if_due(db.session.get_one(Round, each)) for each in due)
        forgotten = forget_old(now())
        forget_old_links()
        sessions.forget_old()
        db.session.commit()
        finish_deleting()
        return Done(closed, forgotten)


def finish_deleting() -> None:
    """Take out of the database's files what a process that was killed had deleted but not yet taken out."""
    db.session.rollback()
    leave_no_trace(*TABLES)
