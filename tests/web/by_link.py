"""An open round, and somebody who answers by a link of it as a browser without script does."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.web.making import link_to, make_team, open_round, sheet
from tests.web.walking import token_of
from web.database.connection import db
from web.database.models import Account, Role, RoundLink, Sheet

MakeAccount = Callable[[Role, str], Account]
HIDDEN: Final = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
KEY: Final = "key-of-a-device-000000"
LAST: Final = 14


@pytest.fixture
def open_(app: Flask, account: MakeAccount) -> int:
    """Give the id of an open round in which one member has a personal link, and all others have one together."""
    account("manager", "m@example.org")
    with app.app_context():
        made = open_round(make_team("m@example.org"))
        db.session.add(RoundLink(round_id=made, group="members", token="personal-link-of-aino", name="Aino"))
        db.session.commit()
        return made


def path_of(app: Flask, round_id: int, group: str = "members", name: str = "") -> str:
    """Give the path of a link."""
    with app.app_context():
        return f"/a/{link_to(round_id, group, name).token}"


def step(client: FlaskClient, path: str, go: str, at: int = 0, answers: Mapping[str, object] | None = None) -> str:
    """Press a button on a screen, as a browser without script does."""
    form = {"csrf_token": token_of(client), "key": KEY, "step": str(at), "go": go, **(answers or {})}
    return client.post(path, data=form).text


def send(client: FlaskClient, path: str, **other: object) -> str:
    """Send a whole sheet from the last page."""
    return step(client, path, "send", LAST, {**sheet("members", 2), **other})


def stored(app: Flask) -> list[dict[str, int]]:
    """Give the sheets that have come."""
    with app.app_context():
        return list(db.session.scalars(select(Sheet.answers)))


def carried(page: str) -> dict[str, str]:
    """Give what a page's form carries."""
    return dict(HIDDEN.findall(page.split("<main")[1]))
