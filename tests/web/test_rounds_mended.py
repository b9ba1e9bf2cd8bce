"""A round that was started wrongly: its last day is moved, or it is taken away while nobody has answered."""

from __future__ import annotations

import random
import time
from datetime import timedelta
from html import unescape
from typing import Final

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.web.by_link import step
from tests.web.conftest import make_account, post
from tests.web.databases import bare, new_database, postgresql
from tests.web.lives import lives
from tests.web.making import answer, day_after, link_to, make_team, open_round, sheet
from tests.web.numbered import files, opened, stored, url_of
from tests.web.rounds_of_nokka import SignIn, manager, page, wanted
from tests.web.test_forms import DAY, faults
from tests.web.until_killed import MOST
from web.database.connection import db, upgrade
from web.database.models import Event, Round, RoundLink, now
from web.days import day_of
from web.rounds import mending

__all__ = ["bare", "manager", "new_database", "postgresql"]
TRIES: Final = 20
SENDING: Final = 0.05
"""Seconds within which a sender has begun to send."""
MOVED: Final = "The last day is now"
FAR: Final = {
    "en": "Choose a day from today to 60 days ahead.",
    "fi": "Valitse päivä tästä päivästä enintään 60 päivän päähän.",
}


@pytest.fixture
def started(app: Flask, manager: FlaskClient) -> FlaskClient:
    """Give the browser of a manager with an open round that nobody has answered."""
    with app.app_context():
        open_round(1, ["Aino Aaltonen"])
    return manager


def last_day(app: Flask) -> str:
    """Give until which day the round is open."""
    with app.app_context():
        return day_of(db.session.get_one(Round, 1).closes).isoformat()


def events(app: Flask) -> list[tuple[str, str]]:
    """Give what has been recorded of rounds being mended."""
    with app.app_context():
        found = db.session.execute(select(Event.what, Event.subject)).all()
        return [(what, subject) for what, subject in found if what in ("round-moved", "round-deleted")]


# --- the last day -----------------------------------------------------------------------------------------------------


def test_the_last_day_is_moved(app: Flask, started: FlaskClient) -> None:
    """Later or sooner, down to today: the round is open until the end of that day, by the same links."""
    assert 'href="/rounds/1/move"' in page(started, "/rounds/1")
    assert f'value="{last_day(app)}"' in page(started, "/rounds/1/move")
    with app.app_context():
        path = f"/a/{link_to(1, 'members', 'Aino Aaltonen').token}"
    for days in (60, 0):
        shown = post(started, "/rounds/1/move", last_day=day_after(days))
        assert MOVED in shown
        assert last_day(app) == day_after(days)
        assert "Begin" in app.test_client().get(path).text
    assert events(app) == [("round-moved", "1")] * 2


def test_a_day_that_cannot_be_is_refused(app: Flask, started: FlaskClient) -> None:
    """A day that is past, far ahead or none is told at the field, and nothing is moved or recorded."""
    before = last_day(app)
    for language in ("en", "fi"):
        post(started, f"/language/{language}", "/privacy")
        for wrong, said in ((day_after(-1), FAR), (day_after(61), FAR), ("soon", DAY)):
            assert faults(post(started, "/rounds/1/move", last_day=wrong)) == [said[language]]
    assert last_day(app) == before
    assert not events(app)


def test_the_same_day_is_no_move(app: Flask, started: FlaskClient) -> None:
    """Whoever saves the day that was there reads of no change, and none is recorded."""
    assert MOVED in post(started, "/rounds/1/move", last_day=day_after(9))
    assert MOVED not in post(started, "/rounds/1/move", last_day=day_after(9))
    assert len(events(app)) == 1


def test_a_closed_round_is_not_mended(app: Flask, started: FlaskClient) -> None:
    """A round whose time is over, or that was closed meanwhile, is neither moved nor deleted."""
    with app.app_context():
        made = db.session.get_one(Round, 1)
        made.closes = now() - timedelta(seconds=1)
        db.session.commit()
        assert not mending.move(made, day_of(now()) + timedelta(days=3))
        assert not mending.take_away(made)
    for path in ("/rounds/1/move", "/rounds/1/delete"):
        assert started.get(path).location == "/rounds/1"
        assert "The round is closed" in post(started, path, "/privacy", last_day=day_after(3))
    assert not events(app)


# --- a round that nobody has answered ---------------------------------------------------------------------------------


def test_a_round_that_nobody_has_answered_is_deleted(app: Flask, started: FlaskClient) -> None:
    """After a question it is gone with its links and names; the next one has its number, and its link is closed."""
    assert 'href="/rounds/1/delete"' in page(started, "/rounds/1")
    assert "Delete the round?" in page(started, "/rounds/1/delete")
    with app.app_context():
        path = f"/a/{link_to(1, 'members', 'Aino Aaltonen').token}"
        assert b"Aino Aaltonen" in files(app)
    shown = post(started, "/rounds/1/delete")
    assert "The round is deleted" in shown
    assert "No round yet." in shown
    assert "This round has closed" in step(app.test_client(), path, "send", 14, sheet("members", 3))
    with app.app_context():
        assert not db.session.query(RoundLink).count()
        assert b"Aino Aaltonen" not in files(app)
    assert events(app) == [("round-deleted", "1")]
    post(started, "/teams/1/rounds/new", **wanted())
    with app.app_context():
        assert db.session.scalars(select(Round.number)).all() == [1]


@pytest.mark.parametrize("group", ["members", "manager", "customers"])
def test_a_round_that_somebody_has_answered_stays(app: Flask, manager: FlaskClient, group: str) -> None:
    """One answer of any group is enough: deleting is no longer offered, and a form that was open does nothing."""
    with app.app_context():
        answer(open_round(1), group, sheet(group, 3))
    assert "/rounds/1/delete" not in page(manager, "/rounds/1")
    assert manager.get("/rounds/1/delete").location == "/rounds/1"
    assert "Only a round that nobody has answered can be deleted" in unescape(
        post(manager, "/rounds/1/delete", "/rounds/1")
    )
    with app.app_context():
        assert not mending.take_away(db.session.get_one(Round, 1))
        assert db.session.get_one(Round, 1).received == 1
    assert not events(app)


def test_what_is_done_to_a_round_is_told_to_admins(started: FlaskClient, signed_in: SignIn) -> None:
    """The log names both in the reader's language, with the round."""
    post(started, "/rounds/1/move", last_day=day_after(9))
    post(started, "/rounds/1/delete")
    admin = signed_in("admin", "a@example.org")
    english = ("last day of a round moved", "round deleted", "Nokka · Round 1")
    finnish = ("kierroksen viimeinen päivä siirretty", "kierros poistettu", "Nokka · Kierros 1")
    for language, told in (("en", english), ("fi", finnish)):
        post(admin, f"/language/{language}", "/admin")
        assert all(each in page(admin, "/admin/log") for each in told)


@pytest.mark.slow
def test_sending_and_deleting_at_once(bare: Flask) -> None:
    """Exactly one happens: confirmed answers are in a round that stays, or the round is gone and none was confirmed."""
    upgrade(bare)
    make_account(bare, "manager", "m@example.org")
    ends = set()
    with bare.app_context(), lives(url_of(bare)) as sender:
        make_team("m@example.org")
        for place in range(TRIES):
            id_ = opened(range(MOST))
            sender.begin("send", id_)
            time.sleep(random.uniform(0, SENDING) * place / TRIES)
            gone = mending.take_away(db.session.get_one(Round, id_))
            confirmed = [int(each) for each in sender.end() if each.isdigit()]
            db.session.rollback()
            assert (db.session.get(Round, id_) is None, not confirmed) == (gone, gone)
            assert sorted(stored(id_)) == confirmed
            ends.add(gone)
    assert ends == {True, False}, "each came first at times"
