"""The story without a browser: a round is started, people answer in two languages, the result comes at closing."""

from __future__ import annotations

import re
from collections.abc import Callable

from flask import Flask
from flask.testing import FlaskClient

from tests.web.conftest import CSRF, post
from web.database.models import Role

SignIn = Callable[[Role, str], FlaskClient]
FIELD = re.compile(r'<input type="(?:hidden|radio)"[^>]*name="([^"]+)" value="([^"]*)"')
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
RADIO = re.compile(r'<input type="radio" id="[^"]+" name="([^"]+)" value="(\d+)"')


def answer(client: FlaskClient, path: str, value: int, finnish: bool = False) -> str:
    """Answer every question of a link with one value, screen by screen; give the last page."""
    page = client.get(path).get_data(as_text=True)
    if finnish:
        token = CSRF.search(page)
        assert token
        client.post("/language/fi", data={"csrf_token": token[1], "back": path})
        page = client.get(path).get_data(as_text=True)
    for _ in range(40):
        fields = dict(HIDDEN.findall(page.split("<main")[1]))
        fields |= {name: str(value) for name, _ in RADIO.findall(page)}
        fields["go"] = "send" if 'value="send"' in page else "next"
        page = client.post(path, data=fields).get_data(as_text=True)
        if fields["go"] == "send":
            return page
    raise AssertionError("there was no end to the questions")


def started(manager: FlaskClient) -> tuple[str, list[str]]:
    """Start a round of a team of seven; give its page, and the paths of its links, the members' first."""
    post(manager, "/teams/new", name="Nokka", size="7", work_mode="hybrid", together_since="", language="en")
    page = manager.get("/teams/1/rounds/new").get_data(as_text=True)
    fields = dict(re.findall(r'<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"', page.split("<main")[1]))
    selects = dict(re.findall(r'<select[^>]*name="([^"]+)"[^>]*>.*?<option[^>]*value="([^"]+)"', page, re.DOTALL))
    manager.post("/teams/1/rounds/new", data={**selects, **fields}, follow_redirects=True)
    page = manager.get("/rounds/1").get_data(as_text=True)
    links = re.findall(r"http://localhost(/a/[\w-]+)", page)
    return page, list(dict.fromkeys(links))


def test_the_story(app: Flask, signed_in: SignIn) -> None:
    """Seven answers in two languages become a result with a strength and things to start with, only after closing."""
    manager = signed_in("manager", "m@example.org")
    page, links = started(manager)
    assert links, page
    for number in range(7):
        value = 2 if number % 2 else 3
        last = answer(app.test_client(), links[0], value, finnish=number > 3)
        assert "have arrived" in last or "perillä" in last
    assert manager.get("/rounds/1/result").status_code == 404
    post(manager, "/rounds/1/close")
    result = manager.get("/rounds/1/result")
    assert result.status_code == 200
    assert "Start here" in result.get_data(as_text=True)


def test_the_quick_check(client: FlaskClient) -> None:
    """Without an account, thirteen answers give one person's view at once."""
    last = answer(client, "/quick-check", 2)
    assert "What your answers suggest" in last
    assert "Start here" in last
