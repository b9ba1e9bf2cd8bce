"""Somebody whom no admin can help gets back in by a link that the operator makes."""

from __future__ import annotations

import re
from pathlib import Path
from secrets import token_urlsafe

from click.testing import CliRunner, Result
from flask import Flask

from tests.web.conftest import PASSWORD, MakeAccount, post
from tests.web.test_sessions import another
from tests.web.walking import token_of
from web import cli
from web.accounts import accounts
from web.accounts.tries import AN_HOUR
from web.database.connection import db
from web.database.models import Account
from web.security import limiter

WORDS = "another birch and table"


def made(app: Flask, address: str, **more: str) -> Result:
    """Run the command as an operator does, on an application's database."""
    told = {"DATABASE_URL": app.config["PELIKIRJA"].database_url, "PELIKIRJA_SECRET_KEY": token_urlsafe(48), **more}
    return CliRunner().invoke(cli.main, ["reset-link", address], env=told)


def test_an_operator_lets_somebody_back_in(app: Flask, account: MakeAccount) -> None:
    """By the printed link the only admin chooses a new password though all tries are used up, and is signed in."""
    account("admin", "anna@example.org")
    client = another(app, limits=True, proxies=1).test_client()
    try:
        entry = {"csrf_token": token_of(client), "email": "anna@example.org"}
        for each in range(AN_HOUR):
            place = {"X-Forwarded-For": f"192.0.2.{each}"}
            assert client.post("/sign-in", data={**entry, "password": "not it"}, headers=place).status_code == 200
        assert client.post("/sign-in", data={**entry, "password": PASSWORD}).status_code == 429, "she is kept out"
        printed = made(app, " Anna@Example.org")
        path = re.search(r"(/reset/[\w-]+)$", printed.output.strip())
        assert path, printed.output
        assert "Anna" in post(client, path[1], password=WORDS, again=WORDS)
        assert client.get("/admin").status_code == 200
        assert "link for a new password made" in client.get("/admin/log").text
        assert "used up" in app.test_client().get(path[1]).text
    finally:
        limiter.enabled = False
        limiter.reset()


def test_the_link_begins_as_the_operator_says(app: Flask, account: MakeAccount) -> None:
    """Where the public address is known the link is whole; otherwise it is said what is missing."""
    account("coach", "kaisa@example.org")
    whole = made(app, "kaisa@example.org", PELIKIRJA_PUBLIC_URL="https://pelikirja.example")
    assert ": https://pelikirja.example/reset/" in whole.output
    assert "put the server's address before it): /reset/" in made(app, "kaisa@example.org").output


def test_who_cannot_get_a_link_is_told_why(app: Flask, account: MakeAccount) -> None:
    """An unknown address and a closed account are refused with one sentence each, and no link is made."""
    account("coach", "kaisa@example.org")
    with app.app_context():
        accounts.switch(db.session.query(Account).one(), active=False)
        db.session.commit()
    for address, said in (("nobody@example.org", "error: there is no account with the address “nobody@example.org”\n"),
                          ("kaisa@example.org", "is closed; an admin can open it again\n")):  # fmt: skip
        done = made(app, address)
        assert (done.exit_code, done.stdout) == (1, "")
        assert done.stderr.endswith(said)


def test_with_no_account_at_all_it_says_how_to_make_one(tmp_path: Path) -> None:
    """On an empty database the operator is led to the link that a start prints."""
    done = CliRunner().invoke(cli.main, ["reset-link", "a@example.org", "--folder", str(tmp_path)])
    assert done.exit_code == 1
    assert "start the server, which prints a link" in done.stderr
