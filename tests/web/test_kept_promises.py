"""What pages say is so: names, languages, strengths and what a form leads to."""

from __future__ import annotations

from pathlib import Path
from secrets import token_urlsafe

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from engine.errors import PelikirjaError
from tests.web.conftest import PASSWORD, MakeAccount, post
from tests.web.making import FACTS, answer, make_team, open_round, sheet
from web.database.connection import db
from web.database.models import Event
from web.rounds import sheets
from web.rounds.personal import names_in
from web.settings import Settings


def signed_in(app: Flask, account: MakeAccount) -> FlaskClient:
    """Give the browser of a manager."""
    account("manager", "m@example.org")
    client = app.test_client()
    post(client, "/sign-in", email="m@example.org", password=PASSWORD)
    return client


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("a@x.fi; b@x.fi", ["a@x.fi", "b@x.fi"]),
        ("a@x.fi, b@x.fi,", ["a@x.fi", "b@x.fi"]),
        ("Aino Aho <a@x.fi>; Eero Eho <e@x.fi>", ["Aino Aho <a@x.fi>", "Eero Eho <e@x.fi>"]),
        ("Aho, Aino\nEho, Eero <e@x.fi>", ["Aho, Aino", "Eho, Eero <e@x.fi>"]),
    ],
)
def test_addresses_as_mail_programs_give_them(typed: str, names: list[str]) -> None:
    """Addresses on one line become a link each, and a name with a comma stays one name."""
    assert names_in(typed) == names


def test_a_doubted_strength_is_not_praised(app: Flask, account: MakeAccount) -> None:
    """What customers see quite otherwise than the team is not the strength to keep."""
    client = signed_in(app, account)
    with app.app_context():
        made = open_round(make_team("m@example.org"))
        members = [sheet("members", 3, customer_focus=5), sheet("members", 4, customer_focus=4)] * 4
        answer(made, "members", *members)
        answer(made, "customers", *[sheet("customers", 2)] * 6)
        assert sheets.close(made, FACTS)
    page = client.get(f"/rounds/{made}/result").text
    assert "How it looks" in page
    assert "Customer focus" not in page.partition('class="keep"')[2].partition("</p>")[0]


def test_a_name_is_not_blank(app: Flask, account: MakeAccount) -> None:
    """A team needs a name that can be read."""
    client = signed_in(app, account)
    page = post(client, "/teams/new", name="   ", size="7", work_mode="hybrid", together_since="", language="en")
    assert "Fill this in" in page
    assert client.get("/teams/1").status_code == 404


def test_a_language_is_kept_with_the_account(app: Flask, account: MakeAccount) -> None:
    """What is chosen while signed in, on any page, is kept, and fills no log; what another person chose here is not."""
    client = signed_in(app, account)
    for page in ("/teams", "/account"):
        assert '<html lang="fi">' in post(client, "/language/fi", page, back=page)
    with app.app_context():
        assert [*db.session.scalars(select(Event.what))] == ["join-link-made", "joined"]
    other = app.test_client()
    post(other, "/language/en", "/privacy")
    post(other, "/sign-in", email="m@example.org", password=PASSWORD)
    assert '<html lang="fi">' in other.get("/teams").text


@pytest.mark.parametrize("value", ["1000000", "-1", "9" * 5000])
def test_a_number_that_cannot_be_is_refused(value: str, tmp_path: Path) -> None:
    """A number of days beyond what a calendar has is refused in words."""
    told = {"DATABASE_URL": "sqlite://", "PELIKIRJA_SECRET_KEY": token_urlsafe(48), "PELIKIRJA_RETENTION_DAYS": value}
    with pytest.raises(PelikirjaError, match="whole number from 0 to 36500"):
        Settings.from_environment(tmp_path, told)
