"""Answering by link: what each end says, and what is stored or refused there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from unittest.mock import patch

import pytest
from flask import Flask
from sqlalchemy import delete

from tests.web.by_link import KEY, LAST, open_, path_of, send, step, stored
from tests.web.making import FACTS, sheet
from tests.web.walking import token_of
from web.app import create_app
from web.database.connection import db
from web.database.models import Round, RoundLink, now
from web.rounds import sheets
from web.security import limiter

__all__ = ["open_"]


def test_sent_answers_are_thanked_for(app: Flask, open_: int) -> None:
    """After sending stands the questionnaire's thanks, and one sheet is stored."""
    page = send(app.test_client(), path_of(app, open_))
    assert "Your answers have arrived" in page
    assert "Together the answers show what already works" in page
    assert stored(app) == [sheet("members", 2)]


def test_only_the_manager_is_led_back_to_the_round(app: Flask, open_: int) -> None:
    """By their own link, sent once or twice, the manager finds the way back; nobody else reads that there is one."""
    for _ in range(2):
        page = send(app.test_client(), path_of(app, open_, "manager"))
        assert f'href="/rounds/{open_}"' in page
        assert "close this page" not in page
    for group, name in (("members", ""), ("members", "Aino"), ("customers", "")):
        path = path_of(app, open_, group, name)
        page = step(app.test_client(), path, "send", LAST if group == "members" else 5, sheet(group, 3))
        assert "You may close this page." in page
        assert "/rounds/" not in page


def test_sending_twice_stores_once(app: Flask, open_: int) -> None:
    """The same form sent again is told that it had arrived, and the first answers stand."""
    client, path = app.test_client(), path_of(app, open_)
    send(client, path)
    assert "had arrived already" in send(client, path, **sheet("members", 5))
    assert stored(app) == [sheet("members", 2)]


def test_a_personal_link_works_once(app: Flask, open_: int) -> None:
    """A second person with the link can open it and see nothing of the first, and is refused when sending."""
    client, path = app.test_client(), path_of(app, open_, name="Aino")
    before = client.get(path).text
    send(client, path)
    after = app.test_client().get(path).text
    assert _same(before) == _same(after)
    assert "This link has been used" in send(app.test_client(), path, key="another-device-0000000")
    assert len(stored(app)) == 1


def test_a_full_round_says_so(app: Flask, open_: int) -> None:
    """When as many have answered as were invited, and a few more, the open link takes nothing."""
    with app.app_context():
        db.session.get_one(Round, open_).groups = {"members": {"questionnaire": "appreciative-review", "invited": 1}}
        db.session.commit()
    with patch.object(sheets, "SPARE", 0):
        send(app.test_client(), path_of(app, open_))
        assert "All answers have come" in send(app.test_client(), path_of(app, open_), key="another-device-0000000")


def test_a_replaced_link_says_so(app: Flask, open_: int) -> None:
    """Whoever fills in a shared link while personal ones take its place is told to answer by their own."""

    def replaced_meanwhile(link: RoundLink, key: str, answers: Mapping[str, int]) -> str:
        db.session.expunge(link)
        db.session.execute(delete(RoundLink).where(RoundLink.name == ""))
        db.session.commit()
        return sheets.send(link, key, answers)

    path = path_of(app, open_)
    with patch("web.answering.pages.send", replaced_meanwhile):
        assert "no longer in use" in send(app.test_client(), path)
    assert stored(app) == []


@pytest.mark.parametrize("how", ["unknown", "closed", "over"])
def test_a_closed_round_takes_nothing(app: Flask, open_: int, how: str) -> None:
    """A link that nobody knows, one of a closed round and one whose time is over say the same, open or sent."""
    path = "/a/nobody-knows-this-link" if how == "unknown" else path_of(app, open_)
    with app.app_context():
        if how == "closed":
            sheets.close(open_, FACTS)
        if how == "over":
            db.session.get_one(Round, open_).closes = now() - timedelta(seconds=1)
            db.session.commit()
    client = app.test_client()
    assert "This round has closed" in client.get(path).text
    assert "This round has closed" in send(client, path)
    assert stored(app) == []


def test_questions_that_are_gone_are_said_to_be(app: Flask, open_: int) -> None:
    """Where the content no longer has the questionnaire, the page says so instead of failing."""
    path = path_of(app, open_)
    with app.app_context():
        db.session.get_one(Round, open_).groups = {"members": {"questionnaire": "taken-out", "invited": None}}
        db.session.commit()
    assert "not here any more" in app.test_client().get(path).text


def test_forged_forms_are_refused(app: Flask, open_: int) -> None:
    """Without the token of a page nothing is taken."""
    form = {"key": KEY, "go": "send", "step": str(LAST), **sheet("members", 2)}
    assert app.test_client().post(path_of(app, open_), data=form).status_code == 400
    assert stored(app) == []


def test_sending_is_limited_more_than_looking(app: Flask, open_: int) -> None:
    """By one link sixty sheets a minute are taken, and then screens can still be opened."""
    limited, path = create_app(replace(app.config["PELIKIRJA"], limits=True)), path_of(app, open_)
    client = limited.test_client()
    form = {"csrf_token": token_of(client), "go": "send", "step": str(LAST)}
    try:
        assert [client.post(path, data=form).status_code for _ in range(61)] == [200] * 60 + [429]
        assert client.post(path, data={**form, "go": "next"}).status_code == 200
        assert client.get(path).status_code == 200
    finally:
        limiter.enabled = False
        limiter.reset()


def _same(page: str) -> str:
    return re.sub(r'name="(key|csrf_token)" value="[^"]*"|nonce="[^"]*"', "", page)
