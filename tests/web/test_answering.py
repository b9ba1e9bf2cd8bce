"""Answering by link: the way through the screens, for members, customers and the manager."""

from __future__ import annotations

import re

from flask import Flask

from tests.small import shipped
from tests.web.by_link import KEY, LAST, carried, open_, path_of, send, step, stored
from tests.web.making import sheet
from tests.web.walking import token_of
from web.answering.screens import screens_of
from web.content import minutes

__all__ = ["open_"]


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
    assert "After sending, your answers cannot be changed or taken back." in end
    there = step(client, path, "1", LAST, gaps)
    assert f'value="{LAST}">To the end<' in there
    assert "All answered" in step(client, path, str(LAST), 1, {**gaps, goals[1]: "-"})


def test_nothing_is_nothing_to_send(app: Flask, open_: int) -> None:
    """Whoever rated nothing is offered no button to send, and a forged one stores nothing that would count."""
    client, path = app.test_client(), path_of(app, open_)
    for given in ({}, dict.fromkeys(sheet("members", 3), "-")):
        assert 'value="send"' not in step(client, path, "next", 13, given)
        assert "There was nothing to send" in step(client, path, "send", LAST, given)
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


def test_the_manager_answers_the_members_questions(app: Flask, open_: int) -> None:
    """The manager gets the same questions, and is told what is true of one person's answers, not of many people's."""
    client, path = app.test_client(), path_of(app, open_, "manager")
    page = client.get(path).text
    assert "52 questions" in page
    assert "shown to nobody but you" in page
    assert "several people" not in page
    assert "have arrived" in send(client, path)
