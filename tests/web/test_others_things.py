"""What is somebody else's cannot be changed: not by a form that is right in everything but in who sends it."""

from __future__ import annotations

import sqlite3
from typing import Final

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.web.making import day_after, sheet
from tests.web.routes import routes
from tests.web.walking import ROLES, World, make_world, rules, token_of, unchanged
from tests.web.worlds import CONTENT
from web.database.connection import db

TEAM: Final = {"name": "Stolen", "size": "9", "work_mode": "remote", "language": "fi"}
ROUND: Final = {"questionnaire": "quick-check", "members": "9", "manager": "y"}
FORMS: Final[dict[str, tuple[str, str, dict[str, str]]]] = {
    "teams.edit": ("manager", "/teams/1/edit", TEAM),
    "data.erase_team": ("manager", "/teams/1/erase", {"name": "Nokka"}),
    "rounds.new": ("manager", "/teams/1/rounds/new", ROUND),
    "rounds.links": ("manager", "/rounds/2/links/members", {"names": "Aino\nPekka"}),
    "rounds.close": ("manager", "/rounds/2/close", {}),
    "rounds.move": ("manager", "/rounds/2/move", {}),
    "rounds.delete": ("manager", "/rounds/2/delete", {}),
    "results.done": ("manager", "/rounds/1/plays/decision-log/done", {}),
    "results.not_done": ("manager", "/rounds/1/plays/decision-log/not-done", {}),
    "results.adopt": ("manager", "/rounds/1/agreements/common-goal/adopt", {}),
    "results.drop": ("manager", "/rounds/1/agreements/common-goal/drop", {}),
    "results.share": ("manager", "/rounds/1/share", {}),
    "results.take_back": ("manager", "/rounds/1/take-back", {}),
    "accounts.admin": ("admin", "/admin", {"role": "admin"}),
    "accounts.reset_link": ("admin", "/admin/accounts/1/reset", {}),
    "accounts.person": ("admin", "/admin/accounts/1", {"name": "Toinen", "email": "toinen@example.org"}),
    "accounts.take_back": ("admin", "/admin/invitations/1/take-back", {}),
    "accounts.switch": ("admin", "/admin/accounts/1/switch", {}),
}
"""Whose each route is, where, and a form that works."""
BEFORE: Final = {
    "rounds.new": "/rounds/2/close",
    "results.not_done": "/rounds/1/plays/decision-log/done",
    "results.drop": "/rounds/1/agreements/common-goal/adopt",
    "results.share": "/rounds/1/take-back",
}
"""What its owner has to do first, so that there is something to change."""


@pytest.fixture
def world(app: Flask) -> World:
    """Give people of every role, and a manager's team with rounds."""
    return make_world(app, [sheet("members", each) for each in (2, 2, 3, 3, 4, 4)])


def content(world: World) -> list[str]:
    """Give everything in the database."""
    with world.app.app_context():
        path = db.engine.url.database or ""
    with sqlite3.connect(path) as connection:
        found = [*connection.iterdump()]
    connection.close()
    return found


def sent(world: World, role: str, path: str, form: dict[str, str]) -> TestResponse:
    """Send a form as a role, with its own right token."""
    data = {**form, "last_day": day_after(5), "csrf_token": token_of(world.browsers[role])}
    return world.browsers[role].post(path, data=data)


def test_every_route_about_somebodys_things_is_tried(world: World) -> None:
    """Each route that takes forms about teams, rounds or accounts, or that is an admin's, has its form here."""
    about = {rule.endpoint for rule in rules(world.app) if "POST" in (rule.methods or ())
             and ("<int:" in rule.rule or rule.rule.startswith("/admin"))}  # fmt: skip
    assert about == {*FORMS}


@pytest.mark.parametrize("endpoint", FORMS)
def test_a_right_form_from_somebody_else_changes_nothing(world: World, endpoint: str) -> None:
    """Only its owner's form changes anything; everybody else finds nothing there, or is asked to sign in."""
    owner, path, form = FORMS[endpoint]
    with unchanged(world.app):
        if endpoint in BEFORE:
            sent(world, owner, BEFORE[endpoint], {})
        before = content(world)
        for role in ROLES:
            if role != owner:
                response = sent(world, role, path, form)
                assert (response.status_code, "/sign-in?" in response.headers.get("Location", "")) == (
                    (302, True) if role == "nobody" else (404, False)
                )
        assert content(world) == before
        assert sent(world, owner, path, form).status_code in (200, 302)
        assert content(world) != before, "the form is right"


def test_reading_changes_nothing(world: World) -> None:
    """No GET and no HEAD of any role changes anything, so that no link and no picture on another site can."""
    before = content(world)
    for name, method, path in routes(world):
        if method == "GET" and name.split(" → ")[1] not in CONTENT:
            for role in ROLES:
                read = world.browsers[role].get(path)
                head = world.browsers[role].head(path)
                assert (head.status_code, head.data) == (read.status_code, b""), path
                assert head.headers["Content-Security-Policy"], path
    assert content(world) == before
