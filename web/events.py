"""The audit log: who did what to accounts, rounds and content. It never holds an answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from flask_login import current_user
from sqlalchemy import ColumnElement, UnaryExpression, select
from sqlalchemy.orm import joinedload

from web.database.connection import db
from web.database.models import HIGHEST_ID, Event, Team

NOBODY: Final = "-"
"""Stands in the log for the server itself, for nobody signed in, and for whoever, or whatever, was erased."""
SHOWN: Final = 200
"""So many events are on a page."""
NO_LONGER: Final = "language-chosen"
"""Recorded by earlier versions; it told nothing that matters, and filled the log."""
KEPT: Final = Event.what != NO_LONGER


def record(what: str, subject: object = "", team: Team | None = None) -> None:
    """Add an event to the present transaction.

    Args:
        what: a short word, such as ``round-closed``.
        subject: what it was done to, such as a round's number; not a team's name.
        team: whose it is, kept without its name.
    """
    account = getattr(current_user, "account", None)
    who = account.email if account else NOBODY
    db.session.add(
        Event(account_id=account.id if account else None, who=who, what=what, team=team, subject=str(subject))
    )


class Page(NamedTuple):
    """Some of the events, the newest first.

    Args:
        events: what was done.
        older: before which event there are more; None where there are none.
        newer: after which event there are more; None where there are none.
    """

    events: Sequence[Event]
    older: int | None
    newer: int | None


def page_of(before: int | None = None, after: int | None = None) -> Page:
    """Give the last events, or those next to one, without those of a kind that is recorded no longer.

    Args:
        before: the event that is the next newer one; None for the newest of all.
        after: the event that is the next older one, where ``before`` is not given.
    """
    if before is None and after is not None:
        found = _events(Event.id > _possible(after), Event.id.asc())[::-1]
    else:
        found = _events(Event.id < _possible(HIGHEST_ID if before is None else before), Event.id.desc())
    if not found:
        return Page((), None, None)
    first, last = found[0].id, found[-1].id
    return Page(found, last if _is_any(Event.id < last) else None, first if _is_any(Event.id > first) else None)


def _events(which: ColumnElement[bool], order: UnaryExpression[int]) -> Sequence[Event]:
    named = select(Event).where(KEPT, which).options(joinedload(Event.team, innerjoin=False))
    return db.session.scalars(named.order_by(order).limit(SHOWN)).all()


def _is_any(which: ColumnElement[bool]) -> bool:
    return bool(db.session.scalar(select(select(Event.id).where(KEPT, which).exists())))


def _possible(id_: int) -> int:
    """Give an id with which a database can compare."""
    return min(max(id_, 0), HIGHEST_ID)
