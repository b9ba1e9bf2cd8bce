"""A keyboard is enough: for a whole questionnaire, and for what opens in place."""

from __future__ import annotations

from typing import Final

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from tests.web.browser import served
from tests.web.conftest import PASSWORD, make_account
from tests.web.making import answered_round, make_team

pytestmark = pytest.mark.slow
MOST_KEYS: Final = 40


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until something has the focus."""
    for _ in range(MOST_KEYS):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            return
    raise AssertionError(f"{selector} is not reached")


def test_the_quick_check_by_keyboard_alone(app: Flask, browser: Browser) -> None:
    """Tab, arrows, Space and Enter lead from the front page through every question to the suggestions."""
    with served(app) as address:
        page = browser.new_context(base_url=address).new_page()
        page.goto("/")
        tab_to(page, "a[href='/quick-check']")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        tab_to(page, "button[value=next]")
        page.keyboard.press("Enter")
        for number in range(13):
            page.wait_for_selector(f"#progress:has-text('{number + 1} ')")
            tab_to(page, ".targets input")
            page.keyboard.press("Space")
            page.keyboard.press("ArrowRight")
            assert page.eval_on_selector(".targets input:checked", "each => each.value") == "2"
            tab_to(page, "button.main-button")
            page.keyboard.press("Enter")
        page.wait_for_selector("button[value=send]")
        tab_to(page, "button[value=send]")
        page.keyboard.press("Enter")
        page.wait_for_selector("article.card")
        page.context.close()


def test_reasons_open_by_keyboard(app: Flask, browser: Browser) -> None:
    """Signed in by keyboard alone, a manager opens and closes the reasons of a suggestion with Enter."""
    make_account(app, "manager", "m@example.org")
    with app.app_context():
        answered_round(make_team("m@example.org"))
    with served(app) as address:
        page = browser.new_context(base_url=address).new_page()
        page.goto("/sign-in?next=/rounds/1/result")
        for field, text in (("email", "m@example.org"), ("password", PASSWORD)):
            tab_to(page, f"[name={field}]")
            page.keyboard.type(text)
        page.keyboard.press("Enter")
        page.wait_for_selector(".cards")
        tab_to(page, ".card summary")
        page.keyboard.press("Enter")
        assert page.is_visible(".card .chain")
        page.keyboard.press("Enter")
        assert not page.is_visible(".card .chain")
        page.context.close()
