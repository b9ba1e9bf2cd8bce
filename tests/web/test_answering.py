"""Answering by link: the way through the screens, what each end says, and what a browser with script adds."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Final
from unittest.mock import patch

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, select

from tests.small import shipped
from tests.web.making import FACTS, link_to, make_team, open_round, sheet
from tests.web.walking import token_of
from web.answering.screens import minutes, screens_of
from web.app import create_app
from web.database.connection import db
from web.database.models import Account, Role, Round, RoundLink, Sheet, now
from web.rounds import sheets
from web.security import limiter

MakeAccount = Callable[[Role, str], Account]
HIDDEN: Final = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
KEY: Final = "key-of-a-device-000000"
LAST: Final = 14


@pytest.fixture
def open_(app: Flask, account: MakeAccount) -> int:
    """Give the id of an open round in which one member has a personal link, and all others have one together."""
    account("manager", "m@example.org")
    with app.app_context():
        made = open_round(make_team("m@example.org"))
        db.session.add(RoundLink(round_id=made, group="members", token="personal-link-of-aino", name="Aino"))
        db.session.commit()
        return made


def path_of(app: Flask, round_id: int, group: str = "members", name: str = "") -> str:
    """Give the path of a link."""
    with app.app_context():
        return f"/a/{link_to(round_id, group, name).token}"


def step(client: FlaskClient, path: str, go: str, at: int = 0, answers: Mapping[str, object] | None = None) -> str:
    """Press a button on a screen, as a browser without script does."""
    form = {"csrf_token": token_of(client), "key": KEY, "step": str(at), "go": go, **(answers or {})}
    return client.post(path, data=form).text


def send(client: FlaskClient, path: str, **other: object) -> str:
    """Send a whole sheet from the last page."""
    return step(client, path, "send", LAST, {**sheet("members", 2), **other})


def stored(app: Flask) -> list[dict[str, int]]:
    """Give the sheets that have come."""
    with app.app_context():
        return list(db.session.scalars(select(Sheet.answers)))


def carried(page: str) -> dict[str, str]:
    """Give what a page's form carries."""
    return dict(HIDDEN.findall(page.split("<main")[1]))


# --- the way through -------------------------------------------------------------------------------------------------


def test_the_beginning_says_what_it_is(app: Flask, open_: int) -> None:
    """Before the first question stand the team, what to think of, who sees it, how much it is, and the language."""
    page = app.test_client().get(path_of(app, open_)).text.split("<template")[0]
    for words in (
        "Nokka",
        "Think of the last month",
        "Your answers are shown to nobody",
        "52 questions, about 5 minutes",
    ):
        assert words in page
    assert 'href="/privacy"' in page
    assert re.search(r'name="go" value="fi" lang="fi"[^>]*>suomi<', page)


def test_the_language_is_the_respondents_own(app: Flask, open_: int) -> None:
    """The language is chosen in the form and travels in it: the next screen speaks it, and no cookie remembers it."""
    client, path = app.test_client(), path_of(app, open_)
    first = step(client, path, "fi")
    assert "Arvostava tiimikatselmus" in first
    assert carried(first)["language"] == "fi"
    second = step(client, path, "next", answers={"language": "fi"})
    assert "1 / 13" in second
    assert "Yhteiset tavoitteet" in second
    with client.session_transaction() as session:
        assert "language" not in session
    assert "1 of 13" in step(client, path, "next")


def test_answers_travel_in_the_form(app: Flask, open_: int) -> None:
    """Forwards and backwards everything that was answered stays in the form, and nothing is stored before sending."""
    client, path = app.test_client(), path_of(app, open_)
    question = screens_of(shipped().questionnaires["appreciative-review"], "en")[0].questions[0].id
    second = step(client, path, "next", 1, {question: "4"})
    assert "2 of 13" in second
    assert carried(second)[question] == "4"
    assert carried(second)["key"] == KEY
    first = step(client, path, "back", 2, {question: "4"})
    assert re.search(rf'id="{question}-4"[^>]* checked', first)
    assert question not in carried(first)
    assert "Appreciative team review" in step(client, path, "back", 1, {question: "4"})
    assert stored(app) == []


def test_what_a_form_says_is_not_trusted(app: Flask, open_: int) -> None:
    """Ratings outside the scale, questions of nobody, wild steps and a bad key are put right or left out."""
    client, path = app.test_client(), path_of(app, open_)
    question = screens_of(shipped().questionnaires["appreciative-review"], "en")[0].questions[0].id
    for bad in ("0", "6", "-1", "5.0", "٣", "1" * 400, "<b>"):
        page = step(client, path, "next", 1, {question: bad, "made-up": "3", "key": "<script>"})
        assert question not in carried(page)
        assert "made-up" not in carried(page)
        assert len(carried(page)["key"]) > 20
    assert "<h1>Appreciative team review</h1>" in step(client, path, "back", 0)
    for wild in ("999", "99999999999999", "-5", "٣", "next"):
        assert client.post(path, data={"csrf_token": token_of(client), "go": wild, "step": wild}).status_code == 200
    assert "You have not answered anything yet" in step(client, path, "999")


def test_sending_is_the_last_page_s(app: Flask, open_: int) -> None:
    """A form that says “send” from the middle is not sent."""
    assert "3 of 13" in step(app.test_client(), path_of(app, open_), "send", 3, sheet("members", 2))
    assert stored(app) == []


def test_the_end_shows_what_was_passed_over(app: Flask, open_: int) -> None:
    """The last page names the screens with gaps and leads to them, and from there straight back to the end."""
    client, path = app.test_client(), path_of(app, open_)
    goals = [each.id for each in screens_of(shipped().questionnaires["appreciative-review"], "en")[0].questions]
    gaps = {id_: value for id_, value in sheet("members", 3).items() if id_ != goals[1]}
    end = step(client, path, "next", 13, gaps)
    assert re.findall(r'name="go" value="(\d+)">([^<]+)<', end) == [("1", "Shared goals")]
    assert 'value="send"' in end
    there = step(client, path, "1", LAST, gaps)
    assert f'value="{LAST}">To the end<' in there
    assert "All answered" in step(client, path, str(LAST), 1, {**gaps, goals[1]: "-"})


def test_nothing_is_nothing_to_send(app: Flask, open_: int) -> None:
    """Whoever answered nothing is offered no button to send, and a forged one stores nothing."""
    client, path = app.test_client(), path_of(app, open_)
    assert 'value="send"' not in step(client, path, "next", 13)
    assert "There was nothing to send" in step(client, path, "send", LAST)
    assert stored(app) == []


def test_cant_say_is_an_answer_without_a_rating(app: Flask, open_: int) -> None:
    """“Can't say” fills the gap on the last page, and is stored as no answer."""
    client, path = app.test_client(), path_of(app, open_)
    given = sheet("members", 3)
    question = next(iter(given))
    assert "have arrived" in step(client, path, "send", LAST, {**given, question: "-"})
    assert stored(app) == [{id_: 3 for id_ in given if id_ != question}]


def test_every_target_is_labelled(app: Flask, open_: int) -> None:
    """For screen readers each radio button has its number and words, each question its own group."""
    page = step(app.test_client(), path_of(app, open_), "next")
    assert len(re.findall(r"<fieldset[^>]*>\s*<legend>[^<]+</legend>", page)) == 4
    ids, labels = re.findall(r'<input type="radio" id="([^"]+)"', page), re.findall(r'<label for="([^"]+)"', page)
    assert ids == labels
    assert len(ids) == 4 * 6
    assert '<span>2</span><span class="visually-hidden"> Disagree</span>' in page


def test_customers_have_their_own_questions(app: Flask, open_: int) -> None:
    """Customers get their questionnaire: two dimensions, then satisfaction and recommendation from 0 to 10."""
    client, path = app.test_client(), path_of(app, open_, "customers")
    assert "at least five customers" in client.get(path).text
    page = step(client, path, "next", 3)
    assert "4 of 4" in page
    assert re.findall(r'type="radio"[^>]* value="(\d+)"', page) == [str(each) for each in range(11)]


def test_a_scale_without_words_can_be_answered() -> None:
    """Where a coach has given no words, there is still a “can't say”."""
    whole = shipped().questionnaires["quick-check"]
    bare = whole.scale.model_copy(update={"labels": None, "cant_say": None})
    question = screens_of(whole.model_copy(update={"scale": bare}), "en")[0].questions[0]
    assert question.cant_say == "Can't say"
    assert [value for value, _ in question.options] == [1, 2, 3, 4, 5]


def test_minutes_are_those_that_are_promised() -> None:
    """A member answers in five minutes, and the quick check and a customer's form take two."""
    assert [minutes(each) for each in (52, 13, 8, 3)] == [5, 2, 2, 2]


# --- the manager -----------------------------------------------------------------------------------------------------


def test_the_manager_answers_the_members_questions(app: Flask, open_: int) -> None:
    """The manager gets the same questions, and is told what is true of one person's answers, not of many people's."""
    client, path = app.test_client(), path_of(app, open_, "manager")
    page = client.get(path).text
    assert "52 questions" in page
    assert "shown to nobody but you" in page
    assert "several people" not in page
    assert "have arrived" in send(client, path)


# --- the ends --------------------------------------------------------------------------------------------------------


def test_sent_answers_are_thanked_for(app: Flask, open_: int) -> None:
    """After sending stands the questionnaire's thanks, and one sheet is stored."""
    page = send(app.test_client(), path_of(app, open_))
    assert "Your answers have arrived" in page
    assert "your team sees what already works" in page
    assert stored(app) == [sheet("members", 2)]


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
    """From one address thirty sheets a minute are taken, and then screens can still be opened."""
    limited, path = create_app(replace(app.config["PELIKIRJA"], limits=True)), path_of(app, open_)
    client = limited.test_client()
    form = {"csrf_token": token_of(client), "go": "send", "step": str(LAST)}
    try:
        assert [client.post(path, data=form).status_code for _ in range(31)] == [200] * 30 + [429]
        assert client.post(path, data={**form, "go": "next"}).status_code == 200
        assert client.get(path).status_code == 200
    finally:
        limiter.enabled = False
        limiter.reset()


def _same(page: str) -> str:
    return re.sub(r'name="(key|csrf_token)" value="[^"]*"', "", page)
