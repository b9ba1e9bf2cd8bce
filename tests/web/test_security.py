"""Nobody reaches another's pages, forges a form, runs a script on our pages, or is led to another site."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from unittest.mock import patch

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.web.conftest import post
from tests.web.making import sheet
from tests.web.routes import LIST, routes, table, written
from tests.web.walking import ROLES, World, make_world, token_of
from web.database.connection import db
from web.database.models import Account, Role
from web.security import MAX_REQUEST

SignIn = Callable[[Role, str], FlaskClient]
INLINE = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+\s*=|javascript:", re.IGNORECASE)


@pytest.fixture
def world(app: Flask) -> World:
    """Give people of every role, and a manager's team with rounds."""
    app.testing = False  # a page that fails is told by its route, not by its trace
    return make_world(app, [sheet("members", each) for each in (2, 2, 3, 3, 4, 4)])


# --- who may see what -------------------------------------------------------------------------------------------------


def test_the_golden_list_of_routes(world: World) -> None:
    """Every route is in the list, and each role gets of it what the list says."""
    found = table(world)
    again = "if this is meant: python -m tests.web.routes, and look at the difference"
    assert json.loads(LIST.read_text(encoding="utf-8")) == found, again
    assert LIST.read_text(encoding="utf-8") == written(found), again


def test_what_is_in_the_list_is_right() -> None:
    """Nothing fails; what is behind signing in is nobody's; what names a team or a round is its manager's alone."""
    for name, gets in json.loads(LIST.read_text(encoding="utf-8")).items():
        assert not any(each.isdigit() for each in gets.values()), name
        if "/teams/<" in name or "/rounds/<" in name:
            assert gets["nobody"] == "signs in", name
            assert {gets[role] for role in ("another manager", "coach", "admin")} == {"nothing"}, name
        if "/admin" in name:
            assert {gets[role] for role in ("manager", "another manager", "coach")} == {"nothing"}, name
        if gets["nobody"] == "signs in":
            assert "sees" in gets.values() or "goes on" in gets.values() or "refused" in gets.values(), name


def test_another_team_of_ones_own_opens_no_other(world: World) -> None:
    """A manager who has a team of their own reaches that one, and no other by its number."""
    browser = world.browsers["another manager"]
    assert browser.get("/teams/2/export").status_code == 200
    assert browser.get("/teams/1/export").status_code == 404
    assert browser.get("/teams/3/export").status_code == 404


# --- forged forms -----------------------------------------------------------------------------------------------------


def test_every_form_asks_for_its_token(world: World) -> None:
    """Without a token, with a wrong one and with another browser's, every POST is refused, whoever sends it."""
    posts = [path for _, method, path in routes(world) if method != "GET"]
    assert len(posts) > 10
    foreign = token_of(world.app.test_client())
    for path in posts:
        for role in ROLES:
            browser = world.browsers[role]
            for data in ({}, {"csrf_token": "made-up"}, {"csrf_token": foreign}):
                assert browser.post(path, data=data).status_code == 400, (path, role)


# --- scripts ----------------------------------------------------------------------------------------------------------


def test_no_page_has_anything_inline(world: World) -> None:
    """Every page forbids inline scripts and styles, and has none: no script, style or handler inside the page."""
    seen = 0
    for name, method, path in routes(world):
        if method != "GET":
            continue
        for role in ROLES:
            response = world.browsers[role].get(path)
            policy = response.headers["Content-Security-Policy"]
            assert "unsafe" not in policy, name
            assert "default-src 'none'" in policy, name
            assert response.headers["X-Content-Type-Options"] == "nosniff", name
            assert response.headers["Cache-Control"] == "no-store", name
            if response.mimetype == "text/html":
                seen += 1
                assert response.status_code < 500, name
                assert not INLINE.search(response.text), (name, role)
                assert "http://" not in re.sub(r"http://(www\.w3\.org|localhost)[/\w.]*", "", response.text), name
    assert seen > 40


def test_files_may_be_kept(client: FlaskClient) -> None:
    """Styles and scripts are the same for everybody, so browsers may keep them; pages they may not."""
    linked = re.findall(r'<link rel="stylesheet" href="([^"]+)"', client.get("/").text)
    assert len(linked) > 1
    for path in linked:
        with client.get(path) as response:
            assert response.status_code == 200
            assert "no-store" not in response.headers.get("Cache-Control", "")


def test_what_people_type_stays_text(app: Flask, signed_in: SignIn) -> None:
    """A name with markup in it is shown as it was typed, and is no markup."""
    name = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
    admin = signed_in("admin", "a@example.org")
    with app.app_context():
        db.session.scalars(select(Account)).one().name = name
        db.session.commit()
    for path in ("/account", "/admin", "/admin/log"):
        page = admin.get(path).text
        assert "&lt;script&gt;" in page
        assert "<script>alert" not in page
        assert "<img src=x" not in page


# --- too much, and faults ---------------------------------------------------------------------------------------------


def test_too_much_is_refused(world: World) -> None:
    """A form that is larger than any of ours is refused in plain words, on every route."""
    for _, method, path in routes(world):
        if method == "GET":
            continue
        for data in ({"a": "x" * (MAX_REQUEST + 1)}, {"file": (BytesIO(b"x" * (MAX_REQUEST + 1)), "a.txt")}):
            response = world.browsers["manager"].post(path, data=data)
            assert response.status_code == 413, path
            assert "too much" in response.text


@pytest.mark.parametrize("where", ["path", "query", "form"])
def test_nul_is_refused(client: FlaskClient, where: str) -> None:
    """A character that PostgreSQL cannot store is refused before anything is looked up."""
    token = token_of(client)
    if where == "path":
        response = client.get("/join/a%00b")
    elif where == "query":
        response = client.get("/sign-in?next=%00")
    else:
        response = client.post("/sign-in", data={"csrf_token": token, "email": "a\0@example.org", "password": "x"})
    assert response.status_code == 400


def test_error_pages_tell_nothing(app: Flask, signed_in: SignIn, caplog: pytest.LogCaptureFixture) -> None:
    """A fault gives a page in plain words, no trace, and no address in the log."""
    signed = signed_in("manager", "m@example.org")
    app.testing = False

    def fails(token: str) -> str:
        raise RuntimeError("secret words")

    with patch.dict(app.view_functions, {"accounts.join": fails}):
        response = signed.get("/join/token-of-somebody")
    assert response.status_code == 500
    assert "our fault" in response.text
    assert not re.search(r"Traceback|secret words|File \"", response.text)
    assert "RuntimeError on accounts.join (GET)" in caplog.text
    assert not re.search(r"token-of-somebody|secret words\b(?!\"\))", caplog.text)
    assert "Content-Security-Policy" in response.headers


def test_a_database_that_is_away_has_its_page(app: Flask, signed_in: SignIn) -> None:
    """Where the database is not reached, even somebody signed in gets the page that says so, in their language."""
    signed = signed_in("manager", "m@example.org")
    app.testing = False
    post(signed, "/language/fi", "/account")
    with app.app_context():
        path = Path(db.engine.url.database or "")
        db.engine.dispose()
    path.write_bytes(b"no database at all" * 100)
    response = signed.get("/account")
    assert response.status_code == 500
    assert "Vika on meidän" in response.text


@pytest.mark.parametrize(("path", "method", "status"), [("/nothing", "GET", 404), ("/sign-out", "GET", 405)])
def test_what_is_not_there(client: FlaskClient, path: str, method: str, status: int) -> None:
    """An unknown page, and one that only takes forms, are answered with what to do."""
    response = client.open(path, method=method)
    assert response.status_code == status
    assert "There is nothing here" in response.text
