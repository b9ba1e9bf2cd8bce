"""A manager with a closed round whose answers are those of the example team Nokka, and how its pages are read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from engine.measuring.answers import UNANSWERED
from engine.measuring.reading import read_answers
from tests.small import shipped
from tests.web.conftest import CSRF
from tests.web.making import REVIEW, VOICE, answer, make_team, open_round
from web.database.connection import db
from web.database.models import Role, Round
from web.rounds import sheets

SignIn = Callable[[Role, str], FlaskClient]
EXAMPLES = Path(__file__).parents[2] / "examples"
FACTS = {"size": 11, "work-mode": "hybrid", "months-together": 20, "rounds": 1, "invited": {"members": 11}}
PAGES = ("/result", "/why", "/why/customer-visit", "/why/blind-to-customers", "/what-if", "/plays/customer-visit",
         "/plays/customer-visit/run", "/agreements", "/agreements/working-agreement")  # fmt: skip


@pytest.fixture
def manager(signed_in: SignIn) -> FlaskClient:
    """Give the browser of a manager."""
    return signed_in("manager", "m@example.org")


@cache
def nokka() -> Mapping[str, list[dict[str, int]]]:
    """Give the answers of nine members, a manager and six customers, by group."""
    asked = [shipped().questionnaires[each] for each in (REVIEW, VOICE)]
    groups = read_answers(EXAMPLES / "nokka.csv", asked, language="en", chosen=True).rounds["Nokka"][-1].groups
    return {
        group: [
            {str(each.id): given for each, given in zip(answers.questionnaire.all_questions, row, strict=True)
             if given != UNANSWERED} for row in answers.rows
        ] for group, answers in groups.items()
    }  # fmt: skip


def close_nokka(team: int, **others: list[dict[str, int]]) -> int:
    """Make a closed round with the answers of Nokka, but for some groups, and give its id."""
    made = open_round(team)
    db.session.get_one(Round, made).groups = {
        "members": {"questionnaire": REVIEW, "invited": 11}, "manager": {"questionnaire": REVIEW, "invited": 1},
        "customers": {"questionnaire": VOICE, "invited": None},
    }  # fmt: skip
    db.session.commit()
    for group, given in {**nokka(), **others}.items():
        answer(made, group, *given)
    assert sheets.close(made, FACTS)
    return made


@pytest.fixture
def closed(app: Flask, manager: FlaskClient) -> int:
    """Give the id of the manager's closed round."""
    with app.app_context():
        return close_nokka(make_team("m@example.org"))


def page(client: FlaskClient, path: str, status: int = 200) -> str:
    """Give a page that answers as it should."""
    response = client.get(path)
    assert response.status_code == status, path
    return response.get_data(as_text=True)


def words(html: str) -> str:
    """Give what a page says."""
    return " ".join(re.sub(r"<[^>]*>", " ", CSRF.sub("", html)).split())
