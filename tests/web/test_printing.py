"""Print is a first-class medium: one A4 for a result, a play and an agreement, on light paper from any screen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from tests.small import shipped
from tests.web.browser import served
from tests.web.conftest import PASSWORD, MakeAccount
from tests.web.making import answer, make_team, open_round, sheet
from web.rounds import sheets

SIZE: Final = 8
"""Of a team that ``make_team`` makes."""
WEAK: Final = {"courage_to_challenge": 2, "shared_goals": 2, "roles": 2, "joy_of_work": 3}
"""So that plays are held back, since not everybody dares to speak up."""


def close_round(team: int, size: int, **others: int) -> int:
    """Make a closed round with members, customers and a manager who sees all brighter, and give its id."""
    made = open_round(team)
    answer(made, "members", *(sheet("members", 2 + each % 3, **others) for each in range(8)))
    answer(made, "customers", *[sheet("customers", 4)] * 6)
    answer(made, "manager", sheet("manager", 4))
    assert sheets.close(made, {"size": size, "work-mode": "hybrid", "rounds": 1})
    return made


@pytest.fixture(params=["en", "fi"])
def page(request: pytest.FixtureRequest, app: Flask, account: MakeAccount, browser: Browser) -> Iterator[Page]:
    """Give a page on a dark screen on which the manager of the team with id 1 has signed in; its round 2 is closed."""
    account("manager", "m@example.org")
    with app.app_context():
        team = make_team("m@example.org", "Asiakaspalvelun ja logistiikan kehitystiimi")
        close_round(team, 9)
        close_round(team, 8, **WEAK)
    with served(app) as address:
        made = browser.new_context(base_url=address, color_scheme="dark", locale=request.param).new_page()
        made.goto("/sign-in")
        made.fill("#email", "m@example.org")
        made.fill("#password", PASSWORD)
        made.click("main button")
        if request.param == "fi":
            made.click(".languages button")
        yield made
        made.context.close()


def sheets_of(page: Page, path: str) -> int:
    """Give how many sheets of paper a page takes."""
    page.goto(path)
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4", prefer_css_page_size=True)))


def light(page: Page) -> bool:
    """Tell whether a page's paper is white and its ink dark when it is printed."""
    page.emulate_media(media="print")
    found = page.evaluate("[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color]")
    page.emulate_media(media="null")
    return list(found) == ["rgb(255, 255, 255)", "rgb(34, 48, 44)"]


@pytest.mark.slow
def test_all_that_is_handed_out_prints_on_one_sheet(page: Page) -> None:
    """A result with held-back plays, every agreement and every play take one A4 each, light from a dark screen."""
    assert sheets_of(page, "/rounds/2/result") == 1
    assert page.query_selector(".waiting")
    assert light(page)
    shipped_ = shipped()
    paths = [f"agreements/{each}" for each in shipped_.templates] + [f"plays/{each}" for each in shipped_.plays]
    assert [each for each in paths if sheets_of(page, f"/rounds/2/{each}") != 1] == []
    assert light(page)


@pytest.mark.slow
def test_an_agreement_prints_to_be_filled_in(page: Page) -> None:
    """On paper each clause with choices has the others to tick and a line to write on, and there is room to sign."""
    page.goto("/rounds/2/agreements/working-agreement")
    assert not page.is_visible(".signing")
    page.emulate_media(media="print")
    for clause in page.query_selector_all(".clauses > li:has(.choices)"):
        assert clause.query_selector("strong")
        own = clause.query_selector(".choices .own")
        assert own
        assert own.is_visible()
    assert page.is_visible(".signing")
    assert len(page.query_selector_all(".signing li")) == SIZE + 1
    assert not page.is_visible("header.top")
