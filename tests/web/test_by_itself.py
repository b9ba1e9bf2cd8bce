"""What a server does by itself: what is due, and keeping in the log which release is in use."""

from __future__ import annotations

import logging
from unittest.mock import patch

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from tests.web.conftest import MakeAccount
from tests.web.making import make_team, open_round
from web import upkeep
from web.database.connection import db
from web.database.models import Event, Round, now


class Stopped(Exception):
    """The end of a process."""


def kept_up(app: Flask, times: int) -> list[float]:
    """Let upkeep go on until it wants to wait so many times; give for how long it would have waited."""
    waited: list[float] = []

    def wait(seconds: float) -> None:
        waited.append(seconds)
        if len(waited) == times:
            raise Stopped

    with patch.object(upkeep, "sleep", wait), pytest.raises(Stopped):
        upkeep.keep_up(app)
    return waited


def test_a_server_closes_what_is_due_by_itself(app: Flask, account: MakeAccount) -> None:
    """A round whose time is over is closed without anybody opening a page, and not before the server has started."""
    account("manager", "m@example.org")
    with app.app_context():
        due = open_round(make_team("m@example.org"))
        db.session.get_one(Round, due).closes = now()
        db.session.commit()
    assert kept_up(app, 1) == [upkeep.FIRST]
    with app.app_context():
        assert db.session.get_one(Round, due).is_open
    assert kept_up(app, 2) == [upkeep.FIRST, upkeep.EVERY]
    with app.app_context():
        assert not db.session.get_one(Round, due).is_open


def test_a_fault_waits_for_the_next_time(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    """A database that is away for a while does not end the upkeep; the log tells of it."""
    away = OperationalError("SELECT", {}, Exception("away"))
    with patch.object(upkeep, "close_due", side_effect=away), caplog.at_level(logging.ERROR):
        assert kept_up(app, 3) == [upkeep.FIRST, upkeep.EVERY, upkeep.EVERY]
    assert "tried again" in caplog.text


def test_a_release_is_in_the_log_once(app: Flask) -> None:
    """The log tells when another release of the content came into use, and not again at every start."""
    upkeep.note_release(app)
    upkeep.note_release(app)
    with app.app_context():
        [event] = db.session.query(Event).filter(Event.what == "release-in-use")
    assert event.subject.startswith("sha256:")
