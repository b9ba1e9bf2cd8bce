"""Worlds that differ in nothing but answers, and everything that anybody can get of one."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.small import shipped
from tests.web.conftest import settings_for
from tests.web.making import sheet
from tests.web.walking import ROLES, Given, World, make_world, rules, words
from web.app import create_app
from web.database.connection import db

Make = Callable[..., World]
TWO_TO_FOUR = (2, 2, 3, 3, 4, 4)
CONTENT = ("coaches.check", "coaches.scenarios", "coaches.rule")
"""Pages that show the coaches' files as somebody may be editing them now, or take seconds to try; they know no team."""
WHAT_IFS = [("agreements", "1.4"), ("agreements", "3"), ("shared-goals", "4.6"), ("courage-to-challenge", "2.5")]
CLOSED = tuple(sheet("members", each) for each in TWO_TO_FOUR)


class Noon(datetime):
    """A clock that stands still."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Noon:
        """Give one noon."""
        return cls(2026, 11, 25, 12, tzinfo=tz)


@pytest.fixture
def worlds(empty: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Make]:
    """Give a way to make worlds, each with a database of its own, all at the same noon: midnight changes pages too."""
    made: list[Flask] = []
    monkeypatch.setattr("web.database.models.datetime", Noon)

    def make(closed: Sequence[Given] = CLOSED, opened: Sequence[Given] = (), managers_own: int = 4) -> World:
        path = tmp_path / f"{len(made)}.sqlite"
        path.write_bytes(empty.read_bytes())
        app = create_app(settings_for(path))
        made.append(app)
        return make_world(app, closed, opened, managers_own)

    yield make
    for app in made:
        with app.app_context():
            db.engine.dispose()


def everything(world: World, *roles: str) -> dict[tuple[str, str], str]:
    """Give every page and file that a role can get, of the open round as well as of the closed one."""
    found = {}
    for rule in rules(world.app):
        if "GET" in (rule.methods or set()) and rule.endpoint not in CONTENT:
            for path in both(world, world.path(rule)):
                for role in roles or ROLES:
                    response = world.browsers[role].get(path)
                    assert response.status_code < 500, path
                    found[role, path] = told(response)
    for dimension, score in WHAT_IFS if "manager" in (roles or ROLES) else ():
        path = f"/rounds/{world.closed}/what-if?dimension={dimension}&score={score}"
        found["manager", path] = told(world.browsers["manager"].get(path))
    return found


def explained(world: World, *rounds: int) -> dict[str, str]:
    """Give the pages of reasons that the manager gets for every play and every finding of closed rounds."""
    library = shipped()
    about = (*library.plays, *library.findings)
    paths = [f"/rounds/{id_}/why/{each}" for id_ in rounds for each in about]
    return {path: told(world.browsers["manager"].get(path)) for path in paths}


def told(response: TestResponse) -> str:
    """Give what an answer says: its status, where it leads and its words."""
    return f"{response.status_code} {response.headers.get('Location')} {words(response)}"


def both(world: World, path: str) -> set[str]:
    """Give a path, where it is a round's for the closed round and for the open one."""
    return {re.sub(r"^/rounds/\d+", f"/rounds/{each}", path) for each in (world.closed, world.open)}


def differing(one: World, two: World, *roles: str) -> list[tuple[str, str]]:
    """Give where two worlds differ for a role."""
    first, second = everything(one, *roles), everything(two, *roles)
    assert first.keys() == second.keys()
    return [where for where, text in first.items() if text != second[where]]


def exported(world: World) -> dict[str, Any]:
    """Give the members' part of the profile that the manager gets of the closed round, as data."""
    data = json.loads(world.browsers["manager"].get("/teams/1/export").data)
    result = data["rounds"][0]["result"]
    assert isinstance(result, dict)
    return result
