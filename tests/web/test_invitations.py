"""Invitations and links end with what they rest on: taken back, or with a closed account."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

from flask import Flask
from flask.testing import FlaskClient

from tests.web.conftest import PASSWORD, post
from web.accounts import accounts
from web.database.connection import db
from web.database.models import Account, AccountLink, Role, now

SignIn = Callable[[Role, str], FlaskClient]
WORDS = "another birch and table"


def test_an_invitation_is_listed_and_taken_back(app: Flask, signed_in: SignIn) -> None:
    """Admins see role and days of what is open, never the link; taken back it works no longer, and the log says so."""
    admin = signed_in("admin", "a@example.org")
    made = re.search(r"/join/([\w-]+)", post(admin, "/admin", role="coach"))
    assert made
    page = admin.get("/admin").text
    assert re.search(r"Coach</strong>.*made \d+ \w+ \d{4} [\d:]+, works until \d+ \w+ \d{4}", page, re.DOTALL)
    assert made[1] not in page
    [path] = re.findall(r"/admin/invitations/\d+/take-back", page)
    assert "The invitation is taken back" in post(admin, path, "/admin")
    assert "used up" in app.test_client().get(f"/join/{made[1]}").text
    assert "take-back" not in admin.get("/admin").text
    assert re.search(r"invitation taken back</td>.*?Coach", admin.get("/admin/log").text)
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', admin.get("/admin").text)
    assert token
    assert admin.post(path, data={"csrf_token": token[1]}).status_code == 404, "a second time there is nothing"


def test_only_open_invitations_are_listed(app: Flask, signed_in: SignIn) -> None:
    """What is used, too old, or a link for a new password is not in the list, and the last is not taken back there."""
    admin = signed_in("admin", "a@example.org")
    post(admin, "/admin/accounts/1/reset", "/admin")
    with app.app_context():
        accounts.make_link("join", "coach")
        db.session.flush()
        old = db.session.query(AccountLink).filter_by(purpose="join").one()
        old.expires = now() - timedelta(minutes=1)
        db.session.commit()
        reset = db.session.query(AccountLink).filter_by(purpose="reset").one().id
    page = admin.get("/admin").text
    assert "take-back" not in page
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert token
    data = {"csrf_token": token[1]}
    for id_ in (reset, 10**12):
        assert admin.post(f"/admin/invitations/{id_}/take-back", data=data).status_code == 404


def test_a_closed_account_has_no_way_in_by_an_earlier_link(app: Flask, signed_in: SignIn) -> None:
    """A link for a new password ends when the account is closed, also for when it is opened again; none is made."""
    admin = signed_in("admin", "a@example.org")
    signed_in("manager", "m@example.org")
    made = re.search(r"/reset/[\w-]+", post(admin, "/admin/accounts/2/reset", "/admin"))
    assert made
    post(admin, "/admin/accounts/2/switch", "/admin")
    assert "used up" in app.test_client().get(made[0]).text
    assert "M can no longer sign in" in post(admin, "/admin/accounts/2/reset", "/admin")
    post(admin, "/admin/accounts/2/switch", "/admin")
    assert "used up" in app.test_client().get(made[0]).text
    assert "Sign out" in post(app.test_client(), "/sign-in", email="m@example.org", password=PASSWORD)


def test_a_link_of_a_closed_account_that_is_there_does_nothing(app: Flask, signed_in: SignIn) -> None:
    """Even a link that is stored, as by an earlier version, changes no password of an account that is closed."""
    signed_in("manager", "m@example.org")
    with app.app_context():
        account = db.session.query(Account).one()
        account.active, before = False, account.password
        token = accounts.make_link("reset", account=account)
        db.session.commit()
        assert accounts.link_for(token, "reset") is None
        assert db.session.query(Account).one().password == before
