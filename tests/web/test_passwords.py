"""Passwords take long to check, and nobody waits for the database meanwhile."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from typing import Final
from unittest.mock import patch

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.web.conftest import PASSWORD, post
from web.accounts import accounts, passwords
from web.database.connection import db
from web.database.models import Account, Role

SignIn = Callable[[Role, str], FlaskClient]
WORDS: Final = "another birch and table"
NEW: Final = {"password": WORDS, "again": WORDS}


class Slow:
    """A hasher that takes so long that somebody else writes meanwhile.

    Args:
        path: of the database.
        also: what is written; nothing that matters unless told.
    """

    def __init__(self, path: str, also: str = "UPDATE event SET subject = subject") -> None:
        self._path, self._also, self._hasher = path, also, PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
        self.times = 0

    def hash(self, password: str) -> str:
        """Hash a password, after somebody else has written."""
        self._write()
        return self._hasher.hash(password)

    def verify(self, stored: str, password: str) -> bool:
        """Check a password, after somebody else has written."""
        self._write()
        return self._hasher.verify(stored, password)

    def _write(self) -> None:
        other = sqlite3.connect(self._path, timeout=0, isolation_level=None)
        other.execute(self._also)
        other.close()
        self.times += 1


@pytest.fixture
def slow(app: Flask, signed_in: SignIn) -> Iterator[Slow]:
    """Give a hasher during whose work others write, beside a manager."""
    signed_in("manager", "m@example.org")
    with app.app_context():
        hasher = Slow(db.engine.url.database or "")
    with patch.object(passwords, "_hasher", lambda: hasher):
        yield hasher


def link(app: Flask, purpose: str) -> str:
    """Give the path of a link to join, or of the manager's to choose a new password."""
    with app.app_context():
        whose = db.session.scalars(select(Account)).one() if purpose == "reset" else None
        token = accounts.make_link(purpose, "coach" if whose is None else None, whose)  # type: ignore[arg-type]  # one of the two
        db.session.commit()
    return f"/{purpose}/{token}"


@pytest.mark.parametrize(
    ("path", "fields", "times"),
    [("/sign-in", {"email": "m@example.org", "password": PASSWORD}, 1),
     ("/sign-in", {"email": "nobody@example.org", "password": PASSWORD}, 1),
     ("/join", {"name": "K", "email": "k@example.org", **NEW}, 1), ("/reset", NEW, 1),
     ("/account", {"old": PASSWORD, **NEW}, 2), ("/account/erase", {"password": PASSWORD}, 1)],
)  # fmt: skip
def test_nobody_waits_while_a_password_is_checked(
    app: Flask, slow: Slow, path: str, fields: dict[str, str], times: int
) -> None:
    """Wherever a password is checked or chosen, another connection writes meanwhile, and the form does its work."""
    browser = app.test_client()
    if path.startswith("/account"):
        post(browser, "/sign-in", email="m@example.org", password=PASSWORD)
        slow.times = 0
    page = post(browser, link(app, path[1:]) if path in ("/join", "/reset") else path, **fields)
    assert slow.times >= times
    assert ("Sign out" in page) != (path == "/account/erase" or fields.get("email", "").startswith("nobody"))


@pytest.mark.parametrize("form", ["/sign-in", "/account", "/account/erase"])
@pytest.mark.parametrize("meanwhile", ["UPDATE account SET active = 0", "UPDATE account SET password = 'other'"])
def test_what_has_changed_meanwhile_counts(app: Flask, slow: Slow, form: str, meanwhile: str) -> None:
    """An account closed, or given another password, while the right one was checked, does not open by it."""
    browser = app.test_client()
    if form != "/sign-in":
        post(browser, "/sign-in", email="m@example.org", password=PASSWORD)
    slow._also = meanwhile
    fields = {"/account": {"old": PASSWORD, **NEW}}.get(form, {"email": "m@example.org", "password": PASSWORD})
    post(browser, form, **fields)
    with app.app_context():
        kept = db.session.scalars(select(Account)).one()
        assert not kept.active or kept.password == "other"


@pytest.mark.parametrize("path", ["/join", "/reset"])
def test_a_link_used_meanwhile_is_used_up(app: Flask, slow: Slow, path: str) -> None:
    """A link that somebody else uses while the password chosen by it is hashed does nothing any more."""
    slow._also = "DELETE FROM account_link"
    page = post(app.test_client(), link(app, path[1:]), name="K", email="k@example.org", **NEW)
    assert "used up" in page
    with app.app_context():
        assert db.session.scalars(select(Account.email)).all() == ["m@example.org"]
