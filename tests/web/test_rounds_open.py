"""Rounds: followed without seeing who answered, closed early or by themselves."""

from __future__ import annotations

import re
from datetime import timedelta

from flask import Flask
from flask.testing import FlaskClient

from tests.web.conftest import post
from tests.web.making import answer, link_to, open_round, sheet
from tests.web.rounds_of_nokka import PATHS, manager, page
from web.database.connection import db
from web.database.models import Round, RoundLink, now
from web.rounds import rounds, sheets

__all__ = ["manager"]


def test_an_open_round_tells_how_many_and_nothing_else(app: Flask, manager: FlaskClient) -> None:
    """Numbers by group and what is needed are shown; no answer, and nothing that differs by who has answered."""
    names = ["Aino", "Eero", "Veikko"]
    shown = []
    for who in ("Aino", "Veikko"):
        with app.app_context():
            for made in db.session.query(Round):
                db.session.delete(made)
            db.session.commit()
            id_ = open_round(1, names)
            assert sheets.send(link_to(id_, "members", who), "k" * 20, sheet("members", 2)) == "taken"
            rows = {each.token: each.name for each in db.session.query(RoundLink)}
        paths = (f"/rounds/{id_}", f"/rounds/{id_}/links/members", f"/rounds/{id_}/links/members/slips")
        text = " ".join(page(manager, path) for path in paths)
        for token, name in rows.items():
            text = text.replace(token, name)
        shown.append(re.sub(r'value="[^"]{40,}"|nonce="[^"]*"|data:image[^"]*', "", text))
    assert "1 of 8 members has answered" in shown[0]
    assert re.search(r"1 of 8\s*</td>\s*<td>4 more", shown[0])
    assert shown[0] == shown[1]


def test_enough_and_all_are_said(app: Flask, manager: FlaskClient) -> None:
    """The page says when a group has enough answers and when all members have answered."""
    with app.app_context():
        id_ = open_round(1)
        answer(id_, "members", *[sheet("members", 3)] * 5)
    assert ">enough<" in page(manager, "/rounds/1")
    with app.app_context():
        answer(id_, "members", *[sheet("members", 3)] * 3)
    assert "All members have answered" in page(manager, "/rounds/1")


def test_closing_early_is_asked_first(app: Flask, manager: FlaskClient) -> None:
    """The page of closing says what would not be shown; closing keeps the facts and leads to the result."""
    with app.app_context():
        id_ = open_round(1)
        answer(id_, "members", *[sheet("members", 3)] * 4)
    assert "fewer than the 5 that are needed" in page(manager, "/rounds/1/close")
    with app.app_context():
        assert db.session.get_one(Round, 1).is_open
    found = re.search(r'name="csrf_token" value="([^"]+)"', page(manager, "/rounds/1/close"))
    assert found
    response = manager.post("/rounds/1/close", data={"csrf_token": found[1]})
    with app.test_request_context():
        assert response.location == app.url_for("results.result", id_=1)
    with app.app_context():
        made = db.session.get_one(Round, 1)
        assert not made.is_open
        assert sheets.read_facts(made.facts).values["rounds"] == 1
        assert made.facts["invited"] == {"members": 8, "manager": 1}
    assert f'href="{response.location}"' in page(manager, "/rounds/1")
    assert manager.get("/rounds/1/close").location == response.location
    assert manager.get("/rounds/1/links/members").location == "/rounds/1"


def test_closing_needs_a_form(app: Flask, manager: FlaskClient) -> None:
    """A request without the page's token closes nothing."""
    with app.app_context():
        open_round(1)
    assert manager.post("/rounds/1/close").status_code == 400
    with app.app_context():
        assert db.session.get_one(Round, 1).is_open


def test_a_round_closes_when_its_time_is_over(app: Flask, manager: FlaskClient) -> None:
    """Whoever looks after the last moment finds it closed, and a new round can be started."""
    with app.app_context():
        id_ = open_round(1)
        answer(id_, "members", *[sheet("members", 3)] * 5)
        db.session.get_one(Round, 1).closes = now() - timedelta(seconds=1)
        db.session.commit()
        assert sheets.send(link_to(1, "members"), "k" * 20, sheet("members", 3)) == "closed"
    assert "The time of round 1 is over" in page(manager, "/teams")
    assert "A new round" in page(manager, "/teams/1/rounds/new")
    assert "The round is closed" in page(manager, "/rounds/1")
    with app.app_context():
        assert rounds.links(db.session.get_one(Round, 1)) == []


def test_rounds_are_shown_in_finnish(app: Flask, manager: FlaskClient) -> None:
    """The pages speak Finnish to who reads Finnish."""
    with app.app_context():
        open_round(1)
    post(manager, "/language/fi", "/rounds/1")
    assert "Kukaan jäsenistä ei ole vielä vastannut" in page(manager, "/rounds/1")
    assert "Päätetäänkö kierros nyt?" in page(manager, "/rounds/1/close")
    assert "Henkilökohtaiset linkit" in page(manager, "/rounds/1/links/members")


def test_no_page_carries_inline_style_or_script(app: Flask, manager: FlaskClient) -> None:
    """The pages keep to the strict content policy."""
    with app.app_context():
        open_round(1, ["Aino"])
    for path in (*PATHS, "/teams", "/teams/1", "/teams/new", "/teams/1/edit"):
        shown = page(manager, path)
        assert " style=" not in shown
        assert not re.search(r"<script(?![^>]* src=)|\son\w+=", shown)
