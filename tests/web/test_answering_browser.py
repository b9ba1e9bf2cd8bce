"""Answering in a browser with script: without a connection, after a reload, on a shared device, by keyboard."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from tests.web.browser import PHONE, overflows, served, violations
from tests.web.by_link import open_, path_of, stored
from tests.web.making import sheet

__all__ = ["open_"]
pytestmark = pytest.mark.slow


@pytest.fixture
def phone(app: Flask, browser: Browser) -> Iterator[Page]:
    """Give a page of a phone; no script on it may fail."""
    with served(app) as address:
        page = browser.new_context(base_url=address, viewport=PHONE).new_page()
        faults: list[str] = []
        page.on("pageerror", lambda each: faults.append(str(each)))
        page.on("console", lambda each: faults.append(each.text) if each.type == "error" else None)
        yield page
        page.context.close()
    assert [each for each in faults if "ERR_INTERNET_DISCONNECTED" not in each] == []


def kept(page: Page) -> dict[str, Any] | None:
    """Give what the device keeps of unsent answers."""
    path = "/a/" + page.url.split("/a/")[1]
    text = page.evaluate(f"localStorage.getItem('pelikirja-answers:{path}')")
    return dict(json.loads(text)) if text else None


def choose(page: Page) -> None:
    """Choose 4 for every question of a screen, and go on."""
    page.eval_on_selector_all(".targets label[for$='-4']", "all => all.forEach(each => each.click())")
    page.click("button[value=next]")


def begin(page: Page, path: str, screens: int = 1) -> None:
    """Open a link and answer some screens."""
    page.goto(path)
    page.click("button[value=next]")
    for _ in range(screens):
        choose(page)


def test_reloading_loses_nothing(app: Flask, open_: int, phone: Page) -> None:
    """A page that is loaded anew in the middle is where it was; one opened later offers to go on, with the same key."""
    path = path_of(app, open_)
    begin(phone, path, 2)
    before = kept(phone)
    phone.reload()
    phone.wait_for_selector("#progress:has-text('3 of 13')")
    phone.click("button[value=back]")
    assert phone.locator(".targets input:checked").count() == 4
    later = phone.context.new_page()
    later.goto(path)
    assert violations(later) == []
    assert not overflows(later)
    later.click("#go-on")
    later.wait_for_selector("#progress:has-text('2 of 13')")
    after = kept(later)
    assert before
    assert after
    assert (after["key"], len(after["answers"])) == (before["key"], 8)


def test_somebody_else_begins_anew(app: Flask, open_: int, phone: Page) -> None:
    """On a shared device “Begin” deletes what another person left, and makes a key of one's own."""
    path = path_of(app, open_)
    begin(phone, path)
    other = phone.context.new_page()
    other.goto(path)
    assert other.is_visible("#unsent")
    other.click("button[value=next]")
    assert kept(other) is None
    assert other.locator(".targets input:checked").count() == 0


def test_old_answers_are_forgotten(app: Flask, open_: int, phone: Page) -> None:
    """What was left on a device two days ago is deleted when a page for answering is opened there."""
    path = path_of(app, open_)
    begin(phone, path)
    key = f"pelikirja-answers:{path}"
    phone.evaluate(
        f"const k = JSON.parse(localStorage.getItem('{key}')); k.at -= 49 * 3600 * 1000;"
        f"localStorage.setItem('{key}', JSON.stringify(k)); localStorage.setItem('pelikirja-answers:/a/x', '1')"
    )
    later = phone.context.new_page()
    later.goto(path)
    assert not later.is_visible("#unsent")
    assert later.evaluate("localStorage.length") == 0


def test_no_connection_is_needed_between(app: Flask, open_: int, phone: Page) -> None:
    """Offline all screens can be answered; the end waits for the connection, and then goes on by itself."""
    path = path_of(app, open_)
    phone.goto(path)
    phone.context.set_offline(True)
    phone.click("button[value=next]")
    for _ in range(13):
        choose(phone)
    assert phone.is_visible("#waiting")
    phone.context.set_offline(False)
    phone.wait_for_selector("button[value=send]")
    phone.context.set_offline(True)
    phone.click("button[value=send]")
    assert phone.is_visible("#waiting")
    phone.context.set_offline(False)
    phone.wait_for_selector("h1:has-text('have arrived')")
    assert kept(phone) is None
    assert stored(app) == [sheet("members", 4)]


def test_digits_choose(app: Flask, open_: int, phone: Page) -> None:
    """On a screen digits answer one question after the other, and Enter goes on."""
    path = path_of(app, open_)
    phone.goto(path)
    phone.focus("button[value=next]")
    phone.keyboard.press("Enter")
    for digit in "5234":
        phone.keyboard.press(digit)
    chosen = phone.eval_on_selector_all(".targets input:checked", "all => all.map(each => each.value)")
    assert chosen == ["5", "2", "3", "4"]
    phone.keyboard.press("Enter")
    phone.wait_for_selector("#progress:has-text('2 of 13')")
    phone.keyboard.press("9")
    assert phone.locator("input:checked").count() == 0


def test_the_phone_s_own_back_goes_back(app: Flask, open_: int, phone: Page) -> None:
    """The browser's way back leads from screen to screen, and from the last page into the questions, losing nothing."""
    path = path_of(app, open_)
    begin(phone, path, 13)
    phone.wait_for_selector("button[value=send]")
    phone.go_back()
    phone.wait_for_selector("#progress:has-text('13 of 13')")
    assert phone.locator(".targets input:checked").count() == 4
    phone.go_back()
    phone.wait_for_selector("#progress:has-text('12 of 13')")
    phone.click("button[value=next]")
    phone.click("button[value=next]")
    phone.click("button[value=send]")
    phone.wait_for_selector("h1:has-text('have arrived')")
    assert stored(app) == [sheet("members", 4)]
