"""Days: a round ends with the last day where the organisation is, and dates are those that its people live."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from flask import Flask

from engine.errors import PelikirjaError
from tests.web.conftest import settings_for
from web import days
from web.rounds.choices import Plan
from web.settings import Settings
from web.translations import day


def within(app: Flask, zone: str) -> None:
    """Let an application's days be those of a time zone."""
    app.config["PELIKIRJA"] = replace(app.config["PELIKIRJA"], time_zone=zone)


@pytest.mark.parametrize(
    ("zone", "last", "closes"),
    [("Europe/Helsinki", date(2026, 11, 25), datetime(2026, 11, 25, 21, 59, 59, tzinfo=UTC)),
     ("Europe/Helsinki", date(2026, 7, 1), datetime(2026, 7, 1, 20, 59, 59, tzinfo=UTC)),
     ("Europe/Helsinki", date(2026, 10, 25), datetime(2026, 10, 25, 21, 59, 59, tzinfo=UTC)),
     ("America/New_York", date(2026, 11, 25), datetime(2026, 11, 26, 4, 59, 59, tzinfo=UTC)),
     ("UTC", date(2026, 11, 25), datetime(2026, 11, 25, 23, 59, 59, tzinfo=UTC))],
)  # fmt: skip
def test_a_round_closes_as_its_last_day_ends(app: Flask, zone: str, last: date, closes: datetime) -> None:
    """The last moment is that of the day in the organisation's zone, in summer and winter, and is shown as that day."""
    within(app, zone)
    with app.test_request_context():
        assert Plan("quick-check", 8, True, False, None, last).closes == closes
        assert day(closes) == day(last)


def test_a_new_day_begins_at_local_midnight(app: Flask) -> None:
    """Half past ten in the evening in UTC is the next day in Finland."""
    with app.app_context():
        assert days.day_of(datetime(2026, 11, 25, 22, 30, tzinfo=UTC)) == date(2026, 11, 26)


def test_the_zone_is_a_setting(tmp_path: Path) -> None:
    """It is Finland's unless the operator names another."""
    assert Settings.from_environment(tmp_path, {}).time_zone == settings_for(tmp_path).time_zone == "Europe/Helsinki"
    assert Settings.from_environment(tmp_path, {"PELIKIRJA_TIME_ZONE": "Asia/Tokyo"}).time_zone == "Asia/Tokyo"


@pytest.mark.parametrize("name", ["Helsinki", "Europe", "+02:00", "/etc/passwd", "../UTC", "\0"])
def test_an_unknown_zone_stops_the_start(tmp_path: Path, name: str) -> None:
    """Whoever mistypes it reads which setting it is, what was typed, and what would do."""
    with pytest.raises(PelikirjaError, match=r"PELIKIRJA_TIME_ZONE is the name of a time zone.*Europe/Helsinki"):
        Settings.from_environment(tmp_path, {"PELIKIRJA_TIME_ZONE": name})
