"""Rounds: started, shared, followed without seeing who answered, closed early or by themselves."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import timedelta
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.web.conftest import post
from tests.web.making import answer, answered_round, link_to, make_team, open_round, sheet
from web.database.connection import db
from web.database.models import Event, Role, Round, RoundLink, Team, now
from web.days import today
from web.rounds import choices, rounds, sheets

SignIn = Callable[[Role, str], FlaskClient]
PATHS = ("/rounds/1", "/rounds/1/links/members", "/rounds/1/links/members/slips", "/rounds/1/close")


def wanted(**others: str | None) -> dict[str, str]:
    """Give the fields of a usual round, but for some."""
    last_day = (now() + timedelta(days=5)).date().isoformat()
    usual = {"questionnaire": "appreciative-review", "members": "8", "manager": "y", "last_day": last_day}
    return {key: value for key, value in {**usual, **others}.items() if value}


@pytest.fixture
def manager(app: Flask, signed_in: SignIn) -> FlaskClient:
    """Give the browser of a manager with one team, Nokka."""
    client = signed_in("manager", "m@example.org")
    with app.app_context():
        make_team("m@example.org")
    return client


def page(client: FlaskClient, path: str, status: int = 200) -> str:
    """Give a page that answers as it should, as it is read."""
    response = client.get(path)
    assert response.status_code == status
    return unescape(response.get_data(as_text=True))


def tokens(app: Flask, group: str) -> dict[str, str]:
    """Give the secrets of a group's links by name."""
    with app.app_context():
        found = db.session.scalars(select(RoundLink).where(RoundLink.group == group))
        return {each.name: each.token for each in found}


def groups(app: Flask) -> Mapping[str, Mapping[str, object]]:
    """Give what the first round asks whom."""
    with app.app_context():
        return db.session.get_one(Round, 1).groups


def test_a_round_is_started(app: Flask, manager: FlaskClient) -> None:
    """Starting makes a link for each group and the manager's own; the page shows them, with QR codes."""
    shown = unescape(post(manager, "/teams/1/rounds/new", **wanted(customers="y", customers_invited="12")))
    assert "No member has answered yet" in shown
    assert groups(app) == {
        "members": {"questionnaire": "appreciative-review", "invited": 8},
        "manager": {"questionnaire": "appreciative-review", "invited": 1},
        "customers": {"questionnaire": "customer-voice", "invited": 12},
    }
    for group in ("members", "customers", "manager"):
        [token] = tokens(app, group).values()
        assert f"/a/{token}" in shown
    assert shown.count('src="data:image/svg+xml') == 2
    with app.app_context():
        assert db.session.get_one(Round, 1).closes - now() > timedelta(days=5)
        assert db.session.scalars(select(Event.what)).all()[-1] == "round-started"


def test_only_those_who_are_chosen_are_asked(app: Flask, manager: FlaskClient) -> None:
    """Without the manager and customers only the members have a link; customers may be asked uncounted."""
    post(manager, "/teams/1/rounds/new", **wanted(manager=None))
    assert groups(app) == {"members": {"questionnaire": "appreciative-review", "invited": 8}}
    assert not tokens(app, "manager")


@pytest.mark.parametrize(
    ("field", "value"),
    [("questionnaire", "customer-voice"), ("questionnaire", "nothing"), ("members", "1"), ("members", ""),
     ("members", "501"), ("customers_invited", "0"), ("last_day", "2020-01-01"), ("last_day", "2999-01-01"),
     ("last_day", "soon")],
)  # fmt: skip
def test_what_cannot_be_is_refused(app: Flask, manager: FlaskClient, field: str, value: str) -> None:
    """A wrong value starts nothing and says so at its field."""
    assert "is-invalid" in post(manager, "/teams/1/rounds/new", **wanted(**{field: value}))
    with app.app_context():
        assert not db.session.query(Round).count()


def test_the_form_knows_what_is_usual(app: Flask, manager: FlaskClient) -> None:
    """The team's size and a day a week ahead are filled in; a new team chooses between the two to begin with."""
    shown = page(manager, "/teams/1/rounds/new")
    assert 'value="8"' in shown
    with app.app_context():
        assert (today() + timedelta(days=choices.USUAL_DAYS)).isoformat() in shown
    assert re.findall(r'<option [^>]*value="([^"]+)"', shown) == ["appreciative-review", "quick-check"]
    with app.app_context():
        answered_round(1)
    assert 'value="pulse"' in page(manager, "/teams/1/rounds/new")


def test_a_team_has_one_open_round(app: Flask, manager: FlaskClient) -> None:
    """While a round is open another cannot be started, neither by the page nor by two at once."""
    with app.app_context():
        open_round(1)
    response = manager.get("/teams/1/rounds/new")
    assert response.location == "/rounds/1"
    with app.app_context():
        plan = choices.Plan("quick-check", 8, True, False, None, today())
        assert rounds.start(db.session.get_one(Team, 1), plan) is None
        assert db.session.query(Round).count() == 1


def test_a_round_is_its_managers_only(app: Flask, manager: FlaskClient, signed_in: SignIn) -> None:
    """Nobody else finds its pages, and nobody else's form starts, shares or closes one."""
    with app.app_context():
        open_round(1)
    others = [signed_in("manager", "o@example.org"), signed_in("coach", "c@example.org"), signed_in("admin", "a@x.fi")]
    for client in others:
        for path in (*PATHS, "/teams/1/rounds/new"):
            page(client, path, 404)
        assert client.post("/rounds/1/close").status_code in (400, 404)
    for path in PATHS:
        page(manager, path)
        assert app.test_client().get(path).status_code == 302
    page(manager, f"/rounds/{10**30}", 404)
    page(manager, "/rounds/1/links/manager", 404)
    page(manager, "/rounds/1/links/nobody", 404)


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
        shown.append(re.sub(r'value="[^"]{40,}"|data:image[^"]*', "", text))
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


def test_a_manager_is_warned_when_the_size_has_changed(app: Flask, manager: FlaskClient) -> None:
    """Before and during a round the pages say what a comparison could tell, also where as many came as left."""
    with app.app_context():
        answered_round(1)
    same = page(manager, "/teams/1/rounds/new")
    assert "If somebody has come or gone since round 1, tell the team before it answers." in same
    assert "people in round 1" not in same
    with app.app_context():
        db.session.get_one(Team, 1).size = 9
        db.session.commit()
    assert "had 8 people in round 1 and has 9 now" in page(manager, "/teams/1/rounds/new")
    post(manager, "/teams/1/rounds/new", **wanted())
    assert "hint at their answers" in page(manager, "/rounds/2")


def test_a_manager_is_warned_when_too_few_are_invited(app: Flask, manager: FlaskClient) -> None:
    """Where fewer are invited than are needed the page says that nothing will be shown, and leads to what works."""
    post(manager, "/teams/1/rounds/new", **wanted(members="4"))
    assert "Fewer members are invited than are needed" in page(manager, "/rounds/1")
    with app.app_context():
        db.session.get_one(Round, 1).groups = {"members": {"questionnaire": "quick-check", "invited": 5}}
        db.session.commit()
    assert "Fewer members are invited than are needed" not in page(manager, "/rounds/1")


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
