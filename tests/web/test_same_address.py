"""Two who take the same address at the same moment: one has it, the other is told."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from flask import Flask

from tests.web.conftest import PASSWORD, make_account, post
from tests.web.databases import bare, new_database, postgresql
from web.accounts import accounts
from web.database.connection import db, upgrade
from web.database.models import Account, AccountLink, Event

__all__ = ["bare", "new_database", "postgresql"]


@pytest.fixture
def app(bare: Flask) -> Flask:
    """Give an application with an admin, on SQLite and on PostgreSQL, where nobody sees yet whose an address is."""
    upgrade(bare)
    make_account(bare, "admin", "a@example.org")
    return bare


def test_whoever_joins_second_is_told(app: Flask) -> None:
    """The page says that the address has an account; there is one account, and the invitation still works."""
    with app.app_context():
        token = accounts.make_link("join", "coach")
        db.session.commit()
    given = {"name": "K", "password": PASSWORD, "again": PASSWORD}
    with patch.object(accounts, "_whose", lambda _: None):  # as both looked before either wrote
        page = post(app.test_client(), f"/join/{token}", email="a@example.org", **given)
    assert "This address has an account already" in page
    with app.app_context():
        assert [each.name for each in db.session.query(Account)] == ["A"]
        assert db.session.query(AccountLink).count() == 1
    assert "K" in post(app.test_client(), f"/join/{token}", email="k@example.org", **given)


def test_whoever_is_corrected_second_keeps_the_address(app: Flask) -> None:
    """An address that somebody else takes meanwhile is told at its field, and nothing is changed."""
    admin = app.test_client()
    post(admin, "/sign-in", email="a@example.org", password=PASSWORD)
    with app.app_context():
        db.session.add(Account(email="k@example.org", name="K", role="coach", password="-"))
        db.session.commit()
    with patch.object(accounts, "_whose", lambda _: None):
        page = post(admin, "/admin/accounts/2", name="Kaisa", email="a@example.org")
    assert "Somebody else has this address." in page
    with app.app_context():
        assert [each.email for each in db.session.query(Account).order_by(Account.id)] == [
            "a@example.org",
            "k@example.org",
        ]
        assert not db.session.query(Event).filter_by(what="account-corrected").count()
