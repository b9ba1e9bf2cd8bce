"""Answering twice by a group's link: not by mistake, not quickly, and not without its manager seeing the number."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.web.conftest import post
from tests.web.making import answer, link_to, make_team, open_round, sheet
from tests.web.walking import token_of
from web.app import create_app
from web.database.connection import db
from web.database.models import Account, Role, Round, Sheet
from web.security import limiter

SignIn = Callable[[Role, str], FlaskClient]


@pytest.fixture
def path(app: Flask, account: Callable[[Role, str], Account]) -> str:
    """Give the path of the link that the members of an open round share."""
    account("manager", "m@example.org")
    with app.app_context():
        return f"/a/{link_to(open_round(make_team('m@example.org')), 'members').token}"


def send(client: FlaskClient, path: str, key: str = "key-of-a-device-000000", place: int = 1) -> tuple[int, str]:
    """Send a whole sheet from some network address, and give the status and the page."""
    form = {"csrf_token": token_of(client), "go": "send", "step": "14", "key": key, **sheet("members", 2)}
    response = client.post(path, data=form, headers={"X-Forwarded-For": f"192.0.2.{place}"})
    return response.status_code, response.text


def stored(app: Flask) -> int:
    """Give how many sheets have come."""
    with app.app_context():
        return len(db.session.scalars(select(Sheet.id)).all())


def test_a_device_that_has_answered_is_told_so(app: Flask, path: str) -> None:
    """Opened again where it was answered from, a shared link says so, and lets somebody else answer there too."""
    device = app.test_client()
    assert "Begin" in device.get(path).text
    send(device, path)
    again = device.get(path).text
    assert "Answers have been sent from here" in again
    assert "Begin" not in again
    assert f'href="{path}?another=1"' in again
    assert "Begin" in device.get(f"{path}?another=1").text
    assert "have arrived" in send(device, path, "key-of-another-person-00")[1]
    assert stored(app) == 2
    assert "Begin" in app.test_client().get(path).text


def test_a_link_of_ones_own_says_that_it_takes_one_answer(app: Flask, path: str) -> None:
    """Opening a personal link never shows whether it was used, so its beginning tells what to do if it was."""
    with app.app_context():
        own = f"/a/{link_to(open_round(1, ['Aino']), 'members', 'Aino').token}"
    before, said = app.test_client().get(own).text, "takes one answer"
    assert said in before
    assert said not in app.test_client().get(path).text
    send(app.test_client(), own)
    assert said in app.test_client().get(own).text


def test_the_quick_check_speaks_of_no_storing(app: Flask) -> None:
    """Where nothing is ever stored, nothing is said of what is stored later."""
    page = app.test_client().get("/quick-check").text
    assert "Nothing is stored on the server, and" in page
    assert "before you send" not in page


def test_the_mark_knows_nothing(app: Flask, path: str) -> None:
    """It goes to that link's page alone, no script reads it, it ends with the round, and tells neither who nor what."""
    device = app.test_client()
    send(device, path)
    mark = device.get_cookie("pelikirja-sent", path=path)
    assert mark
    assert (mark.value, mark.path, mark.http_only, mark.same_site) == ("1", path, True, "Lax")
    with app.app_context():
        assert mark.expires == db.session.scalars(select(Round.closes)).one()
    assert device.get_cookie("pelikirja-sent", path="/") is None


def test_a_personal_link_leaves_no_mark(app: Flask, account: Callable[[Role, str], Account]) -> None:
    """Opening a personal link shows nobody whether it has been used, also where it was used."""
    account("manager", "m@example.org")
    with app.app_context():
        path = f"/a/{link_to(open_round(make_team('m@example.org'), ['Aino']), 'members', 'Aino').token}"
    device = app.test_client()
    assert "have arrived" in send(device, path)[1]
    assert "Begin" in device.get(path).text
    assert device.get_cookie("pelikirja-sent", path=path) is None


def test_the_mark_travels_over_https_only(app: Flask, path: str) -> None:
    """Where cookies need HTTPS, the mark does too."""
    device = create_app(replace(app.config["PELIKIRJA"], secure=True)).test_client()
    page = device.get("/privacy", base_url="https://localhost").text
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    form = {"csrf_token": token, "go": "send", "step": "14", "key": "k" * 24, **sheet("members", 2)}
    response = device.post(path, data=form, base_url="https://localhost")
    assert [each for each in response.headers.getlist("Set-Cookie") if "pelikirja-sent" in each and "Secure" in each]


@pytest.fixture
def limited(app: Flask) -> Iterator[FlaskClient]:
    """Give somebody on a server that counts requests and believes a proxy."""
    yield create_app(replace(app.config["PELIKIRJA"], limits=True, proxies=1)).test_client()
    limiter.enabled = False
    limiter.reset()


@pytest.mark.parametrize("places", [1, 200])
def test_a_link_is_not_stuffed_quickly(app: Flask, limited: FlaskClient, path: str, places: int) -> None:
    """In a minute a link takes sixty answers, from one network address or many; more are refused in plain words."""
    with app.app_context():
        customers = f"/a/{link_to(1, 'customers').token}"
    for each in range(60):
        assert send(limited, customers, f"key-of-a-device-{each:06}", each % places)[0] == 200
    status, page = send(limited, customers, "key-of-a-device-999999", 201 % places)
    assert status == 429
    assert "Nothing that you have sent is lost" in page
    assert limited.get(customers, headers={"X-Forwarded-For": "192.0.2.250"}).status_code == 200


def test_the_manager_sees_that_there_are_too_many(app: Flask, signed_in: SignIn) -> None:
    """Where more have answered than were invited, the round's page and the page for closing it say so; not before."""
    manager = signed_in("manager", "m@example.org")
    with app.app_context():
        made = open_round(make_team("m@example.org"))
        answer(made, "members", *[sheet("members", 3)] * 8)
    pages = (f"/rounds/{made}", f"/rounds/{made}/close")
    assert not [each for each in pages if "more have answered than were invited" in manager.get(each).text]
    with app.app_context():
        answer(made, "members", sheet("members", 3))
    assert all("Members: more have answered than were invited" in manager.get(each).text for each in pages)
    post(manager, "/language/fi", "/account")
    assert "vastauksia on enemmän kuin kutsuttuja" in manager.get(pages[0]).text
