"""A manager with one team, Nokka, and what starting a round takes."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.web.making import day_after, make_team
from web.database.connection import db
from web.database.models import Role, RoundLink

SignIn = Callable[[Role, str], FlaskClient]
PATHS = (
    "/rounds/1", "/rounds/1/links/members", "/rounds/1/links/members/slips", "/rounds/1/close", "/rounds/1/move",
    "/rounds/1/delete",
)  # fmt: skip


def wanted(**others: str | None) -> dict[str, str]:
    """Give the fields of a usual round, but for some."""
    usual = {"questionnaire": "appreciative-review", "members": "8", "manager": "y", "last_day": day_after(5)}
    return {key: value for key, value in {**usual, **others}.items() if value}


@pytest.fixture
def manager(app: Flask, signed_in: SignIn) -> FlaskClient:
    """Give the browser of a manager with one team, Nokka."""
    client = signed_in("manager", "m@example.org")
    with app.app_context():
        make_team("m@example.org")
    return client


def page(client: FlaskClient, path: str, status: int = 200) -> str:
    """Give a page that answers as it should, as it is read."""
    response = client.get(path)
    assert response.status_code == status
    return unescape(response.get_data(as_text=True))


def tokens(app: Flask, group: str) -> dict[str, str]:
    """Give the secrets of a group's links by name."""
    with app.app_context():
        found = db.session.scalars(select(RoundLink).where(RoundLink.group == group))
        return {each.name: each.token for each in found}
