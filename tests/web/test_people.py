"""An admin corrects somebody's name and address, and hands a team over to another manager."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.web.conftest import PASSWORD, MakeAccount, post
from tests.web.making import answered_round, make_team
from web.database.connection import db
from web.database.models import Account, Role, Team

SignIn = Callable[[Role, str], FlaskClient]


@pytest.fixture
def manager(signed_in: SignIn) -> FlaskClient:
    """Give the browser of the manager with account 1, who has team 1 with a closed round."""
    client = signed_in("manager", "m@example.org")
    with client.application.app_context():
        answered_round(make_team("m@example.org"))
    return client


@pytest.fixture
def admin(manager: FlaskClient, signed_in: SignIn) -> FlaskClient:
    """Give the browser of an admin."""
    return signed_in("admin", "anna@example.org")


def test_a_name_and_an_address_are_corrected(app: Flask, manager: FlaskClient, admin: FlaskClient) -> None:
    """Somebody signs in by the new address alone, and the log tells by it what they did before."""
    post(manager, "/teams/new", name="Toinen", size="7", work_mode="hybrid", together_since="", language="en")
    post(admin, "/admin/accounts/1", name=" Maija  ", email="Maija@Example.org ")
    with app.app_context():
        corrected = db.session.get_one(Account, 1)
        assert (corrected.name, corrected.email) == ("Maija", "maija@example.org")
    assert "Maija" in manager.get("/account").text, "who is signed in stays so"
    log = admin.get("/admin/log").text
    assert "maija@example.org" in log
    assert "m@example.org" not in log.replace("maija@example.org", "")
    browser = app.test_client()
    assert "do not go together" in post(browser, "/sign-in", email="m@example.org", password=PASSWORD)
    assert "Nokka" in post(browser, "/sign-in", email="maija@example.org", password=PASSWORD)


def test_no_earlier_address_is_left(app: Flask, manager: FlaskClient, admin: FlaskClient) -> None:
    """After a corrected account is erased neither of its addresses is in any byte of the database."""
    post(admin, "/admin/accounts/1/reset", "/admin")
    post(admin, "/admin/accounts/1", name="Maija", email="maija@corrected.example")
    post(manager, "/account/erase", password=PASSWORD)
    with app.app_context():
        path = Path(db.engine.url.database or "")
    stored = b"".join(each.read_bytes() for each in path.parent.iterdir() if each.name.startswith(path.name))
    assert b"anna@example.org" in stored
    assert b"m@example.org" not in stored
    assert b"maija@corrected.example" not in stored


@pytest.mark.parametrize(
    ("email", "said"),
    [("anna@example.org", "Somebody else has this address."), ("nothing", "This is not an email address."),
     ("", "This field is required.")],
)  # fmt: skip
def test_an_address_that_cannot_be_is_refused(app: Flask, admin: FlaskClient, email: str, said: str) -> None:
    """Another's address, or none, is told at its field; what was typed stays and nothing is changed."""
    page = unescape(post(admin, "/admin/accounts/1", name="Uusi nimi", email=email))
    assert said in page
    assert "Uusi nimi" in page
    with app.app_context():
        assert db.session.get_one(Account, 1).email == "m@example.org"


def test_a_team_is_handed_over(app: Flask, manager: FlaskClient, admin: FlaskClient, signed_in: SignIn) -> None:
    """Another manager reads the results from then on, the former one no longer; the log tells of it."""
    assert "invite one first" in admin.get("/admin/accounts/1").text
    heir = signed_in("manager", "heir@example.org")
    assert heir.get("/rounds/1/result").status_code == 404
    assert "manages the team now" in post(admin, "/admin/accounts/1/teams", "/admin/accounts/1", teams="1", manager="3")
    assert heir.get("/rounds/1/result").status_code == 200
    assert manager.get("/rounds/1/result").status_code == 404
    assert "team handed over" in admin.get("/admin/log").text
    post(manager, "/account/erase", password=PASSWORD)
    with app.app_context():
        assert db.session.scalars(select(Team.name)).all() == ["Nokka"], "it does not go with the former manager"


@pytest.mark.parametrize("heir", ["1", "2", "4", "99", "0", "x", ""])
def test_a_team_goes_to_a_manager_only(
    app: Flask, admin: FlaskClient, signed_in: SignIn, account: MakeAccount, heir: str
) -> None:
    """Neither its own manager, nor an admin, a coach or a closed account can be chosen, whatever a form says."""
    signed_in("manager", "heir@example.org")
    account("coach", "c@example.org")
    post(admin, "/admin/accounts/1/teams", "/admin/accounts/1", teams="1", manager=heir)
    with app.app_context():
        assert db.session.get_one(Team, 1).manager_id == 1


def test_some_teams_go_and_others_stay(
    app: Flask, manager: FlaskClient, admin: FlaskClient, account: MakeAccount
) -> None:
    """Only the teams that are chosen are handed over; none, or another's, is refused at its field."""
    account("manager", "heir@example.org")
    with app.app_context():
        make_team("m@example.org", "Toinen")
        make_team("heir@example.org", "Heidän")
    for teams in ("", "3"):
        assert 'id="teams-error"' in post(
            admin, "/admin/accounts/1/teams", "/admin/accounts/1", teams=teams, manager="3"
        )
    post(admin, "/admin/accounts/1/teams", "/admin/accounts/1", teams="2", manager="3")
    with app.app_context():
        assert [each.manager_id for each in db.session.scalars(select(Team).order_by(Team.id))] == [1, 3, 3]


def test_a_closed_account_takes_no_team(app: Flask, admin: FlaskClient, account: MakeAccount) -> None:
    """Whoever can no longer sign in is not offered."""
    account("manager", "heir@example.org")
    post(admin, "/admin/accounts/3/switch", "/admin")
    assert "invite one first" in admin.get("/admin/accounts/1").text
