"""Accounts: joined by link, signed in, closed; a changed password ends every other session."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask
from flask.testing import FlaskClient

from tests.web.conftest import PASSWORD, post
from web.accounts import accounts
from web.database.connection import db
from web.database.models import Account, Role

SignIn = Callable[[Role, str], FlaskClient]


def invited(app: Flask, role: Role) -> str:
    """Give the path of a new invitation."""
    with app.app_context():
        token = accounts.make_link("join", role)
        db.session.commit()
    return f"/join/{token}"


def test_an_invitation_works_once(app: Flask, client: FlaskClient) -> None:
    """Whoever follows an invitation gets an account and is signed in; the second one is told that it is used up."""
    path = invited(app, "coach")
    page = post(client, path, name="Kaisa", email="Kaisa@example.org", password=PASSWORD, again=PASSWORD)
    assert "Kaisa" in client.get("/account").get_data(as_text=True) or page
    assert "used up" in app.test_client().get(path).get_data(as_text=True)


def test_the_wrong_password_is_refused(
    app: Flask, client: FlaskClient, account: Callable[[Role, str], Account]
) -> None:
    """A wrong password gives no session, and the same words as an unknown address."""
    account("manager", "m@example.org")
    wrong = post(client, "/sign-in", email="m@example.org", password="not this one at all")
    unknown = post(client, "/sign-in", email="x@example.org", password="not this one at all")
    words = "do not go together"
    assert words in wrong
    assert words in unknown
    assert client.get("/account").status_code == 302


def test_a_changed_password_ends_other_sessions(app: Flask, signed_in: SignIn) -> None:
    """After a change of password only the browser in which it was changed is still signed in."""
    here = signed_in("manager", "m@example.org")
    there = app.test_client()
    post(there, "/sign-in", email="m@example.org", password=PASSWORD)
    assert there.get("/account").status_code == 200
    post(here, "/account", old=PASSWORD, password="another birch and table", again="another birch and table")
    assert here.get("/account").status_code == 200
    assert there.get("/account").status_code == 302


def test_a_closed_account_is_signed_out(app: Flask, signed_in: SignIn) -> None:
    """Closing an account ends its sessions, and it cannot be signed in to."""
    admin, manager = signed_in("admin", "a@example.org"), signed_in("manager", "m@example.org")
    post(admin, "/admin/accounts/2/switch", "/admin")
    assert manager.get("/account").status_code == 302
    assert "do not go together" in post(app.test_client(), "/sign-in", email="m@example.org", password=PASSWORD)
