"""One-time links: stored nowhere, used once, and beginning as the operator says."""

from __future__ import annotations

import re
from collections.abc import Callable

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.web.conftest import PASSWORD, post
from tests.web.making import sheet
from tests.web.test_sessions import another, cookie_of
from tests.web.walking import ROLES, make_world, rules
from web.accounts import accounts
from web.database.connection import db
from web.database.models import Account, AccountLink, Role

SignIn = Callable[[Role, str], FlaskClient]


def test_links_are_not_stored(app: Flask) -> None:
    """Whoever reads the database cannot join or reset by what stands in it."""
    with app.app_context():
        token = accounts.make_link("join", "admin")
        stored = db.session.scalars(select(AccountLink)).one()
        assert token not in (stored.digest, stored.purpose, stored.role)
        assert accounts.link_for(stored.digest, "join") is None


def test_the_first_account_uses_up_the_printed_links(app: Flask, client: FlaskClient) -> None:
    """An empty server prints a new link at every start; once one of them has made the admin, none makes another."""
    with app.app_context():
        first, second = accounts.make_link("join", "admin"), accounts.make_link("join", "admin")
        db.session.commit()
    post(client, f"/join/{first}", name="A", email="a@example.org", password=PASSWORD, again=PASSWORD)
    assert "used up" in app.test_client().get(f"/join/{second}").text


def test_a_new_password_uses_up_the_links_to_it(app: Flask, account: Callable[[Role, str], Account]) -> None:
    """Of two links for a new password, the second one does nothing once the first has been used."""
    id_ = account("manager", "m@example.org").id
    with app.app_context():
        first, second = (accounts.make_link("reset", account=db.session.get(Account, id_)) for _ in range(2))
        db.session.commit()
    words = "another birch and table"
    assert "used up" not in post(app.test_client(), f"/reset/{first}", password=words, again=words)
    assert "used up" in app.test_client().get(f"/reset/{second}").text


def test_links_begin_as_the_operator_says(app: Flask, signed_in: SignIn) -> None:
    """The address of a link for somebody else comes from the settings, never from a request that says another host."""
    signed = signed_in("admin", "a@example.org")
    public = another(app, public_url="https://pelikirja.example").test_client()
    public.set_cookie("pelikirja", cookie_of(signed), domain="evil.example")
    token = re.search(
        r'name="csrf_token"[^>]*value="([^"]+)"', public.get("/admin", base_url="http://evil.example").text
    )
    assert token
    data = {"csrf_token": token[1], "role": "manager"}
    page = public.post("/admin", base_url="http://evil.example", data=data).text
    assert "https://pelikirja.example/join/" in page
    assert "http://evil.example" not in page


def test_nothing_on_a_page_begins_as_a_forged_request_says(app: Flask) -> None:
    """No page of any role, and no form's answer that shows a link, has the host of a request that names another."""
    world = make_world(another(app, public_url="https://pelikirja.example"), [sheet("members", 3)] * 6)
    for rule in rules(world.app):
        if "GET" in (rule.methods or ()) and rule.endpoint not in ("coaches.check", "coaches.scenarios"):
            for role in ROLES:
                browser = world.app.test_client()
                browser.set_cookie("pelikirja", cookie_of(world.browsers[role]), domain="evil.example")
                page = browser.get(world.path(rule), base_url="http://evil.example")
                assert "evil.example" not in page.text + page.headers.get("Location", ""), (rule.endpoint, role)
