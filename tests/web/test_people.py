"""An admin corrects somebody's name and address."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.web.conftest import PASSWORD, post
from tests.web.databases import files_of
from tests.web.making import answered_round, make_team
from web.database.connection import db
from web.database.models import Account, Role

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
    stored = files_of(app)
    assert b"anna@example.org" in stored
    assert b"m@example.org" not in stored
    assert b"maija@corrected.example" not in stored


@pytest.mark.parametrize(
    ("email", "said"),
    [("anna@example.org", "Somebody else has this address."), ("nothing", "This is not an email address."),
     ("", "Fill this in.")],
)  # fmt: skip
def test_an_address_that_cannot_be_is_refused(app: Flask, admin: FlaskClient, email: str, said: str) -> None:
    """Another's address, or none, is told at its field; what was typed stays and nothing is changed."""
    page = unescape(post(admin, "/admin/accounts/1", name="Uusi nimi", email=email))
    assert said in page
    assert "Uusi nimi" in page
    with app.app_context():
        assert db.session.get_one(Account, 1).email == "m@example.org"
