"""Answering in a browser with script: without a connection, after a reload, on a shared device, by keyboard."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page

from tests.web.browser import chromium, overflows, served, violations
from tests.web.making import sheet
from tests.web.test_answering import open_, path_of, stored

__all__ = ["open_"]


@contextmanager
def phone(app: Flask, **options: Any) -> Iterator[tuple[Page, str]]:
    """Give a page of a phone, and the server's address."""
    with served(app) as address, chromium() as browser:
        context = browser.new_context(viewport={"width": 320, "height": 720}, **options)
        page = context.new_page()
        faults: list[str] = []
        page.on("pageerror", lambda each: faults.append(str(each)))
        page.on("console", lambda each: faults.append(each.text) if each.type == "error" else None)
        yield page, address
        assert [each for each in faults if "ERR_INTERNET_DISCONNECTED" not in each] == []


def kept(page: Page) -> dict[str, Any] | None:
    """Give what the device keeps of unsent answers."""
    path = "/a/" + page.url.split("/a/")[1]
    text = page.evaluate(f"localStorage.getItem('pelikirja-answers:{path}')")
    return dict(json.loads(text)) if text else None


def begin(page: Page, address: str, screens: int = 1) -> None:
    """Open a link and answer some screens, each question with 4."""
    page.goto(address)
    page.click("button[value=next]")
    for _ in range(screens):
        for label in page.query_selector_all(".targets label[for$='-4']"):
            label.click()
        page.click("button[value=next]")


@pytest.mark.slow
def test_reloading_loses_nothing(app: Flask, open_: int) -> None:
    """A page that is loaded anew in the middle is where it was; one opened later offers to go on, with the same key."""
    path = path_of(app, open_)
    with phone(app) as (page, address):
        begin(page, address + path, 2)
        before = kept(page)
        page.reload()
        page.wait_for_selector("#progress:has-text('3 of 13')")
        page.click("button[value=back]")
        assert page.locator(".targets input:checked").count() == 4
        later = page.context.new_page()
        later.goto(address + path)
        assert violations(later) == []
        assert not overflows(later)
        later.click("#go-on")
        later.wait_for_selector("#progress:has-text('2 of 13')")
        after = kept(later)
        assert before
        assert after
        assert (after["key"], len(after["answers"])) == (before["key"], 8)


@pytest.mark.slow
def test_somebody_else_begins_anew(app: Flask, open_: int) -> None:
    """On a shared device “Begin” deletes what another person left, and makes a key of one's own."""
    path = path_of(app, open_)
    with phone(app) as (page, address):
        begin(page, address + path)
        other = page.context.new_page()
        other.goto(address + path)
        assert other.is_visible("#unsent")
        other.click("button[value=next]")
        assert kept(other) is None
        assert other.locator(".targets input:checked").count() == 0


@pytest.mark.slow
def test_old_answers_are_forgotten(app: Flask, open_: int) -> None:
    """What was left on a device two days ago is deleted when a page for answering is opened there."""
    path = path_of(app, open_)
    with phone(app) as (page, address):
        begin(page, address + path)
        key = f"pelikirja-answers:{path}"
        page.evaluate(
            f"const k = JSON.parse(localStorage.getItem('{key}')); k.at -= 49 * 3600 * 1000;"
            f"localStorage.setItem('{key}', JSON.stringify(k)); localStorage.setItem('pelikirja-answers:/a/x', '1')"
        )
        later = page.context.new_page()
        later.goto(address + path)
        assert not later.is_visible("#unsent")
        assert later.evaluate("localStorage.length") == 0


@pytest.mark.slow
def test_no_connection_is_needed_between(app: Flask, open_: int) -> None:
    """Offline all screens can be answered; the end waits for the connection, and then goes on by itself."""
    path = path_of(app, open_)
    with phone(app) as (page, address):
        page.goto(address + path)
        page.context.set_offline(True)
        page.click("button[value=next]")
        for _ in range(13):
            for label in page.query_selector_all(".targets label[for$='-4']"):
                label.click()
            page.click("button[value=next]")
        assert page.is_visible("#waiting")
        page.context.set_offline(False)
        page.wait_for_selector("button[value=send]")
        page.context.set_offline(True)
        page.click("button[value=send]")
        assert page.is_visible("#waiting")
        page.context.set_offline(False)
        page.wait_for_selector("h1:has-text('have arrived')")
        assert kept(page) is None
    assert stored(app) == [sheet("members", 4)]


@pytest.mark.slow
def test_digits_choose(app: Flask, open_: int) -> None:
    """On a screen digits answer one question after the other, and Enter goes on."""
    path = path_of(app, open_)
    with phone(app) as (page, address):
        page.goto(address + path)
        page.focus("button[value=next]")
        page.keyboard.press("Enter")
        for digit in "5234":
            page.keyboard.press(digit)
        chosen = page.eval_on_selector_all(".targets input:checked", "all => all.map(each => each.value)")
        assert chosen == ["5", "2", "3", "4"]
        page.keyboard.press("Enter")
        page.wait_for_selector("#progress:has-text('2 of 13')")
        page.keyboard.press("9")
        assert page.locator("input:checked").count() == 0


@pytest.mark.slow
def test_the_phone_s_own_back_goes_back(app: Flask, open_: int) -> None:
    """The browser's way back leads from screen to screen, and from the last page into the questions, losing nothing."""
    path = path_of(app, open_)
    with phone(app) as (page, address):
        begin(page, address + path, 13)
        page.wait_for_selector("button[value=send]")
        page.go_back()
        page.wait_for_selector("#progress:has-text('13 of 13')")
        assert page.locator(".targets input:checked").count() == 4
        page.go_back()
        page.wait_for_selector("#progress:has-text('12 of 13')")
        page.click("button[value=next]")
        page.click("button[value=next]")
        page.click("button[value=send]")
        page.wait_for_selector("h1:has-text('have arrived')")
    assert stored(app) == [sheet("members", 4)]
