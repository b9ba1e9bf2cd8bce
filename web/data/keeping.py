"""How long answers are kept: those of rounds that closed long ago are deleted, and the rounds stay without them."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import delete, exists, select

from web.database.connection import db, writing
from web.database.models import GroupSheets, Round
from web.database.traces import leave_no_trace
from web.events import record
from web.settings import Settings


def forget_old(now: datetime) -> int:
    """Delete the answers of rounds that closed longer ago than ``retention_days``; numbers and dates stay.

    Args:
        now: the present moment.

    Returns:
        Of how many rounds the answers were deleted.
    """
    settings: Settings = current_app.config["PELIKIRJA"]
    last = now - timedelta(days=settings.retention_days)
    has_answers = exists().where(GroupSheets.round_id == Round.id)
    with writing():
        old = db.session.scalars(select(Round).where(Round.closed < last, has_answers)).all()
        db.session.execute(delete(GroupSheets).where(GroupSheets.round_id.in_([each.id for each in old])))
        for each in old:
            record("answers-forgotten", each.number, each.team)
        db.session.commit()
    if old:
        leave_no_trace("group_sheets")
    return len(old)
