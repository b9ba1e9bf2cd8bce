"""Whatever is sent, the server answers in plain words with all its headers, and never with a fault of its own."""

from __future__ import annotations

import itertools
import logging
import re
from io import BytesIO
from unittest.mock import patch

import pytest
from flask import Flask
from gunicorn.http.errors import InvalidChunkSize, NoMoreData
from werkzeug.test import TestResponse

from tests.web.making import sheet
from tests.web.strange import ASKED, FIELDS, IDS, METHODS, STRANGE_HEADERS, WORDS, bodies
from tests.web.test_security import INLINE
from tests.web.walking import World, make_world, rules, token_of, unchanged
from web import serving
from web.security import HEADERS, MAX_REQUEST


@pytest.fixture
def world(app: Flask) -> World:
    """Give people of every role, and a manager's team with rounds."""
    app.testing = False
    return make_world(app, [sheet("members", each) for each in (2, 2, 3, 3, 4, 4)])


def role_for(path: str) -> str:
    """Give who gets furthest on a page."""
    behind = {"/admin": "admin", "/teams": "manager", "/rounds": "manager"}
    return next((role for begin, role in behind.items() if path.startswith(begin)), "coach")


def check(response: TestResponse, what: object) -> None:
    """Check that an answer is no fault, and has everything that every answer has."""
    assert response.status_code < 500, what
    policy = response.headers.get("Content-Security-Policy", "")
    assert "default-src 'none'" in policy, what
    assert "unsafe" not in policy, what
    assert {*HEADERS} <= {*response.headers.keys()}, what
    if response.mimetype == "text/html":
        assert not INLINE.search(response.text), what
        assert response.headers["Cache-Control"] == "no-store", what
    assert "a=b" not in response.headers.getlist("Set-Cookie"), what
    response.close()


def test_strange_addresses(world: World) -> None:
    """In place of every argument of every route, whatever cannot be one is not found, for GET and POST."""
    for rule in rules(world.app):
        right, browser = world.values(rule), world.browsers[role_for(rule.rule)]
        data = {"csrf_token": token_of(browser)}
        with unchanged(world.app):
            for name, each in itertools.product(rule.arguments, IDS):
                path = re.sub(r"<(?:int:)?(\w+)>", lambda part: str({**right, name: each}[part[1]]), rule.rule)  # noqa: B023  # called at once
                for method in {"GET", "POST"} & (rule.methods or set()):
                    check(browser.open(path, method=method, data=data if method == "POST" else None), path[:80])


def test_strange_words_everywhere(world: World) -> None:
    """Something strange in every field of any form at once, and in a query, is refused or taken."""
    for rule in rules(world.app):
        path, browser = world.path(rule), world.browsers[role_for(rule.rule)]
        data = {"csrf_token": token_of(browser)}
        with unchanged(world.app):
            for word in WORDS.values() if "POST" in (rule.methods or ()) else ():
                check(browser.post(path, data={**dict.fromkeys(FIELDS, word), **data}), (path, word[:9]))
    for path in ("/sign-in", "/rounds/1/what-if", "/rules", "/quick-check", "/rounds/1/result", f"/a/{world.members}"):
        for word in WORDS.values():
            query = dict.fromkeys([*FIELDS, "next", "another", "q"], word)
            check(world.browsers[role_for(path)].get(path, query_string=query), (path, word[:9]))


def test_one_strange_word(world: World) -> None:
    """Something strange in one field, all others being right, is refused or taken."""
    for page, fields in ASKED.items():
        path = page.format(world)
        browser = world.browsers[role_for(path)]
        token = token_of(browser)
        with unchanged(world.app):
            for field in fields.split():
                for word in WORDS.values():
                    check(browser.post(path, data={**FIELDS, field: word, "csrf_token": token}), (field, word[:9]))


def test_strange_headers(world: World) -> None:
    """Headers that no browser sends are no fault, on pages, files, links and where there is nothing."""
    for path in ("/teams", "/sign-in", "/static/pelikirja.css", f"/a/{world.members}", "/nothing"):
        for headers in STRANGE_HEADERS:
            for method in ("GET", "POST"):
                check(world.browsers["manager"].open(path, method=method, headers=headers), (path, headers))


def test_strange_methods(world: World) -> None:
    """A method that a page does not take is answered in plain words."""
    for method, path in itertools.product(
        METHODS, ("/teams", "/sign-in", "/static/pelikirja.css", f"/a/{world.members}", "/nothing")
    ):
        response = world.browsers["manager"].open(path, method=method)
        check(response, path)
        assert response.status_code in ((200, 404) if method in ("HEAD", "OPTIONS") else (400, 404, 405))


def test_strange_files(world: World) -> None:
    """Under the files that everybody gets is nothing else, and that there is nothing is not kept by any cache."""
    for name in ("a" * 5000, "../app.py", "%2e%2e/app.py", "..%5capp.py", "%00", ".", "", "\u202e"):
        response = world.browsers["nobody"].get(f"/static/{name}")
        check(response, name)
        assert response.status_code in (400, 404)
        assert response.headers["Cache-Control"] == "no-store"


def test_strange_bodies(world: World) -> None:
    """A body that no browser sends is refused or read as far as it goes, on every kind of form."""
    for path in (f"/a/{world.members}", "/sign-in", "/teams/1/edit", "/rounds/2/links/members", "/language/fi"):
        browser = world.browsers["manager"]
        for what, (kind, body) in bodies(token_of(browser).encode()).items():
            with unchanged(world.app):
                check(browser.post(path, input_stream=BytesIO(body), content_type=kind, content_length=len(body)), what)


@pytest.mark.parametrize("fault", [InvalidChunkSize(b"xyz"), NoMoreData(b"")])
def test_a_body_that_cannot_be_read(app: Flask, caplog: pytest.LogCaptureFixture, fault: Exception) -> None:
    """A body in which gunicorn finds a fault is the sender's: 400 on every kind of form, and no error in the log."""

    class Unreadable(BytesIO):
        def read(self, _: int | None = -1) -> bytes:
            raise fault

        readline = read  # whichever way it is read

    app.testing = False
    serving.refuse_unreadable(app)
    sent = {"wsgi.input_terminated": True, "HTTP_TRANSFER_ENCODING": "chunked"}
    for path in ("/a/token", "/sign-in", "/teams/1/edit"):
        for kind in ("application/x-www-form-urlencoded", "multipart/form-data; boundary=x"):
            response = app.test_client().post(path, input_stream=Unreadable(), content_type=kind, environ_base=sent)
            check(response, path)
            assert response.status_code == 400, path
    assert not [each for each in caplog.records if each.levelno >= logging.ERROR]


def test_long_addresses(world: World) -> None:
    """Very long paths and queries are no fault."""
    many = "&".join(f"a{each}=1" for each in range(20_000))
    for path in ("/", "/join/", "/sign-in?next=", "/a/", f"/?{many}", "//evil.example/a", "/%", "/%zz", "/a/%f0%9f"):
        check(world.browsers["manager"].get(path + "x" * 60_000), path[:40])


def test_faults_have_their_headers_too(world: World) -> None:
    """A fault of ours, a form without its token and one that is too large are answered with everything else."""
    with patch.dict(world.app.view_functions, {"front.privacy": lambda: 1 / 0}):
        fault = world.browsers["nobody"].get("/privacy")
    assert fault.status_code == 500
    for response in (fault, world.browsers["nobody"].post("/sign-in"),
                     world.browsers["nobody"].post("/sign-in", data={"a": "x" * (MAX_REQUEST + 1)})):  # fmt: skip
        assert "default-src 'none'" in response.headers["Content-Security-Policy"]
        assert response.headers["Cache-Control"] == "no-store"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
