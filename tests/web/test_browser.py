"""The story in a browser: from signing in to the result, on a phone and at a desk, light and dark, without script."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page, ViewportSize

from tests.web.browser import chromium, overflows, served, violations
from tests.web.conftest import PASSWORD
from web.database.models import Account, Role

MakeAccount = Callable[[Role, str], Account]
PHONE = ViewportSize(width=320, height=720)
DESK = ViewportSize(width=1200, height=900)


def sound(page: Page) -> None:
    """Check that a page has no accessibility fault and is not wider than its window."""
    assert violations(page) == [], page.url
    assert not overflows(page), page.url


def answer(page: Page, address: str, value: int) -> None:
    """Answer every question that an address leads to with one value, and look at each kind of page on the way."""
    page.goto(address)
    sound(page)
    page.click("button[value=next]")
    sound(page)
    while not page.query_selector("button[value=send]"):
        for label in page.query_selector_all(f".targets label[for$='-{value}']"):
            label.click()
        page.click("button[value=next]")
    sound(page)
    page.click("button[value=send]")
    sound(page)


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_story(app: Flask, account: MakeAccount, scheme: str) -> None:
    """Sign in, make a team, start a round, seven answers from phones, close, read result, reasons, play, agreement."""
    account("manager", "m@example.org")
    with served(app) as address, chromium() as browser:
        manager = browser.new_context(viewport=DESK, color_scheme=scheme).new_page()  # type: ignore[arg-type]
        manager.goto(f"{address}/sign-in")
        sound(manager)
        manager.fill("#email", "m@example.org")
        manager.fill("#password", PASSWORD)
        manager.click("main button")
        sound(manager)
        manager.goto(f"{address}/teams/new")
        sound(manager)
        manager.fill("#name", "Nokka")
        manager.fill("#size", "7")
        manager.click("main button.main-button")
        manager.goto(f"{address}/teams/1/rounds/new")
        sound(manager)
        manager.click("main button.main-button")
        sound(manager)
        link = manager.evaluate('document.documentElement.innerHTML.match(/http[^"<\\s]*\\/a\\/[\\w-]+/)[0]')
        for number in range(7):
            phone = browser.new_context(
                viewport=PHONE, color_scheme=scheme, locale="fi" if number % 2 else "en",  # type: ignore[arg-type]
                java_script_enabled=True,
            ).new_page()  # fmt: skip
            if number:
                plainly(phone, link, 2 + number % 2)
            else:
                answer(phone, link, 2)
            phone.context.close()
        manager.goto(f"{address}/rounds/1/close")
        sound(manager)
        manager.click("main button.main-button, main button.danger")
        manager.goto(f"{address}/rounds/1/result")
        sound(manager)
        assert "Start here" in manager.content()
        first = manager.get_attribute("main a[href*='/plays/']", "href")
        for path in (first, "/rounds/1/why", "/rounds/1/agreements", "/rounds/1/what-if"):
            assert path
            manager.goto(path if path.startswith("http") else address + path)
            sound(manager)


def plainly(page: Page, address: str, value: int) -> None:
    """Answer every question that an address leads to."""
    page.goto(address)
    page.click("button[value=next]")
    while not page.query_selector("button[value=send]"):
        for label in page.query_selector_all(f".targets label[for$='-{value}']"):
            label.click()
        page.click("button[value=next]")
    page.click("button[value=send]")


@pytest.mark.slow
@pytest.mark.parametrize("script", [True, False])
def test_the_quick_check(app: Flask, script: bool) -> None:
    """Anybody answers thirteen questions on a phone and sees suggestions at once, with script and without."""
    with served(app) as address, chromium() as browser:
        page = browser.new_context(viewport=PHONE, java_script_enabled=script).new_page()
        if script:
            page.goto(address)
            sound(page)
            answer(page, f"{address}/quick-check", 2)
        else:
            plainly(page, f"{address}/quick-check", 2)
        assert page.query_selector("article.card")


@pytest.mark.slow
def test_by_keyboard_alone(app: Flask) -> None:
    """A question is reached, answered and left with the keyboard."""
    with served(app) as address, chromium() as browser:
        page = browser.new_context(viewport=PHONE).new_page()
        page.goto(f"{address}/quick-check")
        page.focus("button[value=next]")
        page.keyboard.press("Enter")
        page.wait_for_selector(".targets")
        page.focus(".targets input")
        page.keyboard.press("ArrowRight")
        assert page.evaluate("document.querySelector('.targets input:checked').value") == "2"
        page.keyboard.press("Enter")
        page.wait_for_selector("#progress:has-text('2')")
