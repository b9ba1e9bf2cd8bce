"""Every page in a browser: nothing that axe finds, nothing wider than a phone, everything within reach of a keyboard.

The tests of one page come one after the other in one window, so that it is opened once.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from tests.web.browser import PHONE, overflows, violations
from tests.web.every_page import PLACES, Place, address_and_states, signed_in
from tests.web.every_state import ACCOUNTS, States
from tests.web.steps import open_details, shorten

__all__ = ["address_and_states"]
pytestmark = pytest.mark.slow
DESK: Final = ViewportSize(width=1200, height=900)
COLOURS: Final = ("color-contrast", "link-in-text-block")
"""The rules of axe that judge colours; what the others judge is the same in light and in dark."""
NOTHING_HERE: Final = {"not-found", "team-link-gone"}
Windows = dict[str, Page]


@pytest.fixture(scope="module")
def windows(address_and_states: tuple[str, States], opened: Browser) -> Iterator[Windows]:
    """Give for everybody a window of a browser in which they have signed in."""
    address, states = address_and_states
    found = {who: signed_in(opened, address, who, states).new_page() for who in ("nobody", *ACCOUNTS)}
    yield found
    for each in found.values():
        each.context.close()


@pytest.fixture(scope="module", params=PLACES, ids=lambda place: place.name)
def page(request: pytest.FixtureRequest, windows: Windows, address_and_states: tuple[str, States]) -> Page:
    """Give a page, on a phone, with everything open that can be opened on it."""
    place: Place = request.param
    opened = windows[place.who]
    opened.set_viewport_size(PHONE)
    opened.emulate_media(color_scheme="light")
    place.open(opened, address_and_states[1])
    assert (opened.inner_text("h1") == "There is nothing here") == (place.name in NOTHING_HERE)
    open_details(opened)
    return opened


# --- what everybody can read -----------------------------------------------------------------------------------------


def test_no_page_is_wider_than_a_phone(page: Page) -> None:
    """With 320 pixels there is nothing to scroll sideways for."""
    assert not overflows(page)


# --- the keyboard ----------------------------------------------------------------------------------------------------

WATCH: Final = """() => {
  const usable = "a[href], button, input, select, textarea, summary, [tabindex='0']";
  const seen = (each) => each && ["outline", "border", "boxShadow"].map((name) => getComputedStyle(each)[name]).join();
  const look = (each) => [each, each.labels?.[0], each.closest("fieldset")].map(seen).join(" | ");
  const name = (each) => each.outerHTML.replace(/\\s+/g, " ").slice(0, 160);
  const shown = (each) => each.checkVisibility({ visibilityProperty: true });
  const there = (each) => shown(each) && !each.disabled && each.type !== "hidden";
  document.body.tabIndex = -1;
  document.body.focus();
  document.body.removeAttribute("tabindex");
  const before = new Map([...document.querySelectorAll(usable)].filter(there).map((each) => [each, look(each)]));
  const group = (each) => each.type === "radio" ? [...document.getElementsByName(each.name)] : [each];
  window.walked = { reached: new Set(), unseen: new Set(), outside: new Set() };
  document.addEventListener("focusin", ({ target }) => {
    for (const each of group(target)) walked.reached.add(each);
    if (before.has(target) && before.get(target) === look(target)) walked.unseen.add(name(target));
    const box = (target.labels?.[0] ?? target).getBoundingClientRect();
    const sideways = box.right <= 0 || box.left >= innerWidth;
    if (sideways || box.bottom <= 0 || box.top >= innerHeight) walked.outside.add(name(target));
  });
  walked.missed = () => [...before.keys()].filter((each) => !walked.reached.has(each)).map(name);
  return before.size + 4 * document.querySelectorAll("[type=date], [type=month]").length;
}"""
"""Watches what receives the focus; gives how many stops there are at most: a field for a day has several."""
WALKED: Final = """() => ({ missed: walked.missed(), unseen: [...walked.unseen], outside: [...walked.outside] })"""


def test_everything_is_within_reach_of_the_keyboard(page: Page) -> None:
    """With Tab alone each link, button and field is reached, is on the screen then, and is seen to have the focus."""
    page.set_viewport_size(PHONE)
    for _ in range(page.evaluate(WATCH) + 1):
        page.keyboard.press("Tab")
    walked: dict[str, Any] = page.evaluate(WALKED)
    assert walked == {"missed": [], "unseen": [], "outside": []}


def test_the_first_key_leads_past_what_is_on_every_page(page: Page) -> None:
    """The first Tab shows a link to the content, and following it the next Tab is in the content."""
    page.evaluate("document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute('tabindex')")
    page.keyboard.press("Tab")
    skip = page.locator(".skip:focus")
    box = skip.bounding_box()
    assert box
    assert box["x"] >= 0
    skip.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


# --- axe -------------------------------------------------------------------------------------------------------------


def test_axe_finds_nothing(page: Page) -> None:
    """On a phone and at a desk, light and dark, a page has no fault that axe knows."""
    shorten(page)
    assert violations(page) == []
    page.emulate_media(color_scheme="dark")
    assert violations(page, COLOURS) == []
    page.set_viewport_size(DESK)
    assert violations(page) == []
    page.emulate_media(color_scheme="light")
    assert violations(page, COLOURS) == []
