"""The list of every page: it names each route that is one, and no other."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from tests.web import every_state
from tests.web.every_page import EVERY, NO_PAGE
from tests.web.every_state import States
from tests.web.walking import rules


@pytest.fixture
def states(app: Flask, tmp_path: Path) -> States:
    """Give what there is to see."""
    return every_state.make(app, tmp_path)


def test_every_route_that_is_a_page_is_in_the_list(app: Flask, states: States) -> None:
    """A new route is given its place among the pages to look at, or is said to be none."""
    routes = {each.endpoint for each in rules(app) if "GET" in (each.methods or ())}
    shown = set()
    for each in EVERY:
        path = each.address(states).split("?")[0]
        if path != "/nothing-here":
            shown.add(app.url_map.bind("localhost").match(path)[0])
    assert shown | {*NO_PAGE} == routes
    assert not shown & {*NO_PAGE}


def test_names_are_told_apart() -> None:
    """No two pages have the same name, which would be the same picture."""
    names = [each.name for each in EVERY]
    assert len(names) == len(set(names))
