"""The team's page of a result: without the manager's answers, until it is taken back or the answers are gone."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete

from tests.web.conftest import post
from tests.web.making import make_team
from tests.web.of_nokka import close_nokka, closed, manager, nokka, page, words
from web.database.connection import db
from web.database.models import GroupSheets, Round

__all__ = ["closed", "manager"]


def share(app: Flask, manager: FlaskClient, made: int) -> str:
    """Share a result and give the path of the team's link."""
    post(manager, f"/rounds/{made}/share", f"/rounds/{made}/result")
    with app.app_context():
        token = db.session.get_one(Round, made).team_link
    assert len(token) >= 40
    return f"/r/{token}"


def test_a_result_is_shared_and_taken_back(app: Flask, manager: FlaskClient, closed: int) -> None:
    """Whoever has the link reads the result without an account, until it is taken back; sharing twice is one link."""
    path = share(app, manager, closed)
    shared = page(app.test_client(), path)
    assert "Our team settles its differences well." in shared
    assert "<form" not in shared.split("<main")[1]
    assert "/rounds/" not in shared
    assert "noindex" in shared
    post(manager, f"/rounds/{closed}/take-back", f"/rounds/{closed}/result")
    page(app.test_client(), path, 404)
    page(app.test_client(), "/r/", 404)
    page(app.test_client(), "/r/x", 404)
    assert share(app, manager, closed) != path


def test_the_team_learns_nothing_of_the_managers_answers(app: Flask, manager: FlaskClient) -> None:
    """Whatever the manager answered, or whether at all, the team's page is the same to the letter."""
    own = nokka()["manager"]
    changed = [dict.fromkeys(own[0], 1)]
    with app.app_context():
        made = [close_nokka(make_team("m@example.org"), manager=each) for each in (own, changed, [])]
    seen = {words(page(app.test_client(), share(app, manager, each))) for each in made}
    assert len(seen) == 1
    assert "only you" not in seen.pop()
    managers = {words(page(manager, f"/rounds/{each}/result")) for each in made}
    assert len(managers) == 3


def test_forgotten_answers_are_shown_no_longer(app: Flask, manager: FlaskClient, closed: int) -> None:
    """Once the answers are deleted nothing of them is shown, though the page was read before."""
    path = share(app, manager, closed)
    assert "2.4" in page(manager, f"/rounds/{closed}/result")
    with app.app_context():
        db.session.execute(delete(GroupSheets))
        db.session.commit()
    for each in (page(manager, f"/rounds/{closed}/result"), page(app.test_client(), path)):
        assert "The answers of this round are no longer kept." in each
        assert "2.4" not in words(each)
