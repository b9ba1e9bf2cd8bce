"""Sessions begin anew, end by themselves and stay on this site; passwords cannot be tried, links are used once."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.http import parse_cookie

import web
from tests.web.conftest import PASSWORD, post
from tests.web.walking import token_of
from web.accounts import sessions
from web.app import create_app
from web.database.connection import db
from web.database.models import Account, AccountSession, Role, now
from web.security import way_on

SignIn = Callable[[Role, str], FlaskClient]
ELSEWHERE = (
    "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example", "https://evil.example",
    "/\t/evil.example", "/\n/evil.example", " //evil.example", "javascript:alert(1)", "evil.example",
    "http:evil.example", "", "//[", "http://[", "/\t/[",
)  # fmt: skip


def another(app: Flask, **changes: Any) -> Flask:
    """Give an application on the same database with other settings."""
    return create_app(replace(app.config["PELIKIRJA"], **changes))


# --- ways on ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_nobody_is_led_to_another_site(app: Flask, account: Callable[[Role, str], Account], wanted: str) -> None:
    """Neither signing in nor choosing a language leads anywhere but to a path of this site."""
    account("manager", "m@example.org")
    client = app.test_client()
    token = token_of(client)
    back = client.post("/language/fi", data={"csrf_token": token, "back": wanted})
    entry = {"csrf_token": token, "email": "m@example.org", "password": PASSWORD}
    entered = client.post("/sign-in", query_string={"next": wanted}, data=entry)
    assert back.headers["Location"] == "/"
    assert entered.headers["Location"] == "/"


def test_every_way_on_is_ours() -> None:
    """Whatever leads on, anywhere in the web, leads to a page of ours by its name, or has been looked at first."""
    ways = [
        (path.name, ast.unparse(node.args[0]))
        for path in Path(web.__file__).parent.rglob("*.py") for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "redirect"
    ]  # fmt: skip
    assert len(ways) > 20
    assert not [each for each in ways if not each[1].startswith(("url_for(", "way_on("))]


def test_a_way_on_within_the_site_is_taken(app: Flask, account: Callable[[Role, str], Account]) -> None:
    """Whoever was asked to sign in comes to the page that they wanted."""
    account("manager", "m@example.org")
    client = app.test_client()
    asked = client.get("/account/export?a=b").headers["Location"]
    entry = {"csrf_token": token_of(client), "email": "m@example.org", "password": PASSWORD}
    assert client.post(asked, data=entry).headers["Location"] == "/account/export?a=b"
    assert way_on("/teams?x=//evil.example", "/") == "/teams?x=//evil.example"


# --- sessions ---------------------------------------------------------------------------------------------------------


def cookie_of(client: FlaskClient, name: str = "pelikirja") -> str:
    """Give the session that a browser holds."""
    found = client.get_cookie(name)
    return found.value if found else ""


def test_signing_in_begins_a_new_session(app: Flask, account: Callable[[Role, str], Account]) -> None:
    """A session that somebody planted before is worth nothing after: neither it nor its form tokens are taken."""
    account("manager", "m@example.org")
    client, attacker = app.test_client(), app.test_client()
    token = token_of(attacker)
    planted = cookie_of(attacker)
    client.set_cookie("pelikirja", planted)
    entry = {"csrf_token": token, "email": "m@example.org", "password": PASSWORD}
    assert client.post("/sign-in", data=entry).status_code == 302
    assert cookie_of(client) != planted
    assert attacker.get("/account").status_code == 302
    assert client.post("/language/fi", data={"csrf_token": token}).status_code == 400


def test_a_session_ends_by_itself(app: Flask, account: Callable[[Role, str], Account]) -> None:
    """Whoever does nothing for the time that the settings say is signed out; whoever does something is not."""
    account("manager", "m@example.org")
    client = another(app, session_seconds=3600).test_client()
    clock = [1_000_000_000]
    with patch("itsdangerous.timed.TimestampSigner.get_timestamp", lambda _: clock[0]):
        post(client, "/sign-in", email="m@example.org", password=PASSWORD)
        for minutes, status in ((50, 200), (100, 200), (161, 302)):
            clock[0] = 1_000_000_000 + minutes * 60
            assert client.get("/account").status_code == status


def test_signing_out_forgets_who_it_was(signed_in: SignIn) -> None:
    """After signing out the browser is nobody's, and keeps the language."""
    browser = signed_in("manager", "m@example.org")
    post(browser, "/language/fi", "/account")
    assert "Kirjaudu sisään" in post(browser, "/sign-out", "/account")
    assert browser.get("/account").status_code == 302


def copied(app: Flask, browser: FlaskClient) -> FlaskClient:
    """Give another browser with a copy of a browser's cookie."""
    copy = app.test_client()
    copy.set_cookie("pelikirja", cookie_of(browser))
    return copy


def test_signing_out_ends_a_copied_session(app: Flask, signed_in: SignIn) -> None:
    """Whoever has copied the cookie is signed out with the browser that it was copied from; another browser is not."""
    browser = signed_in("manager", "m@example.org")
    other, thief = app.test_client(), copied(app, browser)
    post(other, "/sign-in", email="m@example.org", password=PASSWORD)
    assert thief.get("/account").status_code == 200
    post(browser, "/sign-out", "/account")
    assert thief.get("/account").status_code == 302
    assert other.get("/account").status_code == 200


def test_signing_in_again_ends_what_went_on_before(app: Flask, signed_in: SignIn) -> None:
    """A browser has one session: signing in anew in it ends the one before, also for a copy."""
    browser = signed_in("manager", "m@example.org")
    thief = copied(app, browser)
    post(browser, "/sign-in", email="m@example.org", password=PASSWORD)
    assert thief.get("/account").status_code == 302
    assert browser.get("/account").status_code == 200


def test_one_can_sign_out_elsewhere(app: Flask, signed_in: SignIn) -> None:
    """The account's page says in how many other browsers one is signed in, and one button ends those sessions only."""
    browser, other = signed_in("manager", "m@example.org"), app.test_client()
    assert "Sign out there" not in browser.get("/account").text
    post(other, "/sign-in", email="m@example.org", password=PASSWORD)
    assert "One other browser" in browser.get("/account").text
    assert "Everywhere else" in post(browser, "/account/sign-out-elsewhere", "/account")
    assert (browser.get("/account").status_code, other.get("/account").status_code) == (200, 302)


@pytest.mark.parametrize("how", ["password", "closed", "erased"])
def test_sessions_end_with_what_they_rest_on(app: Flask, signed_in: SignIn, how: str) -> None:
    """A new password, a closed account and an erased one end the sessions in every browser."""
    browser = signed_in("manager", "m@example.org")
    thief, other, words = copied(app, browser), app.test_client(), "another birch and table"
    post(other, "/sign-in", email="m@example.org", password=PASSWORD)
    assert other.get("/account").status_code == 200
    if how == "password":
        assert "is changed" in post(browser, "/account", old=PASSWORD, password=words, again=words)
        assert browser.get("/account").status_code == 200
    elif how == "closed":
        post(signed_in("admin", "a@example.org"), "/admin/accounts/1/switch", "/admin")
    else:
        post(browser, "/account/erase", password=PASSWORD)
    assert [each.get("/account").status_code for each in (thief, other)] == [302, 302]


def test_a_session_ends_even_if_it_is_used_all_the_time(app: Flask, signed_in: SignIn) -> None:
    """A stolen cookie that somebody keeps warm is worth nothing after two weeks, and its row is deleted."""
    thief = copied(app, signed_in("manager", "m@example.org"))
    for after, status in ((sessions.LONGEST - timedelta(minutes=1), 200), (sessions.LONGEST, 302)):
        with patch("web.accounts.sessions.now", lambda after=after: now() + after):
            assert thief.get("/account").status_code == status
    with app.app_context(), patch("web.accounts.sessions.now", lambda: now() + timedelta(days=15)):
        sessions.forget_old()
        assert not db.session.scalars(select(AccountSession)).all()


def test_what_is_stored_of_a_session_opens_nothing(app: Flask, signed_in: SignIn) -> None:
    """Whoever reads the database finds no secret of a session, and nothing of the browser."""
    browser = signed_in("manager", "m@example.org")
    with app.app_context(), browser.session_transaction() as kept:
        row = db.session.scalars(select(AccountSession)).one()
        assert {*AccountSession.__table__.columns.keys()} == {"id", "digest", "account_id", "expires"}
        assert kept["_user_id"] != row.digest
        assert sessions.account_of(kept["_user_id"])
        assert sessions.account_of(row.digest) is None


@pytest.mark.parametrize("secure", [True, False])
def test_flags_of_the_cookie(app: Flask, secure: bool) -> None:
    """No script reads the session, no other site sends it, and with HTTPS it never travels without."""
    client = another(app, secure=secure).test_client()
    header = client.get("/", base_url="https://localhost" if secure else "http://localhost").headers["Set-Cookie"]
    flags = {each.strip().partition("=")[0]: each.strip().partition("=")[2] for each in header.split(";")}
    assert "HttpOnly" in flags
    assert flags["SameSite"] == "Lax"
    assert flags["Path"] == "/"
    assert "Domain" not in flags
    assert ("Secure" in flags, "__Host-pelikirja" in parse_cookie(header)) == (secure, secure)


def test_https_is_remembered(client: FlaskClient) -> None:
    """Over HTTPS browsers are told to stay with it; without HTTPS they are not."""
    assert "max-age" in client.get("/", base_url="https://localhost").headers["Strict-Transport-Security"]
    assert "Strict-Transport-Security" not in client.get("/").headers


def test_forms_work_over_https(app: Flask) -> None:
    """Over HTTPS a form is taken although our pages tell browsers to send no Referer."""
    client = another(app, secure=True).test_client()
    client.get("/sign-in", base_url="https://localhost")
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get("/", base_url="https://localhost").text)
    assert found
    response = client.post("/language/fi", base_url="https://localhost", data={"csrf_token": found[1]})
    assert response.status_code == 302
