"""What a reader does on a page to come to another, or to another state of the same one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from playwright.sync_api import Page

Then = Callable[[Page], None]

FILL: Final = """([pattern, go]) => {
  const form = document.getElementById("asking");
  const hidden = (name, value) => Object.assign(document.createElement("input"), { type: "hidden", name, value });
  const add = (name, value) => form.append(hidden(name, value));
  const screens = [...document.querySelectorAll("template[data-step]")];
  screens.slice(0, pattern.length).forEach((screen, at) => {
    const chosen = screen.content.querySelectorAll(`.targets input[value="${pattern[at]}"]`);
    for (const each of chosen) add(each.name, each.value);
  });
  form.querySelector("[name=step]").value = screens.length + 1;
  add("go", go || String(screens.length + 1));
  form.submit();
}"""
"""Sends a whole questionnaire from its first page, as the last page would; a screen's answers are all alike."""
SHORTEN: Final = """() => {
  for (const list of document.querySelectorAll("main ul, main ol, main tbody, main select"))
    for (const each of [...list.children].slice(12)) each.remove();
}"""
ALL: Final = (4, 2, 3, 2, 4, 5, 2, 3, 4, 4, 2, 3, 4)


def press(page: Page, button: str = "main form .main-button") -> None:
    """Press a button that leads to another page."""
    with page.expect_navigation():
        page.click(button)


def follow(page: Page, end: str) -> None:
    """Follow the first link of the page whose address contains something."""
    with page.expect_navigation():
        page.locator(f"main a[href*='{end}']:visible").first.click()


def over(page: Page, answers: tuple[int, ...] = ALL, go: str = "") -> None:
    """Go to the end of the questions, with answers to the first screens; or send them."""
    with page.expect_navigation():
        page.evaluate(FILL, [answers, go])


def send(page: Page) -> None:
    """Send answers to all questions."""
    over(page, go="send")


def sent_before(page: Page) -> None:
    """Send answers, unless that has been done from here, and open the link anew."""
    if page.query_selector("#asking"):
        send(page)
        page.goto(page.url)


def begin(page: Page) -> None:
    """Go to the first questions, and answer some of them."""
    page.click("button[value=next]")
    page.wait_for_selector(".targets")
    for each in page.query_selector_all(".targets label[for$='-4']")[:2]:
        each.click()


def come_back(page: Page) -> None:
    """Begin, and open the link anew."""
    begin(page)
    page.goto(page.url)


def type_in(**fields: str) -> Then:
    """Give a way to fill in a form and send it."""

    def then(page: Page) -> None:
        for name, value in fields.items():
            page.fill(f"main [name={name}]", value)
        press(page)

    return then


def open_details(page: Page) -> None:
    """Open whatever can be opened on a page."""
    page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")


def shorten(page: Page) -> None:
    """Leave the first twelve things of each list; the rest of a long one are like them, and axe is slow."""
    page.evaluate(SHORTEN)


def spoil(page: Page) -> None:
    """Send a form whose token is no longer good."""
    with page.expect_navigation():
        page.evaluate(
            "document.querySelector('main [name=csrf_token]').value = ''; document.querySelector('main form').submit()"
        )
