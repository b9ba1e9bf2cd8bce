"""Days as the organisation lives them: they begin and end in its time zone, and dates are shown in it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from flask import current_app

from web.database.models import now
from web.settings import Settings


def today() -> date:
    """Give the present day."""
    return day_of(now())


def day_of(moment: datetime) -> date:
    """Give the day on which a moment falls."""
    return local(moment).date()


def local(moment: datetime) -> datetime:
    """Give a moment by the organisation's clocks."""
    return moment.astimezone(_zone())


def end_of(last: date) -> datetime:
    """Give the last moment of a day, in UTC."""
    return datetime.combine(last, time(23, 59, 59), _zone()).astimezone(UTC)


def _zone() -> ZoneInfo:
    settings: Settings = current_app.config["PELIKIRJA"]
    return ZoneInfo(settings.time_zone)
