"""The front page, the quick check that it offers, and the privacy page: true words, and nothing stored."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final
from unittest.mock import Mock, patch

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser
from sqlalchemy import func, select

import web
from tests.small import shipped
from tests.web.browser import PHONE, overflows, served, violations
from tests.web.walking import token_of
from web.app import create_app
from web.database.connection import db
from web.database.models import Model, Role
from web.markdown import to_html

SignIn = Callable[[Role, str], FlaskClient]
LAST: Final = 14


def view(client: FlaskClient, given: Mapping[str, str], language: str = "en") -> str:
    """Send the quick check and give what it suggests."""
    form = {"csrf_token": token_of(client), "step": str(LAST), "go": "send", "language": language, **given}
    return client.post("/quick-check", data=form).text


def check(rating: str, **others: str) -> dict[str, str]:
    """Give the quick check's answers: one rating throughout, but for some dimensions."""
    asked = shipped().questionnaires["quick-check"].dimensions
    return {str(each.questions[0].id): others.get(str(each.id).replace("-", "_"), rating) for each in asked}


def rows(app: Flask) -> int:
    """Count all that is stored."""
    with app.app_context():
        tables = Model.metadata.sorted_tables
        return sum(db.session.scalar(select(func.count()).select_from(each)) or 0 for each in tables)


# --- the front page --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "words"), [("en", "at most three things"), ("fi", "enintään kolme asiaa")])
def test_the_front_page_explains_itself(client: FlaskClient, language: str, words: str) -> None:
    """Whoever comes for the first time reads what it is, sees an example, and can try it or sign in."""
    page = client.get("/", headers={"Accept-Language": language}).text
    assert words in page
    assert len(re.findall("<article", page)) == 1
    assert 'href="/quick-check"' in page
    assert 'href="/sign-in"' in page
    assert page.count("<h1") == 1


def test_the_example_is_true_to_the_content(client: FlaskClient) -> None:
    """The example's play is one of the shipped ones, with its own name, time and evidence in both languages."""
    play = shipped().plays["working-agreement-workshop"].file
    for language in ("en", "fi"):
        page = client.get("/", headers={"Accept-Language": language}).text
        assert f"<h3>{play.title.get(language)}</h3>" in page
        assert re.search(rf"{play.minutes} min.*{play.evidence.grade}</span>", page)


def test_whoever_is_signed_in_is_led_home(signed_in: SignIn) -> None:
    """A manager comes to the teams, a coach to the rules."""
    assert signed_in("manager", "m@example.org").get("/").headers["Location"] == "/teams"
    assert signed_in("coach", "k@example.org").get("/").headers["Location"].startswith("/rules")


def test_content_without_a_quick_check(app: Flask) -> None:
    """Where coaches have none, the front page offers none, and its address leads nowhere."""
    library = Mock(questionnaires={}, digest="-")
    with (
        patch("web.front.pages.library", return_value=library),
        patch("web.quick_check.pages.library", return_value=library),
    ):
        client = app.test_client()
        assert "/quick-check" not in client.get("/").text
        assert client.get("/quick-check").status_code == 404


# --- the quick check -------------------------------------------------------------------------------------------------


def test_the_quick_check_stores_nothing(app: Flask, client: FlaskClient) -> None:
    """From beginning to end no row is written anywhere, and the cookie holds no answer."""
    before = rows(app)
    assert "shown to you alone" in client.get("/quick-check").text
    assert "Start here" in view(client, check("2"))
    assert rows(app) == before
    with client.session_transaction() as session:
        assert {*session} <= {"csrf_token", "_fresh"}


def test_one_view_has_few_things(client: FlaskClient) -> None:
    """It gives one strength and at most three plays, each with reason, time, first step and its whole text."""
    page = view(client, check("3", cooperation="5", roles="1", agreements="2", courage_to_challenge="1"))
    assert re.search(r"Keep this:</strong> Cooperation, 5\.0 of 5\.", page)
    cards = re.findall(r"<article.*?</article>", page, re.DOTALL)
    assert 1 <= len(cards) <= 3
    for card in cards:
        assert re.search(r"<p>[^<]+</p>", card)
        assert re.search(r"\d+ minutes", card)
        assert "Within two days:" in card
        assert re.search(r"<details>.*?How it is done.*?<h4>Steps</h4>.*?<ol>", card, re.DOTALL)
        assert not re.search("<h[12]", card)


def test_without_a_strength_there_is_an_honest_word(client: FlaskClient) -> None:
    """Low answers throughout are not praised."""
    page = view(client, check("2"))
    assert "No single strength stands out" in page
    assert "Keep this" not in page


def test_in_finnish(client: FlaskClient) -> None:
    """The view speaks the language of the form, words of the content included."""
    page = view(client, check("2"), "fi")
    assert '<html lang="fi">' in page
    assert "Aloita näistä" in page
    assert "Kahden päivän kuluessa:" in page
    assert "<h4>Vaiheet</h4>" in page


def test_nothing_can_be_said_of_nothing(client: FlaskClient) -> None:
    """Whoever can't say anything gets no suggestions, least of all one about too few answers."""
    page = view(client, check("-"))
    assert "You could not say anything yet" in page
    assert "<article" not in page
    assert "Keep this" not in page


def test_one_person_is_told_nothing_about_consensus(client: FlaskClient) -> None:
    """What needs several people stays out of one person's view."""
    page = view(client, check("3", roles="1", cooperation="5"))
    assert not re.search(r"alike|split", page.split("What a team")[0].split("<details")[0])
    assert "one person's answers" in page or "one person&#39;s answers" in page


def test_a_good_team_gets_something_too(client: FlaskClient) -> None:
    """Nobody leaves empty-handed: the highest answers throughout give a strength and a next lever."""
    page = view(client, check("5"))
    assert "Keep this:" in page
    assert "<article" in page


# --- the privacy page ------------------------------------------------------------------------------------------------


def test_privacy_is_said_in_both_languages(app: Flask) -> None:
    """It names what is stored and shown, what is not promised, how long, and whom to ask; in Finnish as well."""
    client = create_app(replace(app.config["PELIKIRJA"], retention_days=123)).test_client()
    english, finnish = (client.get("/privacy", headers={"Accept-Language": each}).text for each in ("en", "fi"))
    promised = (
        "at least five members",
        "at least five of them have answered. No setting",
        "random order",
        "123 days",
        "Your rights",
    )
    not_promised = (
        "What is not promised",
        "from how and when they were written",
        "what everybody else answered",
        "how you usually answer",
        "come or gone",
        "a link to a new password for any account",
    )
    assert not [each for each in (*promised, *not_promised) if each not in english]
    in_finnish = (
        "vähintään viiden jäsenen",
        "heistä on vastannut vähintään viisi",
        "satunnaiseen järjestykseen",
        "Mitä ei luvata",
        "123 päivää",
        "tietosuojavaltuutet",
    )
    assert not [each for each in in_finnish if each not in finnish]
    assert "three" not in english, "in the browser five are needed of everybody"
    assert english.count("<li>") == finnish.count("<li>")


def test_addresses_are_forgotten_as_promised(app: Flask, client: FlaskClient) -> None:
    """No limit counts network addresses for longer than the privacy page says."""
    assert "for an hour at most" in client.get("/privacy").text
    code = "".join(each.read_text(encoding="utf-8") for each in Path(web.__file__).parent.rglob("pages.py"))
    limits = re.findall(r'limiter\.limit\("([^"]+)"', code)
    assert limits
    assert {each.split("/")[1] for limit in limits for each in limit.split(";")} <= {"minute", "hour"}


def test_what_the_device_keeps_is_as_promised(client: FlaskClient) -> None:
    """The script keeps unsent answers as long as the privacy page says."""
    script = (Path(web.__file__).parent / "static" / "answering.js").read_text(encoding="utf-8")
    assert re.search(r"KEPT_FOR = 2 \* 24 \* 60 \* 60 \* 1000", script)
    assert "after two days" in client.get("/privacy").text


# --- Markdown --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[x](javascript:alert(1))", "[x](data:text/html,x)",
     "![x](http://example.org/x.png)", "<a href='x' onclick='y'>z</a>", "<style>*{}</style>"],
)  # fmt: skip
def test_markdown_cannot_run(text: str) -> None:
    """Whatever a text holds, no script, picture, style or handler comes out of it."""
    html = str(to_html(text))
    tags = re.findall(r"<[^>]*>", html)
    assert not [each for each in tags if re.search(r"script|img|style|on\w+=|javascript:|data:", each)]


def test_headings_stand_where_they_are_told() -> None:
    """Headings go as many levels down as asked, never below the sixth, so that a page's headings stay in order."""
    assert to_html("## A").strip() == "<h2>A</h2>"
    assert to_html("## A\n\n### B", 2).split() == ["<h4>A</h4>", "<h5>B</h5>"]
    assert to_html("##### A", 3).strip() == "<h6>A</h6>"


# --- in a browser ----------------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_sound_on_a_phone(app: Flask, browser: Browser, scheme: str) -> None:
    """Front page, privacy page and the opened view have no accessibility fault and fit 320 pixels."""
    with served(app) as address:
        for locale in ("en", "fi"):
            context = browser.new_context(viewport=PHONE, color_scheme=scheme, locale=locale)  # type: ignore[arg-type]
            page = context.new_page()
            for path in ("/", "/privacy", "/quick-check"):
                page.goto(address + path)
                assert violations(page) == [], path
                assert not overflows(page), path
            page.click("button[value=next]")
            for _ in range(13):
                page.click(".targets label[for$='-2']")
                page.click("button[value=next]")
            page.click("button[value=send]")
            page.wait_for_selector("article")
            for summary in page.query_selector_all("summary"):
                summary.click()
            assert violations(page) == []
            assert not overflows(page)
            assert page.evaluate("localStorage.length + sessionStorage.length") == 0
            context.close()
