"""The story in a browser, from signing in to a working agreement, on both databases; and what needs no script."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from typing import Any, Final

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, ViewportSize

from tests.web.browser import PHONE, overflows, served
from tests.web.conftest import PASSWORD, make_account
from tests.web.databases import bare, new_database, postgresql
from tests.web.making import link_to, sheet
from tests.web.steps import follow, press, type_in
from web.database.connection import upgrade
from web.rounds import sheets

__all__ = ["bare", "new_database", "postgresql"]
pytestmark = pytest.mark.slow
DESK: Final = ViewportSize(width=1200, height=900)
MANAGER: Final = "m@example.org"
SCREENS: Final = 13
CHOOSE: Final = "for (const each of document.querySelectorAll('.targets input:nth-of-type(2)')) each.click()"
AT_ONCE: Final = f"""() => {{
  for (let screen = 0; screen < {SCREENS}; screen += 1) {{
    {CHOOSE};
    document.querySelector("button.main-button").click();
  }}
}}"""
SAID: Final = {"en": ("Begin", "Next", "have arrived"), "fi": ("Aloita", "Seuraava", "ovat perillä")}
"""Of each language, what the buttons and the thanks say."""


@pytest.fixture
def stored_in(bare: Flask) -> Flask:
    """Give an application with an empty database, on SQLite and on PostgreSQL."""
    upgrade(bare)
    return bare


# --- what a manager does ---------------------------------------------------------------------------------------------


def sign_in(page: Page) -> None:
    """Sign in from the front page."""
    page.goto("/")
    follow(page, "/sign-in")
    type_in(email=MANAGER, password=PASSWORD)(page)


def start_a_round(page: Page) -> str:
    """Make a team of seven and start its first round; give the link that its members share."""
    follow(page, "/teams/new")
    type_in(name="Nokka", size="7")(page)
    follow(page, "/rounds/new")
    press(page)
    return page.inner_text("#link-members")


def close(page: Page) -> None:
    """Close the round, and come to its result."""
    page.reload()
    assert "7" in page.inner_text("table.standing")
    follow(page, "/close")
    press(page, "main form button")
    assert page.url.endswith("/rounds/1/result")


# --- what people do on their phones ----------------------------------------------------------------------------------


def tap(page: Page, language: str) -> None:
    """Answer as a thumb does; every screen fits the phone and speaks the language."""
    for number in range(SCREENS):
        page.wait_for_selector(f"#progress:has-text('{number + 1} ')")
        assert page.inner_text("button.main-button") == SAID[language][1]
        assert not overflows(page)
        for each in page.query_selector_all(f".targets label[for$='-{2 + number % 2}']"):
            each.tap(force=True)  # without waiting until it stands still: it is tapped where it is
        page.tap("button.main-button")


def press_digits(page: Page, language: str) -> None:
    """Answer with the digits of a keyboard."""
    for number in range(SCREENS):
        for _ in page.query_selector_all("fieldset"):
            page.keyboard.press(str(2 + number % 2))
        page.keyboard.press("Enter")


def at_once(page: Page, language: str) -> None:
    """Answer with the events of the same taps, which come quicker than fingers."""
    with page.expect_navigation():
        page.evaluate(AT_ONCE)


def answer(page: Page, link: str, way: Callable[[Page, str], None], language: str) -> None:
    """Answer everything that a link asks, in a language, and read that it has arrived."""
    page.goto(link)
    assert page.get_attribute("html", "lang") == language
    assert page.inner_text("button[value=next]") == SAID[language][0]
    page.click("button[value=next]")
    way(page, language)
    page.wait_for_selector("button[value=send]")
    assert not page.query_selector(".passed")
    page.click("button[value=send]")
    page.wait_for_selector(f"h1:has-text('{SAID[language][2]}')")


def test_the_story(stored_in: Flask, browser: Browser) -> None:
    """Seven people answer in two languages; the manager reads result, reasons, a play, and adopts an agreement."""
    make_account(stored_in, "manager", MANAGER)
    with served(stored_in) as address:
        manager = browser.new_context(base_url=address, viewport=DESK).new_page()
        sign_in(manager)
        link = start_a_round(manager)
        for way, languages in ((tap, ["fi"]), (press_digits, ["en"]), (at_once, ["fi", "en", "fi", "en", "fi"])):
            for language in languages:
                phone = browser.new_context(viewport=PHONE, locale=language, has_touch=True)
                answer(phone.new_page(), link, way, language)
                phone.close()
        close(manager)
        read(manager)
        manager.context.close()


def read(page: Page) -> None:
    """Read the result, the reasons of the first suggestion, its play, and an agreement, which is adopted."""
    assert page.locator(".cards > .card").count() in (1, 2, 3)
    page.click(".card summary")
    assert page.is_visible(".card .chain .play")
    title = page.inner_text(".card h3")
    follow(page, "/why/")
    assert page.inner_text("h1") == title
    page.go_back()
    follow(page, "/plays/")
    assert page.inner_text("h1") == title
    follow(page, "/run")
    page.check(".ticks input")
    page.go_back()
    follow(page, "/agreements")
    follow(page, "/agreements/")
    press(page, "form[action$='/adopt'] button")
    assert page.is_visible("[role=status]")
    assert not page.is_visible("form[action$='/drop'] button"), "nothing is taken back at one press"
    page.click("details.sure summary")
    assert page.is_visible("form[action$='/drop'] button")


def test_the_quick_check(app: Flask, browser: Browser) -> None:
    """Anybody comes from the front page to thirteen questions, and sees suggestions at once, in either language."""
    with served(app) as address:
        for language, said in (("en", "What your answers suggest"), ("fi", "Mitä vastauksistasi seuraa")):
            phone = browser.new_context(base_url=address, viewport=PHONE, locale=language)
            page = phone.new_page()
            page.goto("/")
            follow(page, "/quick-check")
            page.click("button[value=next]")
            at_once(page, language)
            press(page, "button[value=send]")
            assert page.query_selector("article.card")
            assert said in page.inner_text("h1")
            phone.close()


# --- without script --------------------------------------------------------------------------------------------------


def test_without_script(app: Flask, browser: Browser) -> None:
    """Sign in, make a team, start a round, answer it, close it and read the result, in browsers without script."""
    make_account(app, "manager", MANAGER)
    with served(app) as address:
        plain: dict[str, Any] = {"base_url": address, "java_script_enabled": False}
        manager = browser.new_context(**plain, viewport=DESK).new_page()
        sign_in(manager)
        link = start_a_round(manager)
        phone = browser.new_context(**plain, viewport=PHONE, locale="fi")
        answer(phone.new_page(), link, choose_each, "fi")
        phone.close()
        others(app, 6)
        close(manager)
        manager.click(".card summary")
        assert manager.is_visible(".card .chain .play")
        follow(manager, "/plays/")
        manager.context.close()


def test_the_quick_check_without_script(app: Flask, browser: Browser) -> None:
    """Thirteen questions and their suggestions need no script."""
    with served(app) as address:
        phone = browser.new_context(base_url=address, viewport=PHONE, java_script_enabled=False)
        page = phone.new_page()
        page.goto("/quick-check")
        press(page, "button[value=next]")
        for number in range(SCREENS):
            assert re.match(str(number + 1), page.inner_text("#progress"))
            choose(page)
        press(page, "button[value=send]")
        assert page.query_selector("article.card")
        phone.close()


def choose(page: Page) -> None:
    """Choose an answer to each question of a screen, and go on."""
    page.evaluate(CHOOSE)
    press(page, "button.main-button")


def choose_each(page: Page, language: str) -> None:
    """Answer screen by screen, each of which the server gives."""
    for number in range(SCREENS):
        assert re.match(f"{number + 1} ", page.inner_text("#progress"))
        assert page.inner_text("button.main-button") in SAID[language]
        choose(page)


def others(app: Flask, count: int) -> None:
    """Let others answer too, each one rating throughout."""
    with app.app_context():
        link = link_to(1, "members")
        for number in range(count):
            assert sheets.send(link, secrets.token_urlsafe(16), sheet("members", 2 + number % 2)) == "taken"
