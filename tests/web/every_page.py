"""Every page of the application, in each state that a reader can meet it in: who comes to it, and how."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.web import every_state
from tests.web.browser import served, settled
from tests.web.conftest import settings_for
from tests.web.every_state import ACCOUNTS, States
from tests.web.steps import ALL, Then, begin, come_back, open_details, over, press, send, sent_before, spoil, type_in
from web.app import create_app
from web.database.connection import db, upgrade

PUBLIC: Final = "https://pelikirja.example.org"
"""What shared links begin with."""


@dataclass(frozen=True, slots=True)
class Place:
    """A page in one of its states.

    Args:
        name: what it is called, in file names and tests.
        who: who comes to it: ``nobody``, or whose address ``ACCOUNTS`` has.
        path: where it is; words in braces are those of ``States``.
        then: what is done there to come to the state.
    """

    name: str
    who: str
    path: str
    then: Then | None = None

    def address(self, states: States) -> str:
        """Give its path in a world."""
        return self.path.format_map(states.words)

    def open(self, page: Page, states: States) -> None:
        """Come to it in a browser in which whoever comes to it has signed in."""
        page.goto(self.address(states))
        if self.then:
            self.then(page)
        settled(page)


NOBODY: Final[Mapping[str, str | tuple[str, Then]]] = {
    "front": "/",
    "privacy": "/privacy",
    "sign-in": "/sign-in",
    "sign-in-first": "/teams",
    "sign-in-wrong": ("/sign-in", type_in(email="maija@example.org", password="not this one")),
    "join": "/join/{join}",
    "join-wrong": ("/join/{join}", press),
    "reset": "/reset/{reset}",
    "reset-wrong": ("/reset/{reset}", type_in(password="short")),
    "one-time-link-gone": "/join/used-up",
    "quick-check": "/quick-check",
    "quick-check-question": ("/quick-check", begin),
    "quick-check-look-over": ("/quick-check", over),
    "quick-check-view": ("/quick-check", send),
    "answering": "/a/{members}",
    "answering-question": ("/a/{members}", begin),
    "answering-unsent": ("/a/{members}", come_back),
    "answering-nothing-yet": ("/a/{members}", lambda page: over(page, ())),
    "answering-passed-over": ("/a/{members}", lambda page: over(page, ALL[:9])),
    "answering-look-over": ("/a/{members}", over),
    "answering-thanks": ("/a/{spacious}", send),
    "answering-already": ("/a/{spacious}", sent_before),
    "answering-customer": "/a/{personal}",
    "answering-customer-question": ("/a/{personal}", begin),
    "answering-full": ("/a/{full}", send),
    "answering-used": ("/a/{used}", send),
    "answering-closed": "/a/{late}",
    "team-link": "/r/{team_link}",
    "team-link-gone": "/r/taken-back",
    "not-found": "/nothing-here",
    "grown-old": ("/sign-in", spoil),
    "too-much": "/error/413",
    "too-many-tries": "/error/429",
    "our-fault": "/error/500",
}
NEW_MANAGER: Final[Mapping[str, str | tuple[str, Then]]] = {
    "teams-none": "/teams",
    "team-new": "/teams/new",
    "team-new-wrong": ("/teams/new", press),
}
MANAGER: Final[Mapping[str, str | tuple[str, Then]]] = {
    "teams": "/teams",
    "team": "/teams/1",
    "team-without-round": "/teams/{no_round}",
    "team-small": "/teams/{small_team}",
    "team-open": "/teams/{open_team}",
    "team-overdue": "/teams/{overdue_team}",
    "team-edit": "/teams/1/edit",
    "team-data": "/teams/1/data",
    "team-erase": "/teams/1/erase",
    "team-erase-wrong": ("/teams/1/erase", type_in(name="Another")),
    "round-new": "/teams/1/rounds/new",
    "round-new-wrong": ("/teams/{no_round}/rounds/new", type_in(members="0", last_day="")),
    "round-new-small": "/teams/{small_team}/rounds/new",
    "round-open": "/rounds/{open}",
    "round-still-open": "/teams/{open_team}/rounds/new",
    "round-closed": "/rounds/2",
    "round-close": "/rounds/{open}/close",
    "round-move": "/rounds/{open}/move",
    "round-move-wrong": ("/rounds/{open}/move", type_in(last_day="")),
    "round-answered": "/rounds/{open}/delete",
    "round-delete": "/rounds/{unanswered}/delete",
    "links": "/rounds/{open}/links/customers",
    "links-new": "/rounds/{no_customers_yet}/links/customers",
    "links-new-wrong": ("/rounds/{no_customers_yet}/links/customers", press),
    "links-too-late": "/rounds/{open}/links/members",
    "slips": "/rounds/{open}/links/customers/slips",
    "result-not-yet": "/rounds/{open}/result",
    "result-overdue": "/rounds/{overdue}/result",
    "result-too-few": "/rounds/{too_few}/result",
    "result-first": "/rounds/1/result",
    "result": "/rounds/2/result",
    "result-opened": ("/rounds/2/result", open_details),
    "why-play": "/rounds/2/why/customer-visit",
    "why-not": "/rounds/2/why/decision-log",
    "why-finding": "/rounds/2/why/unclear-agreements",
    "nearest": "/rounds/2/why",
    "what-if": "/rounds/2/what-if",
    "what-if-wrong": ("/rounds/2/what-if", type_in(score="eleven")),
    "what-if-tried": ("/rounds/2/what-if", type_in(score="4.5")),
    "play": "/rounds/2/plays/decision-log",
    "run": "/rounds/2/plays/decision-log/run",
    "agreements": "/rounds/2/agreements",
    "agreement": "/rounds/2/agreements/common-goal",
    "agreement-adopted": "/rounds/2/agreements/meetings",
    "account": "/account",
    "account-wrong": ("/account", press),
    "account-erase": "/account/erase",
}
COACH: Final[Mapping[str, str | tuple[str, Then]]] = {
    "rules": "/rules",
    "rules-found": "/rules?words=unclear",
    "rules-none": "/rules?words=nothing-like-this",
    "rule": "/rules/unclear-agreements",
    "plays": "/plays",
    "coach-play": "/plays/decision-log",
    "coach-agreements": "/agreements",
    "coach-agreement": "/agreements/common-goal",
    "questionnaires": "/questionnaires",
    "questionnaire": "/questionnaires/appreciative-review",
    "check": "/check",
    "scenarios": "/scenarios",
}
ADMIN: Final[Mapping[str, str | tuple[str, Then]]] = {
    "admin": "/admin",
    "admin-link": ("/admin", lambda page: press(page, "main .narrow button")),
    "person": "/admin/accounts/1",
    "log": "/admin/log",
}


def _places(who: str, pages: Mapping[str, str | tuple[str, Then]]) -> Iterator[Place]:
    for name, where in pages.items():
        path, then = (where, None) if isinstance(where, str) else where
        yield Place(name, who, path, then)


EVERY: Final = (
    *_places("nobody", NOBODY),
    *_places("new manager", NEW_MANAGER),
    *_places("manager", MANAGER),
    *_places("coach", COACH),
    *_places("admin", ADMIN),
)
PLACES: Final = [each for each in EVERY if each.then is not open_details]
"""All but those that are another one with everything opened, as the walks open it anyway."""
NO_PAGE: Final = {
    "front.health": "for machines",
    "front.ready": "for machines",
    "data.export_team": "a file",
    "data.export_account": "a file",
}
"""The addresses at which there is no page to look at, and why."""


@contextmanager
def world() -> Iterator[tuple[str, States]]:
    """Serve an application with something to see on every page; give its address and what there is."""
    with TemporaryDirectory() as folder:
        app = create_app(replace(settings_for(Path(folder) / "pelikirja.sqlite"), public_url=PUBLIC))
        app.config["SEND_FILE_MAX_AGE_DEFAULT"] = 3600  # style sheets are asked for once, which is quicker
        upgrade(app)
        states = every_state.make(app, Path(folder))
        with served(app) as address:
            yield address, states
        with app.app_context():
            db.engine.dispose()


@pytest.fixture(scope="module")
def address_and_states() -> Iterator[tuple[str, States]]:
    """Give the address of an application in which every page has something to show, and what that is."""
    with world() as made:
        yield made


def signed_in(
    browser: Browser, address: str, who: str, states: States, language: str = "en", script: bool = True
) -> BrowserContext:
    """Give a browser of somebody's, in which they have signed in and chosen a language; without script where told."""
    context = browser.new_context(
        base_url=address, locale=language, reduced_motion="reduce", java_script_enabled=script
    )  # fmt: skip
    page = context.new_page()
    if who in ACCOUNTS:
        page.goto("/sign-in")
        type_in(email=ACCOUNTS[who], password=states.password)(page)
        if language != "en":
            press(page, f".languages button[lang={language}]")
    page.close()
    return context
