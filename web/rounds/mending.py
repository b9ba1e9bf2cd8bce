"""A round that was started wrongly: its last day is moved, or it is taken away while nobody has answered."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, CursorResult, Delete, Update, delete, update

from web.database.connection import db
from web.database.models import Round, now
from web.database.traces import leave_no_trace
from web.days import end_of
from web.events import record
from web.rounds.sheets import TRACED


def move(made: Round, last_day: date) -> bool:
    """Let a round be open until the end of another day.

    Args:
        made: an open round.
        last_day: in the organisation's time zone.

    Returns:
        Whether that is another day than before, and the round had not closed meanwhile.
    """
    closes = end_of(last_day)
    other_day = update(Round).where(*_open(made), Round.closes != closes).values(closes=closes)
    return _done(other_day, "round-moved", made)


def take_away(made: Round) -> bool:
    """Delete a round that nobody has answered, with its links and the names on them.

    Sending begins by counting its answer in the round's row, so the database lets the two happen only one after the
    other: an answer is counted and the round stays, or the round is gone and the answer is refused.

    Args:
        made: an open round.

    Returns:
        Whether it is gone; it stays where somebody has answered, or it has closed, meanwhile.
    """
    done = _done(delete(Round).where(*_open(made), Round.received == 0), "round-deleted", made)
    if done:
        leave_no_trace(*TRACED)
    return done


def _open(made: Round) -> tuple[ColumnElement[bool], ...]:
    return Round.id == made.id, Round.state == "open", Round.closes > now()


def _done(statement: Update | Delete, deed: str, made: Round) -> bool:
    """Do it and record it; tell whether it was still possible."""
    number, team = made.number, made.team
    result = db.session.execute(statement.execution_options(synchronize_session=False))
    assert isinstance(result, CursorResult)
    if not result.rowcount:
        db.session.rollback()
        return False
    record(deed, number, team)
    db.session.commit()
    return True
