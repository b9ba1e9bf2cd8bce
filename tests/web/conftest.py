"""An application with a database of its own, and people who use it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from unittest.mock import patch

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser

from engine.advise import Adviser
from tests.small import shipped
from tests.web.browser import chromium
from web import content
from web.accounts import accounts
from web.accounts.passwords import hashed
from web.app import create_app
from web.database.connection import db, upgrade
from web.database.models import Account, Role
from web.settings import Settings

PASSWORD = "birch table and a good book"
MakeAccount = Callable[[Role, str], Account]
CSRF = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


@pytest.fixture(scope="session", autouse=True)
def one_adviser() -> Iterator[None]:
    """Load the content once for all applications of the tests, as a process does."""
    adviser = Adviser(shipped())
    with patch.object(content, "load_content", lambda app, _: content.use(app, adviser)):
        yield


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory, one_adviser: None) -> Path:
    """Give a database file that is up to date and empty, made once."""
    path = tmp_path_factory.mktemp("database") / "empty.sqlite"
    upgrade(create_app(settings_for(path)))
    return path


def settings_for(path: Path) -> Settings:
    """Give settings for the tests."""
    return Settings(f"sqlite:///{path}", secret_key="k" * 48, secure=False, limits=False)


@pytest.fixture
def app(empty: Path, tmp_path: Path) -> Iterator[Flask]:
    """Give an application with an empty database."""
    path = tmp_path / "pelikirja.sqlite"
    path.write_bytes(empty.read_bytes())
    made = create_app(settings_for(path))
    made.testing = True
    yield made
    with made.app_context():
        db.engine.dispose()


@pytest.fixture(scope="session")
def opened() -> Iterator[Browser]:
    """Open the browser that all tests share.

    From then on this thread counts as one with a running event loop; nothing else in the tests wants one.
    """
    with chromium() as browser:
        yield browser


@pytest.fixture
def browser(opened: Browser) -> Iterator[Browser]:
    """Give the browser, in which a test opens windows of its own; what it leaves open is closed."""
    before = {*opened.contexts}
    yield opened
    for each in {*opened.contexts} - before:
        each.close()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Give somebody who is not signed in."""
    return app.test_client()


def post(client: FlaskClient, path: str, page: str = "", **data: object) -> str:
    """Send a form as a browser would: with the token of the page that it stands on.

    Args:
        client: whose browser.
        path: where the form goes.
        page: where it stands, unless it goes to where it stands.
        data: its fields.

    Returns:
        The page that follows.
    """
    found = CSRF.search(client.get(page or path).get_data(as_text=True))
    assert found, f"no form on {page or path}"
    response = client.post(path, data={**data, "csrf_token": found[1]}, follow_redirects=True)
    return response.get_data(as_text=True)


def make_account(app: Flask, role: Role, email: str) -> Account:
    """Make an account with PASSWORD."""
    with app.app_context():
        link = accounts.link_for(accounts.make_link("join", role), "join")
        assert link
        made = accounts.join(link, email, email.split("@", maxsplit=1)[0].title(), hashed(PASSWORD), "en")
        assert made
        db.session.commit()
        db.session.refresh(made)
        db.session.expunge(made)
        return made


@pytest.fixture
def account(app: Flask) -> MakeAccount:
    """Give a way to make accounts, all with PASSWORD."""
    return lambda role, email: make_account(app, role, email)


@pytest.fixture
def signed_in(app: Flask, account: MakeAccount) -> Callable[[Role, str], FlaskClient]:
    """Give a way to get a browser in which somebody has signed in."""

    def sign_in(role: Role, email: str) -> FlaskClient:
        account(role, email)
        client = app.test_client()
        post(client, "/sign-in", email=email, password=PASSWORD)
        return client

    return sign_in
