"""A sample to look around in: a manager whose team has two closed rounds, a coach, and an admin."""

from __future__ import annotations

import csv
import secrets
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Final

from engine.cli.shared import built_in
from web.accounts.accounts import join, link_for, make_link
from web.database.connection import db
from web.database.models import Account, Role, Round, RoundLink, Team, now
from web.rounds.sheets import close, send

WHO: Final[tuple[tuple[Role, str, str], ...]] = (
    ("manager", "manager@example.org", "Maija"),
    ("coach", "coach@example.org", "Kaarlo"),
    ("admin", "admin@example.org", "Aino"),
)
ASKED: Final = {"members": "appreciative-review", "manager": "appreciative-review", "customers": "customer-voice"}
INVITED: Final = {"members": 11, "manager": 1, "customers": 12}


def make_sample() -> Iterator[str]:
    """Make the accounts, the team and its rounds; yield how to sign in."""
    password = secrets.token_urlsafe(9)
    accounts = {role: _account(role, email, name, password) for role, email, name in WHO}
    team = Team(
        manager_id=accounts["manager"].id, name="Nokka", size=11, work_mode="hybrid", together_since="2025-03",
        language="en", done=[], adopted=[],
    )  # fmt: skip
    db.session.add(team)
    db.session.commit()
    for number in (1, 2):
        _round(team.id, number)
    yield "There is a sample team with two closed rounds. Sign in with:"
    yield from (f"  {email:22} {password}   ({role})" for role, email, _ in WHO)


def _account(role: Role, email: str, name: str, password: str) -> Account:
    link = link_for(make_link("join", role), "join")
    assert link is not None
    account = join(link, email, name, password, "en")
    assert account is not None
    db.session.commit()
    return account


def _round(team: int, number: int) -> None:
    asked = ASKED if number > 1 else {key: value for key, value in ASKED.items() if key != "customers"}
    groups = {key: {"questionnaire": value, "invited": INVITED[key]} for key, value in asked.items()}
    made = Round(team_id=team, number=number, groups=groups, facts={}, closes=now() + timedelta(days=1), minimum=5)
    db.session.add(made)
    db.session.commit()
    links = {group: RoundLink(round_id=made.id, group=group, token=secrets.token_urlsafe(24)) for group in groups}
    db.session.add_all(links.values())
    db.session.commit()
    for row in _rows():
        if row["group"] in links:
            send(links[row["group"]], secrets.token_urlsafe(24), _answers(row, number))
    close(made.id, {"size": 11, "work-mode": "hybrid", "months-together": 14 + 6 * number, "rounds": number})


def _rows() -> list[dict[str, str]]:
    with (built_in() / "examples" / "nokka.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _answers(row: Mapping[str, str], number: int) -> dict[str, int]:
    """Give a row's answers; in the first round agreements and roles stood half a step lower."""
    found = {key: int(value) for key, value in row.items() if value.isdecimal() and "-" in key}
    if number == 1:
        lower = {
            key for place, key in enumerate(sorted(found)) if key.startswith(("agreements", "roles")) and place % 2
        }
        found = {key: max(value - (key in lower), 1) for key, value in found.items()}
    return found
