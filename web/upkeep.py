"""What is to be done when nobody has opened a page: rounds closed in time, old data forgotten, traces taken out."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import sleep
from typing import Final

from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import SQLAlchemyError

from web.accounts import sessions
from web.accounts.accounts import forget_old_links
from web.content import library
from web.data.erasing import TABLES
from web.data.keeping import forget_old
from web.database.connection import db
from web.database.models import Event, Round, now
from web.database.traces import leave_no_trace
from web.events import record
from web.rounds.rounds import close_if_due

FIRST: Final = 60
"""So many seconds a server that starts has for those who wait for it."""
EVERY: Final = 6 * 60 * 60
TURN: Final = 7_353_449
"""Names the turn among PostgreSQL's advisory locks."""
SHOWN: Final = len("sha256:") + 12
"""So many characters of a release's digest tell it from others."""

_log: Final = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Done:
    """What was done.

    Args:
        closed: how many rounds were closed.
        forgotten: of how many rounds the answers were deleted.
    """

    closed: int
    forgotten: int


def close_due(app: Flask) -> Done | None:
    """Close rounds whose time is over, then delete what is kept no longer; one process at a time.

    Args:
        app: with its database up to date; it needs no content.

    Returns:
        What was done; None where another process is doing it.
    """
    with app.app_context(), _turn() as mine:
        return _close_due() if mine else None


@contextmanager
def _turn() -> Iterator[bool]:
    """Tell whether no other process has the turn, and keep it meanwhile; SQLite has one process and the daily job."""
    if db.engine.dialect.name == "sqlite":
        yield True
        return
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        mine = bool(connection.scalar(text(f"SELECT pg_try_advisory_lock({TURN})")))
        try:
            yield mine
        finally:
            if mine:
                connection.execute(text(f"SELECT pg_advisory_unlock({TURN})"))


def _close_due() -> Done:
    due = db.session.scalars(select(Round.id).where(Round.state == "open", Round.closes <= now())).all()
    closed = sum(close_if_due(db.session.get_one(Round, each)) for each in due)
    forgotten = forget_old(now())
    forget_old_links()
    sessions.forget_old()
    db.session.commit()
    finish_deleting()
    return Done(closed, forgotten)


def keep_up(app: Flask) -> None:
    """Do it a minute after the start and every six hours, while the process lives; a fault waits for the next time.

    Args:
        app: with its database up to date.
    """
    sleep(FIRST)
    while True:
        try:
            close_due(app)
        except SQLAlchemyError:
            _log.exception("what is due could not be done; it is tried again in six hours")
        sleep(EVERY)


def note_release(app: Flask) -> None:
    """Keep in the log which release of the content is in use, where it is another than before.

    Args:
        app: with its content.
    """
    with app.app_context():
        release = library().digest[:SHOWN]
        last = select(Event.subject).where(Event.what == "release-in-use").order_by(Event.id.desc()).limit(1)
        if db.session.scalar(last) != release:
            record("release-in-use", release)
            db.session.commit()


def finish_deleting() -> None:
    """Take out of the database's files what a process that was killed had deleted but not yet taken out."""
    db.session.rollback()
    leave_no_trace(*TABLES)
