"""No page asks the database for more than a handful of things."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import pytest
from flask import Flask
from sqlalchemy import event

from tests.web import making
from tests.web.making import sheet
from tests.web.walking import ADDRESSES, ROLES, World, make_world, rules
from web.database.connection import db

HANDFUL: Final = 6
FILES: Final = ("data.export_team", "data.export_account")
"""Not pages: they hold everything there is."""


@pytest.fixture
def world(app: Flask) -> World:
    """Give a world in which every page has something to show."""
    return make_world(app, [sheet("members", each) for each in (2, 2, 3, 3, 4, 4)])


@contextmanager
def statements(app: Flask) -> Iterator[list[str]]:
    """Give what the database is asked for meanwhile, but for beginning and ending."""
    asked: list[str] = []

    def take(_: Any, __: Any, statement: str, *___: Any) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA")):
            asked.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", take)
    yield asked
    event.remove(engine, "before_cursor_execute", take)


def asked_by_pages(world: World) -> dict[tuple[str, str], list[str]]:
    """Read every page as every role; give what each asked the database for, by route and role."""
    asked = {}
    for rule in rules(world.app):
        if "GET" in (rule.methods or ()) and rule.endpoint not in FILES:
            for role in ROLES:
                with statements(world.app) as made:
                    world.browsers[role].get(world.path(rule))
                asked[rule.rule, role] = made
    return asked


def test_a_handful_for_every_page(world: World) -> None:
    """Every page of every role is made with at most a handful of questions to the database."""
    asked = asked_by_pages(world)
    assert max(len(made) for made in asked.values()) > 1
    many = {key: made for key, made in asked.items() if len(made) > HANDFUL}
    assert not many, "\n".join(f"{key}: {len(made)}\n  " + "\n  ".join(made) for key, made in many.items())


def test_no_more_where_there_is_more_to_show(world: World) -> None:
    """More teams, rounds and answers do not make any page ask the database more often."""
    before = {key: len(made) for key, made in asked_by_pages(world).items()}
    with world.app.app_context():
        teams = [making.make_team(ADDRESSES["manager"], f"Team {number}") for number in range(4)]
        for team in (*teams, *teams):
            making.answered_round(team)
        for team in teams:
            making.open_round(team, ["Aino", "Eero", "Helmi"])
        making.answer(world.open, "members", *[sheet("members", 4)] * 3)
    after = {key: len(made) for key, made in asked_by_pages(world).items()}
    assert {key: (before[key], count) for key, count in after.items() if count > before[key]} == {}
