"""Rounds: who starts them, for whom, and of what a manager is warned."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.web.conftest import post
from tests.web.making import answered_round, day_after, open_round
from tests.web.rounds_of_nokka import PATHS, SignIn, manager, page, tokens, wanted
from tests.web.test_forms import faults
from web.database.connection import db
from web.database.models import Event, Round, Team
from web.days import day_of, today
from web.rounds import choices, rounds

__all__ = ["manager"]


def groups(app: Flask) -> Mapping[str, Mapping[str, object]]:
    """Give what the first round asks whom."""
    with app.app_context():
        return db.session.get_one(Round, 1).groups


def test_a_round_is_started(app: Flask, manager: FlaskClient) -> None:
    """Starting makes a link for each group and the manager's own; the page shows them, with QR codes."""
    last_day = day_after(4)
    fields = wanted(customers="y", customers_invited="12", last_day=last_day)
    shown = unescape(post(manager, "/teams/1/rounds/new", **fields))
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
        assert day_of(db.session.get_one(Round, 1).closes).isoformat() == last_day
        assert db.session.scalars(select(Event.what)).all()[-1] == "round-started"


def test_only_those_who_are_chosen_are_asked(app: Flask, manager: FlaskClient) -> None:
    """Without the manager and customers only the members have a link; customers may be asked uncounted."""
    post(manager, "/teams/1/rounds/new", **wanted(manager=None))
    assert groups(app) == {"members": {"questionnaire": "appreciative-review", "invited": 8}}
    assert not tokens(app, "manager")


@pytest.mark.parametrize(
    ("field", "value"),
    [("questionnaire", "customer-voice"), ("questionnaire", "nothing"), ("members", "1"), ("members", ""),
     ("members", "501"), ("last_day", "2020-01-01"), ("last_day", "2999-01-01"),
     ("last_day", "soon")],
)  # fmt: skip
def test_what_cannot_be_is_refused(app: Flask, manager: FlaskClient, field: str, value: str) -> None:
    """A wrong value starts nothing and says so at its field."""
    assert "is-invalid" in post(manager, "/teams/1/rounds/new", **wanted(**{field: value}))
    with app.app_context():
        assert not db.session.query(Round).count()


@pytest.mark.parametrize("invited", ["0", "0.5", "501", "many"])
def test_customers_are_counted_where_they_are_asked(app: Flask, manager: FlaskClient, invited: str) -> None:
    """What cannot be a number of customers is refused where they are asked, and does not matter where they are not."""
    shown = post(manager, "/teams/1/rounds/new", **wanted(customers="y", customers_invited=invited))
    assert faults(shown) == ["Write a whole number from 5 to 500."]
    with app.app_context():
        assert not db.session.query(Round).count()
    assert "No member has answered yet" in post(manager, "/teams/1/rounds/new", **wanted(customers_invited=invited))


@pytest.mark.parametrize(("field", "who"), [("members", "members"), ("customers_invited", "customers")])
def test_fewer_than_are_needed_are_not_invited(app: Flask, manager: FlaskClient, field: str, who: str) -> None:
    """Where fewer than five are invited the field says that nothing would be shown, and no round starts; five do."""
    for invited in ("1", "4"):
        shown = faults(post(manager, "/teams/1/rounds/new", **wanted(**{"customers": "y", field: invited})))
        assert len(shown) == 1
        assert shown[0].startswith(f"At least five {who} have to answer before anything")
    with app.app_context():
        assert not db.session.query(Round).count()
    assert "No member has" in post(manager, "/teams/1/rounds/new", **wanted(**{"customers": "y", field: "5"}))


def test_a_small_team_reads_what_to_do_instead(app: Flask, manager: FlaskClient) -> None:
    """A team of four is told before it starts and at the field, and keeps its ways on."""
    with app.app_context():
        db.session.get_one(Team, 1).size = 4
        db.session.commit()
    for shown in (page(manager, "/teams/1/rounds/new"), post(manager, "/teams/1/rounds/new", **wanted(members="4"))):
        assert "A round needs five members." in shown
        assert "/quick-check" in shown


def test_the_form_knows_what_is_usual(app: Flask, manager: FlaskClient) -> None:
    """The team's size and a day a week ahead are filled in; a new team chooses between the two to begin with."""
    shown = page(manager, "/teams/1/rounds/new")
    assert 'value="8"' in shown
    assert day_after(choices.USUAL_DAYS) in shown
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
    """Where fewer have links than are needed the page says that nothing will be shown, and leads to what works."""
    post(manager, "/teams/1/rounds/new", **wanted(customers="y"))
    for group, said in (("members", "Fewer members are invited"), ("customers", "Fewer customers are invited")):
        assert said not in page(manager, "/rounds/1")
        post(manager, f"/rounds/1/links/{group}", names="Aino\nEero\nVeikko\nHilla")
        assert said in page(manager, "/rounds/1")
        post(manager, f"/rounds/1/links/{group}", names="Sylvi")
        assert said not in page(manager, "/rounds/1")
