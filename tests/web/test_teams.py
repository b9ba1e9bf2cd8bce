"""Teams: told about, seen by their manager only, and the facts that rules read about them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.web.conftest import post
from tests.web.making import answered_round, make_team, open_round
from web.database.connection import db
from web.database.models import Event, Role, Team
from web.days import today
from web.rounds import sheets
from web.teams import teams

SignIn = Callable[[Role, str], FlaskClient]
NOKKA = {"name": "Nokka", "size": "8", "work_mode": "remote", "together_since": "2025-03", "language": "fi"}


@pytest.fixture
def manager(signed_in: SignIn) -> FlaskClient:
    """Give the browser of a manager."""
    return signed_in("manager", "m@example.org")


def page(client: FlaskClient, path: str, status: int = 200) -> str:
    """Give a page that answers as it should."""
    response = client.get(path)
    assert response.status_code == status
    return response.get_data(as_text=True)


def test_a_manager_without_a_team_is_led_to_the_first(manager: FlaskClient) -> None:
    """The empty state says what to do and links to it."""
    empty = page(manager, "/teams")
    assert "You have no team here yet" in empty
    assert 'href="/teams/new"' in empty


def test_a_team_is_told_about_and_changed(app: Flask, manager: FlaskClient) -> None:
    """What is typed is kept and shown, can be changed, and both are in the audit log."""
    made = post(manager, "/teams/new", **NOKKA)
    assert "Nokka" in made
    assert "together since March 2025" in made
    changed = post(manager, "/teams/1/edit", **{**NOKKA, "name": "Nokka 2", "size": "9", "together_since": ""})
    assert "Nokka 2" in changed
    assert "9 people" in changed
    assert "together since" not in changed
    with app.app_context():
        kept = [event.what for event in db.session.query(Event)]
        assert kept[-2:] == ["team-made", "team-changed"]


def test_a_team_can_be_edited_downloaded_or_erased(app: Flask, manager: FlaskClient) -> None:
    """The team's page leads to what is told of the team, and by words that fit nothing else to taking it along."""
    with app.app_context():
        make_team("m@example.org")
    for language, words in (("en", "Download or erase data"), ("fi", "Lataa tai poista tiedot")):
        post(manager, f"/language/{language}", "/privacy")
        assert f'<a href="/teams/1/data">{words}</a>' in page(manager, "/teams/1")


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", ""), ("name", "x" * 101), ("size", "1"), ("size", "201"), ("size", "many"), ("work_mode", "moon"),
     ("together_since", "2999-01"), ("together_since", "March"), ("language", "sv")],
)  # fmt: skip
def test_what_cannot_be_is_refused(app: Flask, manager: FlaskClient, field: str, value: str) -> None:
    """A wrong value keeps nothing and says so at its field."""
    assert "is-invalid" in post(manager, "/teams/new", **{**NOKKA, field: value})
    with app.app_context():
        assert not db.session.query(Team).count()


def test_a_team_is_its_managers_only(app: Flask, manager: FlaskClient, signed_in: SignIn) -> None:
    """Another manager, a coach and an admin do not find it, and cannot change it; a number beyond all is not found."""
    with app.app_context():
        make_team("m@example.org")
    others = [signed_in("manager", "o@example.org"), signed_in("coach", "c@example.org"), signed_in("admin", "a@x.fi")]
    for client in others:
        assert "Nokka" not in client.get("/teams").get_data(as_text=True)
        page(client, "/teams/1", 404)
        page(client, "/teams/1/edit", 404)
    page(manager, f"/teams/{10**30}", 404)
    assert app.test_client().get("/teams").status_code == 302


def test_each_team_shows_the_state_of_its_latest_round(app: Flask, manager: FlaskClient) -> None:
    """A team without rounds can start one, an open round is led to, a closed one leads to its result."""
    with app.app_context():
        make_team("m@example.org", "Aalto")
        open_one = open_round(make_team("m@example.org", "Meri"))
        closed = answered_round(make_team("m@example.org", "Ranta"))
    shown = page(manager, "/teams")
    assert 'href="/teams/1/rounds/new"' in shown
    assert f'href="/rounds/{open_one}"' in shown
    assert "8 answers came" in shown
    assert f'href="{result(app, closed)}"' in shown
    assert f'href="{result(app, closed)}"' in page(manager, "/teams/3")


def result(app: Flask, id_: int) -> str:
    """Give the path of a round's result."""
    with app.test_request_context():
        return app.url_for("results.result", id_=id_)


def test_a_team_shows_what_it_has_adopted_and_done(app: Flask, manager: FlaskClient) -> None:
    """Agreements and plays are shown by title, as links once there is a result; what is no longer there is left out."""
    with app.app_context():
        id_ = make_team("m@example.org")
        db.session.get_one(Team, id_).adopted = {"meetings": "2026-03-02", "gone-long-ago": ""}
        db.session.get_one(Team, id_).done = ["customer-visit", "gone-long-ago"]
        db.session.commit()
        with app.test_request_context():
            [title] = [each.title for each in teams.agreements_of(db.session.get_one(Team, id_))]
    shown = page(manager, f"/teams/{id_}")
    assert title in shown
    assert "agreed on 2 March 2026; the day to look at it again was 13 April 2026" in shown
    assert "/agreements/meetings" not in page(manager, f"/teams/{id_}")
    with app.app_context():
        closed = answered_round(id_)
    shown = page(manager, f"/teams/{id_}")
    assert f'href="/rounds/{closed}/agreements/meetings"' in shown
    assert f'href="/rounds/{closed}/plays/customer-visit"' in shown
    assert "gone-long-ago" not in shown


def test_a_small_team_is_told_what_to_do_instead(manager: FlaskClient) -> None:
    """Who makes a team of two to four reads that a round would show nothing, and what works; one of five does not."""
    assert "With fewer than five" in page(manager, "/teams/new")
    told = post(manager, "/teams/new", **{**NOKKA, "size": "4"})
    assert "A round needs five members." in told
    assert 'href="/quick-check"' in told
    assert "A round needs five members." in page(manager, "/teams/1/rounds/new")
    assert "A round needs five members." not in post(manager, "/teams/new", **{**NOKKA, "size": "5"})
    assert "A round needs five members." not in page(manager, "/teams/2/rounds/new")


def test_facts_tell_what_rules_read(app: Flask, manager: FlaskClient) -> None:
    """Facts hold the team and how many the round invited, and are read back from what stays with a round."""
    with app.app_context():
        id_ = make_team("m@example.org")
        open_round(id_)
        team = db.session.get_one(Team, id_)
        team.adopted = {"meetings": ""}
        told = teams.facts_of(team, 1)
        assert told.values == {
            "size": 8, "work-mode": "hybrid", "rounds": 1,
            "months-together": teams.months_since("2024-03", today()),
        }  # fmt: skip
        assert told.invited == {"members": 8, "manager": 1}
        assert told.adopted == {"meetings"}
        assert sheets.read_facts(sheets.written(told)) == told


@pytest.mark.parametrize(
    ("month", "on", "months"),
    [("2025-03", date(2025, 3, 31), 0), ("2025-03", date(2025, 4, 1), 1), ("2024-11", date(2026, 1, 5), 14),
     ("2026-02", date(2026, 1, 5), 0), ("1950-01", date(2050, 1, 1), 1000)],
)  # fmt: skip
def test_months_together(month: str, on: date, months: int) -> None:
    """Months are counted over the turn of a year, and stay within what a fact can be."""
    assert teams.months_since(month, on) == months


def test_a_team_is_shown_in_finnish(manager: FlaskClient) -> None:
    """Every word of the pages is Finnish for who reads Finnish."""
    post(manager, "/language/fi", "/teams")
    post(manager, "/teams/new", **NOKKA)
    shown = page(manager, "/teams/1")
    assert "aloitus: maaliskuu 2025" in shown
    assert "Aloita ensimmäinen kierros" in shown
