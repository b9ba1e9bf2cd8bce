"""Accounts: joined by link, signed in, closed; a changed password ends every other session."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser

import web
from tests.web.browser import PHONE, overflows, served, violations
from tests.web.conftest import PASSWORD, post
from web.accounts import accounts
from web.accounts.deeds import DEEDS
from web.database.connection import db
from web.database.models import Account, Role

SignIn = Callable[[Role, str], FlaskClient]


def invited(app: Flask, role: Role) -> str:
    """Give the path of a new invitation."""
    with app.app_context():
        token = accounts.make_link("join", role)
        db.session.commit()
    return f"/join/{token}"


def test_an_invitation_works_once(app: Flask, client: FlaskClient) -> None:
    """Whoever follows an invitation gets an account and is signed in; the second one is told that it is used up."""
    path = invited(app, "coach")
    post(client, path, name="Kaisa", email="Kaisa@example.org", password=PASSWORD, again=PASSWORD)
    assert "Kaisa" in client.get("/account").get_data(as_text=True)
    assert "used up" in app.test_client().get(path).get_data(as_text=True)


def test_the_wrong_password_is_refused(
    app: Flask, client: FlaskClient, account: Callable[[Role, str], Account]
) -> None:
    """A wrong password gives no session, and the same words as an unknown address."""
    account("manager", "m@example.org")
    wrong = post(client, "/sign-in", email="m@example.org", password="not this one at all")
    unknown = post(client, "/sign-in", email="x@example.org", password="not this one at all")
    words = "do not go together"
    assert words in wrong
    assert words in unknown
    assert client.get("/account").status_code == 302


def test_a_changed_password_ends_other_sessions(app: Flask, signed_in: SignIn) -> None:
    """After a change of password only the browser in which it was changed is still signed in."""
    here = signed_in("manager", "m@example.org")
    there = app.test_client()
    post(there, "/sign-in", email="m@example.org", password=PASSWORD)
    assert there.get("/account").status_code == 200
    post(here, "/account", old=PASSWORD, password="another birch and table", again="another birch and table")
    assert here.get("/account").status_code == 200
    assert there.get("/account").status_code == 302


def test_a_closed_account_is_signed_out(app: Flask, signed_in: SignIn) -> None:
    """Closing an account ends its sessions, and it cannot be signed in to."""
    admin, manager = signed_in("admin", "a@example.org"), signed_in("manager", "m@example.org")
    post(admin, "/admin/accounts/2/switch", "/admin")
    assert manager.get("/account").status_code == 302
    assert "do not go together" in post(app.test_client(), "/sign-in", email="m@example.org", password=PASSWORD)


def test_forms_ask_in_the_order_of_life(app: Flask, client: FlaskClient, signed_in: SignIn) -> None:
    """Whoever joins says first who they are; whoever changes a password gives first the one that is known."""
    labels = re.compile(r'<label class="form-label" for="(\w+)"')
    assert labels.findall(client.get(invited(app, "coach")).text) == ["name", "email", "password", "again"]
    assert labels.findall(signed_in("coach", "k@example.org").get("/account").text) == ["old", "password", "again"]


def test_a_short_password_is_explained(app: Flask, client: FlaskClient) -> None:
    """The message says what a password needs, in the reader's language."""
    path = invited(app, "manager")
    given = {"name": "M", "email": "m@example.org", "password": "short", "again": "short"}
    assert "Use at least 12 characters" in post(client, path, **given)
    post(client, "/language/fi", path)
    assert "Käytä vähintään 12" in post(client, path, **given)


def test_a_link_that_is_gone_leads_on(client: FlaskClient) -> None:
    """It says what to do, and whoever has used it finds the way in."""
    page = client.get("/join/unknown").text
    assert "Ask whoever sent it" in page
    assert 'href="/sign-in"' in page


def test_the_admin_is_told_what_came_of_it(signed_in: SignIn) -> None:
    """Closing and opening an account are confirmed by name; a link says what it is for."""
    admin = signed_in("admin", "a@example.org")
    signed_in("manager", "m@example.org")
    assert "M can no longer sign in" in post(admin, "/admin/accounts/2/switch", "/admin")
    assert "M can sign in again" in post(admin, "/admin/accounts/2/switch", "/admin")
    assert "by which M chooses a new password" in post(admin, "/admin/accounts/2/reset", "/admin")
    assert "Here is the invitation" in post(admin, "/admin", role="coach")


def test_the_log_is_in_words(signed_in: SignIn) -> None:
    """Each event has words and a moment in the reader's language; no dash stands where something is known."""
    admin = signed_in("admin", "a@example.org")
    post(admin, "/admin", role="coach")
    assert re.search(
        r"\d+ \w+ \d{4} \d\d:\d\d</td>.*a@example.org</td>.*invitation made</td>.*Coach", admin.get("/admin/log").text
    )
    post(admin, "/language/fi", "/admin")
    finnish = admin.get("/admin/log").text
    assert re.search(r"\d+\.\d+\.\d{4} \d?\d\.\d\d</td>.*kutsu luotu</td>.*Valmentaja", finnish)
    assert "made" not in re.findall("<tbody.*</tbody>", finnish, re.DOTALL)[0]


def test_every_event_has_words() -> None:
    """What the code records, the log can say."""
    code = "".join(path.read_text(encoding="utf-8") for path in Path(web.__file__).parent.rglob("*.py"))
    recorded = set(re.findall(r'"([a-z]+(?:-[a-z]+)+)"', "".join(re.findall(r"\brecord\(.*", code))))
    assert len(recorded) > 10
    assert recorded <= {*DEEDS}


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_admins_work_on_a_phone(app: Flask, signed_in: SignIn, browser: Browser, scheme: str) -> None:
    """The accounts, a made link, the log and one's account have no accessibility fault and fit a narrow phone."""
    signed_in("admin", "anna-with-a-long-name@department.example.org")
    with served(app) as address:
        page = browser.new_page(viewport=PHONE, color_scheme=scheme)  # type: ignore[arg-type]
        page.goto(f"{address}/sign-in")
        page.fill("#email", "anna-with-a-long-name@department.example.org")
        page.fill("#password", PASSWORD)
        page.click("main button")
        page.goto(f"{address}/admin")
        page.click("main .main-button")
        for path in ("", "/admin/log", "/account", "/account/erase"):
            if path:
                page.goto(address + path)
            assert violations(page) == [], path
            assert not overflows(page), path
        page.close()
