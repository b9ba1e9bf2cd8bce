"""Every page once more: in Finnish, whose words are long, and in browsers that run no script."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import pytest
from playwright.sync_api import Browser, Page

from tests.web.browser import PHONE, overflows, settled, violations
from tests.web.every_page import EVERY, PLACES, Place, address_and_states, signed_in
from tests.web.every_state import ACCOUNTS, States
from tests.web.steps import open_details, shorten

__all__ = ["address_and_states"]
pytestmark = pytest.mark.slow
BY_ADDRESS: Final = [each for each in EVERY if each.then is None]
DEAD: Final = """() => {
  const shown = (each) => each.checkVisibility({ visibilityProperty: true });
  const dead = (each) => each.matches("a:not([href]), button[type=button], [role=button]") || !(each.form || each.href);
  return [...document.querySelectorAll("a, button, [role=button]")].filter((each) => shown(each) && dead(each))
    .map((each) => each.outerHTML.slice(0, 120));
}"""
"""Gives what looks as if it did something and does nothing by itself."""
EMPTY: Final = """() => {
  const full = "img, svg, svg *, input, textarea, select, progress, br, hr, th, td, #copied";
  const blank = (each) => !each.matches(full) && !each.textContent.trim() && !each.querySelector(full);
  return [...document.body.querySelectorAll("*")].filter((each) => each.checkVisibility() && blank(each))
    .map((each) => each.outerHTML.slice(0, 120));
}"""
"""Gives what is shown and has nothing in it; only where a script says that it has copied something is meant so."""
HIDDEN: Final = """all => {
  const named = (each) => each.id || (each.dataset.copy && "copy") || ("print" in each.dataset && "print");
  return all.map((each) => named(each) || each.outerHTML.slice(0, 120));
}"""
ONLY_WITH_SCRIPT: Final = {
    "copy": "what it copies can be selected",
    "print": "the browser's own menu prints",
    "carried": "where the script keeps what the server writes into each page",
    "waiting": "without script the browser itself says that there is no connection",
    "unsent": "without script nothing is kept on the device",
    "keys": "without script digits choose nothing",
}
"""What stays hidden without script, and why nobody misses it."""
STATUS: Final = {
    "team-link-gone": 404, "not-found": 404, "result-not-yet": 404, "result-overdue": 404,
    "too-much": 413, "too-many-tries": 429, "our-fault": 500,
}  # fmt: skip
"""What is answered where it is not 200."""
Windows = dict[tuple[str, str], Page]


@pytest.fixture(scope="module")
def windows(address_and_states: tuple[str, States], opened: Browser) -> Iterator[Windows]:
    """Give for everybody a window in Finnish, and one without script."""
    address, states = address_and_states
    found: Windows = {}
    for who in ("nobody", *ACCOUNTS):
        found[who, "fi"] = signed_in(opened, address, who, states, "fi").new_page()
        found[who, "no script"] = signed_in(opened, address, who, states, script=False).new_page()
    for each in found.values():
        each.set_viewport_size(PHONE)
    yield found
    for each in found.values():
        each.context.close()


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)
def test_finnish_on_a_phone(place: Place, windows: Windows, address_and_states: tuple[str, States]) -> None:
    """With everything open a page in Finnish is no wider than a phone, and has no fault that axe knows."""
    page = windows[place.who, "fi"]
    place.open(page, address_and_states[1])
    open_details(page)
    assert page.get_attribute("html", "lang") == "fi"
    assert not overflows(page)
    shorten(page)
    assert violations(page) == []


@pytest.mark.parametrize("place", BY_ADDRESS, ids=lambda place: place.name)
def test_nothing_waits_for_a_script(place: Place, windows: Windows, address_and_states: tuple[str, States]) -> None:
    """Without script a page is whole: its markup needs no mending, buttons work, nothing stays hidden or empty."""
    page = windows[place.who, "no script"]
    answer = page.goto(place.address(address_and_states[1]))
    assert answer
    assert answer.status == STATUS.get(place.name, 200)
    settled(page)
    assert page.is_visible("h1")
    assert page.locator("p:empty:not([role])").count() == 0, "a form within a paragraph ends it, and leaves one empty"
    assert page.evaluate(DEAD) == []
    assert page.evaluate(EMPTY) == []
    hidden = page.eval_on_selector_all("main [hidden]", HIDDEN)
    assert [each for each in hidden if each not in ONLY_WITH_SCRIPT] == []
