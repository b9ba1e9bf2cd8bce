"""Passwords cannot be tried without end, from one place or from everywhere, and forms cannot be sent so."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.web.conftest import PASSWORD
from tests.web.making import GROUPS, link_to, make_team, open_round, sheet
from tests.web.test_sessions import another, cookie_of
from tests.web.walking import token_of
from web.accounts.tries import AN_HOUR
from web.database.connection import db
from web.database.models import Account, Role, Round
from web.security import asker, limiter

SignIn = Callable[[Role, str], FlaskClient]


@pytest.fixture
def limited(app: Flask) -> Iterator[FlaskClient]:
    """Give somebody on a server that counts requests."""
    yield another(app, limits=True).test_client()
    limiter.enabled = False
    limiter.reset()


def test_passwords_cannot_be_tried_on(limited: FlaskClient) -> None:
    """The eleventh try to sign in within a minute is refused in plain words, and says nothing of the address."""
    entry = {"csrf_token": token_of(limited), "email": "m@example.org", "password": "not this one at all"}
    tries = [limited.post("/sign-in", data=entry).status_code for _ in range(10)]
    last = limited.post("/sign-in", data=entry)
    assert tries == [200] * 10
    assert last.status_code == 429
    assert "Too many tries" in last.text
    assert limited.get("/sign-in").status_code == 200


def test_a_session_does_not_help_to_try_passwords(limited: FlaskClient, app: Flask, signed_in: SignIn) -> None:
    """Whoever has got hold of a session cannot try passwords without end to change or erase the account."""
    signed = signed_in("manager", "m@example.org")
    for path, name in (("/account", "old"), ("/account/erase", "password")):
        limited.set_cookie("pelikirja", cookie_of(signed))
        entry = {"csrf_token": token_of(limited), name: "not it", "password": "x" * 12, "again": "x" * 12}
        tries = [limited.post(path, data={**entry, name: "not it"}).status_code for _ in range(11)]
        assert tries == [200] * 10 + [429], path


@pytest.mark.parametrize(("path", "name"), [("/account", "old"), ("/account/erase", "password")])
def test_no_field_of_a_form_gives_more_tries(app: Flask, signed_in: SignIn, path: str, name: str) -> None:
    """Whoever has got hold of a session has no more tries from ever new addresses by naming others' accounts."""
    signed = signed_in("manager", "m@example.org")
    client = another(app, limits=True, proxies=1).test_client()
    client.set_cookie("pelikirja", cookie_of(signed))
    entry = {"csrf_token": token_of(client), "password": "x" * 12, "again": "x" * 12, name: "not it"}
    try:
        tries = [
            client.post(path, data={**entry, "email": f"{each}@example.org"},
                        headers={"X-Forwarded-For": f"192.0.2.{each}"}).status_code
            for each in range(AN_HOUR + 1)
        ]  # fmt: skip
        assert tries == [200] * AN_HOUR + [429]
    finally:
        limiter.enabled = False
        limiter.reset()


@pytest.mark.parametrize(
    ("address", "counted"),
    [("192.0.2.7", "192.0.2.7"), ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"), ("2001:db8:1:2::1", "2001:db8:1:2::"),
     ("2001:db8:1:3::1", "2001:db8:1:3::"), ("::ffff:192.0.2.7", "192.0.2.7"), ("fe80::1%eth0", "fe80::"),
     ("", "elsewhere"), (None, "elsewhere"), ("192.0.2.7:443", "elsewhere"), ("x" * 9000, "elsewhere")],
)  # fmt: skip
def test_whoever_asks_is_counted_as_one(address: str | None, counted: str) -> None:
    """All addresses of one IPv6 network are one, other networks others; what is no address fails nowhere."""
    assert asker(address) == counted


def test_a_network_of_ipv6_has_no_more_tries(limited: FlaskClient) -> None:
    """The eleventh try from one network is refused, though each comes from another of its addresses."""
    token = token_of(limited)
    tries = [
        limited.post("/sign-in", data={"csrf_token": token, "email": f"{each}@example.org", "password": "not it"},
                     environ_base={"REMOTE_ADDR": f"2001:db8::{each:x}"}).status_code
        for each in range(11)
    ]  # fmt: skip
    assert tries == [200] * 10 + [429]


def test_an_office_behind_one_address_can_answer(limited: FlaskClient, account: Callable[[Role, str], Account]) -> None:
    """Forty people of one office send within a minute by one link, and nobody's answers are refused."""
    account("manager", "m@example.org")
    with limited.application.app_context():
        round_id = open_round(make_team("m@example.org"))
        db.session.get_one(Round, round_id).groups = {**GROUPS, "members": {**GROUPS["members"], "invited": 60}}
        db.session.commit()
        path = f"/a/{link_to(round_id, 'members').token}"
    for each in range(40):
        limited.delete_cookie("pelikirja")
        entry = {"csrf_token": token_of(limited), "go": "send", "step": "14", "key": f"{each:020}"}
        sent = limited.post(path, data={**entry, **sheet("members", 3)})
        assert sent.status_code == 200
        for cookie in [*(limited._cookies or {}).values()]:
            limited.delete_cookie(cookie.key, path=cookie.path)
    with limited.application.app_context():
        assert db.session.get_one(Round, round_id).received == 40


def test_a_language_cannot_be_chosen_without_end(limited: FlaskClient) -> None:
    """The sixty-first choice within a minute is refused; each is stored for whoever is signed in."""
    token = token_of(limited)
    chosen = [limited.post("/language/fi", data={"csrf_token": token}).status_code for _ in range(61)]
    assert chosen == [302] * 60 + [429]


@pytest.mark.parametrize("workers", [1, 4])
def test_an_accounts_password_cannot_be_tried_from_everywhere(
    app: Flask, account: Callable[[Role, str], Account], workers: int
) -> None:
    """Tries for one account from ever new addresses end, its address written so or so, and the right one cost nothing.

    Another account is not touched, nor is one that does not exist told from one that does.
    """
    account("manager", "m@example.org")
    client = another(app, limits=True, proxies=1, workers=workers).test_client()
    token, most = token_of(client), AN_HOUR // workers

    def tried(email: str, password: str, place: int) -> int:
        data = {"csrf_token": token, "email": email, "password": password}
        headers = {"X-Forwarded-For": f"192.0.2.{place}"}
        return client.post("/sign-in", data=data, headers=headers).status_code

    try:
        for each in range(most):
            assert tried("m@example.org", "not it", each) == 200
        assert tried(" M@Example.org ", PASSWORD, 100) == 429
        assert [tried("nobody@example.org", "not it", each) for each in range(most + 1)] == [200] * most + [429]
        assert tried("else@example.org", "not it", 101) == 200
    finally:
        limiter.enabled = False
        limiter.reset()


def test_the_right_password_costs_nothing(limited: FlaskClient, account: Callable[[Role, str], Account]) -> None:
    """Somebody who signs in more often than an account may be tried is let in."""
    account("manager", "m@example.org")
    for _ in range(AN_HOUR // 2 + 1):
        for _ in range(2):
            limited.delete_cookie("pelikirja")
            entry = {"csrf_token": token_of(limited), "email": "m@example.org", "password": PASSWORD}
            assert limited.post("/sign-in", data=entry).status_code == 302
        for key in list(limiter.storage.storage):  # type: ignore[attr-defined]  # the memory's own
            if "127.0.0.1" in key:
                limiter.storage.clear(key)  # as from another address
