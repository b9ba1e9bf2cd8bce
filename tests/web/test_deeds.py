"""The admins' log tells in the reader's language what was done to what."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import Final

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.web.conftest import post
from tests.web.making import answered_round, make_team, open_round
from web.database.connection import db
from web.database.models import Event, Role
from web.events import SHOWN

SignIn = Callable[[Role, str], FlaskClient]
DONE: Final = {
    "/rounds/1/plays/customer-visit/done": "/rounds/1/plays/customer-visit",
    "/rounds/1/agreements/meetings/adopt": "/rounds/1/agreements/meetings",
    "/rounds/1/share": "/rounds/1/result",
}
"""Where forms of a manager go, and on which pages they stand."""


@pytest.fixture
def admin(app: Flask, signed_in: SignIn) -> FlaskClient:
    """Give the browser of an admin, after a manager has acted on a closed and an open round of Nokka."""
    manager = signed_in("manager", "m@example.org")
    with app.app_context():
        team = make_team("m@example.org")
        answered_round(team)
        open_round(team)
    for path, where in DONE.items():
        post(manager, path, where)
    post(manager, "/rounds/2/links/members", names="Aino\nEero")
    post(manager, "/rounds/2/links/customers", names="Veikko")
    return signed_in("admin", "a@example.org")


def told(admin: FlaskClient, language: str) -> list[str]:
    """Give what the log says in a language was done, and to what, the newest first."""
    post(admin, f"/language/{language}", "/admin")
    rows = re.findall(r'<tr role="row"><td.*?</tr>', unescape(admin.get("/admin/log").text))
    return [": ".join(re.findall(r"<td[^>]*>(.*?)</td>", row)[2:]) for row in rows]


@pytest.mark.parametrize(
    ("language", "expected"),
    [("en", ["personal links made: Nokka · Round 2 · customers: 1 link",
             "personal links made: Nokka · Round 2 · members: 2 links",
             "result shared with the team: Nokka · Round 1",
             "agreement adopted: Nokka · Our meetings",
             "play marked as done: Nokka · Meet a customer",
             "round closed: Nokka · Round 1"]),
     ("fi", ["henkilökohtaiset linkit luotu: Nokka · Kierros 2 · asiakkaat: 1 linkki",
             "henkilökohtaiset linkit luotu: Nokka · Kierros 2 · jäsenet: 2 linkkiä",
             "tulos jaettu tiimille: Nokka · Kierros 1",
             "pelisäännöt otettu käyttöön: Nokka · Kokouksemme",
             "harjoite merkitty tehdyksi: Nokka · Käydään asiakkaan luona",
             "kierros päätetty: Nokka · Kierros 1"])],
)  # fmt: skip
def test_the_log_tells_in_words(admin: FlaskClient, language: str, expected: list[str]) -> None:
    """Rounds, groups, links, plays and agreements are named as pages name them, in the reader's language."""
    assert told(admin, language)[2:8] == expected


def test_the_log_tells_what_is_gone_as_it_was_stored(app: Flask, admin: FlaskClient) -> None:
    """What the content no longer has, and links recorded otherwise, stand as stored; choices of language do not."""
    gone = [("play-done", "old-play"), ("agreement-dropped", "old-template"), ("links-made", "Etelä · 3 · members · 4")]
    with app.app_context():
        db.session.add_all(
            Event(who="-", what=what, subject=subject) for what, subject in [*gone, ("language-chosen", "fi")]
        )
        db.session.commit()
    newest = [
        "personal links made: Etelä · 3 · members · 4", "agreement dropped: old-template",
        "play marked as done: old-play", "account made: a@example.org",
    ]  # fmt: skip
    assert told(admin, "en")[:4] == newest


def test_the_log_leads_to_what_is_older_and_back(app: Flask, signed_in: SignIn) -> None:
    """However much was done since, everything can be read: links lead to older events, and back to newer ones."""
    admin = signed_in("admin", "a@example.org")
    with app.app_context():
        for number in range(2 * SHOWN + 10):
            what = "language-chosen" if number % 50 == 0 else "round-started"
            db.session.add(Event(who="-", what=what, subject=str(number)))
            db.session.flush()
        db.session.commit()
        kept = db.session.query(Event).filter(Event.what != "language-chosen").count()

    def read(path: str, way: str) -> tuple[list[str], list[list[str]], str]:
        """Follow a way through the log to its end; give where it led, what was on each page, and the last page."""
        paths, seen = [], []
        while True:
            page = unescape(admin.get(path).text)
            paths.append(path)
            seen.append(re.findall(r'<tr role="row"><td.*?</tr>', page))
            on = re.search(rf'href="([^"]+)">{way}<', page)
            if not on:
                return paths, seen, page
            path = on[1]

    older, seen, _ = read("/admin/log", "Older")
    assert [len(each) for each in seen] == [SHOWN, SHOWN, kept - 2 * SHOWN]
    rows = [each for page in seen for each in page]
    numbers = [int(each[1]) for row in rows if (each := re.search(r"Round (\d+)", row))]
    assert numbers == sorted(numbers, reverse=True)
    assert len({*numbers}) == len(numbers)
    _, back, last = read(older[-1], "Newer")
    assert back[-1] == seen[0]
    assert "Newer<" not in last
    for strange in ("before=-1", "before=x", "after=" + "9" * 40, "before=" + "9" * 5000, "after=0&before="):
        assert admin.get(f"/admin/log?{strange}").status_code == 200
