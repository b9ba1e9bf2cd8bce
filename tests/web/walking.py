"""Walks every route as every role, in a world with two managers' teams, a closed round and an open one."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from unittest.mock import patch

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tests.web import making
from tests.web.conftest import CSRF, PASSWORD, post
from web.accounts import accounts
from web.accounts.passwords import hashed
from web.database.connection import db
from web.database.models import Round, RoundLink
from web.rounds import sheets

ROLES: Final = ("nobody", "manager", "another manager", "coach", "admin")
ADDRESSES: Final = {
    "manager": "maija@example.org",
    "another manager": "matti@example.org",
    "coach": "kaisa@example.org",
    "admin": "anna@example.org",
}
TEAM_LINK: Final = "team-link-of-the-closed-round-000000000000"
Given = Mapping[str, int]


@dataclass
class World:
    """An application with people, teams and rounds, and a browser for each role.

    Args:
        app: the application.
        closed, open: the ids of the manager's rounds.
        tokens: the links of the open round, by group or name.
        links: one-time links of accounts, by purpose.
        browsers: by role.
    """

    app: Flask
    closed: int
    open: int
    tokens: Mapping[str, str]
    links: Mapping[str, str]
    browsers: dict[str, FlaskClient] = field(default_factory=dict)

    def values(self, rule: Rule) -> dict[str, object]:
        """Give what stands for a route's arguments: things of the manager's that there are.

        Raises:
            KeyError: the route has an argument of which nothing is known here.
        """
        return {name: self._value(rule, name) for name in rule.arguments}

    def path(self, rule: Rule) -> str:
        """Give a route's path with what stands for its arguments."""
        with self.app.test_request_context():
            return str(self.app.url_map.bind("localhost").build(rule.endpoint, self.values(rule)))

    def _value(self, rule: Rule, name: str) -> object:
        known = VALUES.get((rule.endpoint, name), VALUES.get((rule.endpoint.split(".")[0], name), VALUES.get(name)))
        if known is None:
            raise KeyError(f"say in tests/web/walking.py what “{name}” of {rule.endpoint} is")
        return getattr(self, known[1:]) if isinstance(known, str) and known.startswith("@") else known

    @property
    def join(self) -> str:
        """Give an invitation."""
        return self.links["join"]

    @property
    def reset(self) -> str:
        """Give a link to choose a new password."""
        return self.links["reset"]

    @property
    def members(self) -> str:
        """Give the members' open link."""
        return self.tokens["members"]


VALUES: Final[Mapping[object, object]] = {
    ("accounts", "id_"): 3,
    ("accounts.take_back", "id_"): 1,
    ("accounts.join", "token"): "@join",
    ("accounts.reset", "token"): "@reset",
    ("answering", "token"): "@members",
    ("results.team", "token"): TEAM_LINK,
    ("teams", "id_"): 1,
    ("rounds.new", "id_"): 1,
    ("rounds", "id_"): "@open",
    ("results", "id_"): "@closed",
    ("coaches.rule", "id_"): "unclear-agreements",
    ("coaches.play", "id_"): "decision-log",
    ("coaches.agreement", "id_"): "common-goal",
    ("coaches.questionnaire", "id_"): making.REVIEW,
    "about": "decision-log",
    "play": "decision-log",
    "template": "common-goal",
    "team_id": 1,
    "round_id": "@closed",
    "chosen": "fi",
    "group": "members",
    "filename": "pelikirja.css",
}
"""What stands for an argument: by endpoint, by blueprint, or everywhere; “@” names something of the world."""


def make_world(app: Flask, closed: Sequence[Given], opened: Sequence[Given] = (), managers_own: int = 4) -> World:
    """Make a world in an empty database.

    Args:
        app: the application.
        closed: the members' sheets of the closed round.
        opened: the members' sheets of the open round.
        managers_own: what the manager answered throughout the closed round.
    """
    with app.app_context(), predictable():
        links = {"join": accounts.make_link("join", "manager")}
        for role in ADDRESSES:
            link = accounts.link_for(accounts.make_link("join", role.split()[-1]), "join")  # type: ignore[arg-type]
            assert link
            accounts.join(link, ADDRESSES[role], role.title(), hashed(PASSWORD), "en")
            db.session.commit()
        account = accounts.account_for(ADDRESSES["another manager"], PASSWORD)
        links["reset"] = accounts.make_link("reset", account=account)
        rounds = _rounds(closed, opened, managers_own)
        making.answered_round(making.make_team(ADDRESSES["another manager"], "Muut"))
        tokens = {each.name or each.group: each.token for each in db.session.scalars(
            select(RoundLink).where(RoundLink.round_id == rounds[1]))}  # fmt: skip
    world = World(app, *rounds, tokens, links)
    for role in ROLES:
        world.browsers[role] = app.test_client()
        if role in ADDRESSES:
            post(world.browsers[role], "/sign-in", email=ADDRESSES[role], password=PASSWORD)
    return world


def _rounds(closed: Sequence[Given], opened: Sequence[Given], managers_own: int) -> tuple[int, int]:
    team = making.make_team(ADDRESSES["manager"])
    first = making.open_round(team)
    making.answer(first, "members", *closed)
    making.answer(first, "manager", making.sheet("manager", managers_own))
    making.answer(first, "customers", *[making.sheet("customers", 4)] * 6)
    assert sheets.close(first, making.FACTS)
    db.session.get_one(Round, first).team_link = TEAM_LINK
    db.session.commit()
    second = making.open_round(team)
    making.answer(second, "members", *opened)
    return first, second


@contextmanager
def predictable(first: int = 0) -> Iterator[None]:
    """Let the tokens of links and the keys of devices be the same in every world, and different from a first one on."""
    count = iter(range(first, 10**6))

    def token(_: int = 0) -> str:
        return hashlib.sha256(str(next(count)).encode()).hexdigest()[:32]

    with patch("secrets.token_urlsafe", token):
        yield


def rules(app: Flask) -> list[Rule]:
    """Give the routes, but for files that are the same for everybody."""
    found = [rule for rule in app.url_map.iter_rules() if rule.endpoint.split(".")[-1] != "static"]
    return sorted(found, key=lambda rule: (rule.rule, sorted(rule.methods or ())))


def token_of(browser: FlaskClient) -> str:
    """Give a CSRF token of a browser."""
    found = CSRF.search(browser.get("/privacy").get_data(as_text=True))
    assert found
    return found[1]


def words(response: TestResponse) -> str:
    """Give an answer without what differs from one time to the next: tokens, nonces, keys, the hour, notices."""
    text = CSRF.sub('name="csrf_token"', response.get_data(as_text=True))
    text = re.sub(r' *<p class="notice [\w-]+" role="status">.*</p>\n', "", text)
    text = re.sub(r'name="key" value="[^"]*"', "", text)
    return re.sub(r'nonce="[^"]*"|\d?\d:\d\d(:\d\d)?', "", text)


@contextmanager
def unchanged(app: Flask, method: str = "POST") -> Iterator[None]:
    """Put the database back as it was, unless a method that changes nothing was tried."""
    if method == "GET":
        yield
        return
    with app.app_context():
        path = Path(db.engine.url.database or "")
        db.engine.dispose()
    before = path.read_bytes()
    yield
    with app.app_context():
        db.engine.dispose()
    for each in (path, *(path.with_name(path.name + end) for end in ("-wal", "-shm"))):
        each.unlink(missing_ok=True)
    path.write_bytes(before)
