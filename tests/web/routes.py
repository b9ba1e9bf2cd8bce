"""Writes the golden list of routes anew: ``python -m tests.web.routes``. Look at the difference before committing.

For each route and method it says what each role gets of the manager's things: ``sees`` (a page or file), ``goes on``
(to another page), ``signs in``, ``nothing`` (404, as if there were no such page), or ``refused``
(400: the form was empty).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.web.conftest import settings_for
from tests.web.making import sheet
from tests.web.walking import ROLES, World, make_world, rules, token_of, unchanged
from web.app import create_app
from web.database.connection import upgrade

LIST: Final = Path(__file__).parent / "routes.json"
WORDS: Final = {200: "sees", 302: "goes on", 303: "goes on", 404: "nothing", 400: "refused"}

Table = dict[str, dict[str, str]]


def routes(world: World) -> list[tuple[str, str, str]]:
    """Give every route as its name in the list, its method and a path in the world."""
    found = []
    for rule in rules(world.app):
        for method in sorted({"GET", "POST", "PUT", "PATCH", "DELETE"} & (rule.methods or set())):
            found.append((f"{method} {rule.rule} → {rule.endpoint}", method, world.path(rule)))
    return found


def table(world: World) -> Table:
    """Try every route as every role, and say what each one gets."""
    found: Table = {}
    tokens = {role: token_of(world.browsers[role]) for role in ROLES}
    for name, method, path in routes(world):
        found[name] = {}
        for role in ROLES:
            with unchanged(world.app, method):
                found[name][role] = _told(_tried(world.browsers[role], method, path, tokens[role]))
    return found


def _tried(browser: FlaskClient, method: str, path: str, token: str) -> TestResponse:
    """Try a route without changing who is signed in in the browser."""
    kept = [(each.key, each.value) for each in (browser._cookies or {}).values()]
    response = browser.open(path, method=method, data={"csrf_token": token} if method != "GET" else None)
    for key, value in kept:
        browser.set_cookie(key, value)
    return response


def _told(response: TestResponse) -> str:
    if response.headers.get("Location", "").startswith("/sign-in"):
        return "signs in"
    return WORDS.get(response.status_code, str(response.status_code))


def written(found: Mapping[str, Mapping[str, str]]) -> str:
    """Write a table with a line for each route."""
    lines = [f"  {json.dumps(name, ensure_ascii=False)}: {json.dumps(found[name])}" for name in sorted(found)]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def rebuild() -> None:
    """Write the list."""
    with TemporaryDirectory() as folder:
        app = create_app(settings_for(Path(folder) / "pelikirja.sqlite"))
        upgrade(app)
        world = make_world(app, [sheet("members", each) for each in (2, 2, 3, 3, 4, 4)])
        LIST.write_text(written(table(world)), encoding="utf-8")
    sys.stdout.write(f"wrote {LIST}\n")


if __name__ == "__main__":
    rebuild()
