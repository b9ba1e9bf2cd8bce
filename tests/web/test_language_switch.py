"""The language can be chosen on every page that can be loaded again, the one that tells a form's faults too."""

from __future__ import annotations

import re
from typing import Final

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.small import shipped
from tests.web.by_link import send, step
from tests.web.conftest import post
from tests.web.making import sheet
from tests.web.routes import routes
from tests.web.walking import ROLES, World, make_world, token_of, unchanged

SWITCH: Final = 'class="languages"'
BACK: Final = re.compile(r'name="back" value="([^"]+)"')
WITH_FAULTS: Final = {
    "accounts.sign_in", "accounts.join", "accounts.reset", "accounts.account", "accounts.admin", "accounts.person",
    "data.erase_account", "data.erase_team", "teams.new", "teams.edit", "rounds.links", "rounds.move",
}  # fmt: skip
"""Where an empty form gets its own page again, with what is wrong with it."""


def test_faults_of_a_form_can_be_read_in_another_language(client: FlaskClient) -> None:
    """From a page that tells what is wrong with a form, the other language leads to the same address, empty."""
    path = "/sign-in?next=/account"
    faults = post(client, path, email="nobody@example.org", password="x")
    assert "do not go together" in faults
    found = BACK.search(faults)
    assert found
    assert found[1] == path
    again = post(client, "/language/fi", "/privacy", back=found[1])
    assert "Kirjaudu sisään" in again
    assert "nobody@example.org" not in again


@pytest.fixture
def world(app: Flask) -> World:
    """Give people of every role, and a manager's team with rounds."""
    return make_world(app, [sheet("members", each) for each in (2, 2, 3, 3, 4, 4)])


def test_after_a_form_the_switch_stands_where_it_leads_back(world: World) -> None:
    """Wherever an empty form is sent, the page that follows has the switch only where it leads to a page."""
    offered = set()
    tokens = {role: token_of(world.browsers[role]) for role in ROLES}
    for name, method, path in routes(world):
        for role in ROLES if method == "POST" and not name.endswith("leave") else ():
            with unchanged(world.app):
                page = world.browsers[role].post(path, data={"csrf_token": tokens[role]}).text
                if SWITCH in page:
                    offered.add(name.split(" → ")[1])
                    assert {*BACK.findall(page)} == {path}
                    assert world.browsers[role].get(path).status_code == 200
    assert offered == WITH_FAULTS


def test_no_switch_stands_where_a_form_has_led(world: World) -> None:
    """An invitation is shown once, and would be lost on the way: the page that shows it has no switch."""
    admin = world.browsers["admin"]
    assert SWITCH in admin.get("/admin").text
    made = post(admin, "/admin", role="coach")
    assert "is not shown again" in made
    assert SWITCH not in made


def test_answers_are_not_lost_by_a_switch(client: FlaskClient, world: World) -> None:
    """Those who answer choose the language in their form: no step of it, and no page after it, has the switch."""
    quick = {str(each.id): 4 for each in shipped().questionnaires["quick-check"].all_questions}
    pages = [step(client, path, "next", at) for path in (f"/a/{world.members}", "/quick-check") for at in (0, 1)]
    pages += [send(client, f"/a/{world.members}"), step(client, "/quick-check", "send", len(quick) + 1, quick)]
    assert "have arrived" in pages[-2]
    assert "What your answers suggest" in pages[-1]
    assert not [page for page in pages if SWITCH in page]
