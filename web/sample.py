"""A sample to look around in: a manager whose team has two closed rounds, a coach, and an admin."""

from __future__ import annotations

import csv
import os
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from engine.cli.shared import built_in
from web.accounts.accounts import join, link_for, make_link
from web.accounts.passwords import hashed
from web.database.connection import db
from web.database.models import Account, Role, Round, Team, now
from web.days import today
from web.rounds.choices import Plan
from web.rounds.rounds import close_now, links, start
from web.rounds.sheets import send
from web.teams.teams import About, add_team

PASSWORD_FILE: Final = "sample-password"
WHO: Final[tuple[tuple[Role, str, str], ...]] = (
    ("manager", "manager@example.org", "Maija"),
    ("coach", "coach@example.org", "Kaarlo"),
    ("admin", "admin@example.org", "Aino"),
)
TEAM: Final = "Nokka"
MEMBERS, CUSTOMERS, MONTHS_TOGETHER = 11, 9, 20
REVIEW: Final = "appreciative-review"
ADOPTED: Final = "meetings"
AGREED_WEEKS_AGO: Final = 19
"""What the team agreed on after its first round."""


@dataclass(frozen=True, slots=True)
class Difference:
    """How a dimension stood in the first round, beside the second.

    Args:
        step: by how much answers differed.
        every: of so many answers one differed.
    """

    step: int
    every: int


FIRST_ROUND: Final = {
    "ways-of-working": Difference(-1, 1),
    "joy-of-work": Difference(-1, 1),
    "appreciation": Difference(-1, 2),
    "customer-feedback": Difference(1, 2),
}
"""What has changed between the rounds; all else stood as it does."""


def make(folder: Path) -> None:
    """Make the accounts, the team and its rounds in an empty database, inside an application with its content.

    Args:
        folder: where the password of the three accounts is kept, for the owner of the folder only.
    """
    password = _password(folder)
    accounts = {role: _account(role, email, name, password) for role, email, name in WHO}
    began = _months_ago(MONTHS_TOGETHER)
    team = add_team(accounts["manager"].id, About(TEAM, MEMBERS, "hybrid", f"{began:%Y-%m}", "en"))
    _round(team, weeks_ago=20, rows=[_earlier(each, number) for number, each in enumerate(_rows())])
    team.adopted = {ADOPTED: (today() - timedelta(weeks=AGREED_WEEKS_AGO)).isoformat()}
    db.session.commit()
    _round(team, weeks_ago=1, rows=list(_rows()))


def ways_in(folder: Path) -> Iterator[str]:
    """Yield how to sign in to the sample."""
    try:
        password = (folder / PASSWORD_FILE).read_text(encoding="ascii").strip()
    except FileNotFoundError:
        yield f"No sample was made: there are accounts in {folder} already."
        return
    yield f"Sign in with the password {password} and the address"
    yield from (f"  {email:20} ({_what(role)})" for role, email, _ in WHO)


def _what(role: Role) -> str:
    return {"manager": f"manager of the team {TEAM}, which has two results", "coach": "coach", "admin": "admin"}[role]


def _password(folder: Path) -> str:
    password = secrets.token_urlsafe(12)
    path = folder / PASSWORD_FILE
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(password)
    return password


def _account(role: Role, email: str, name: str, password: str) -> Account:
    link = link_for(make_link("join", role), "join")
    account = join(link, email, name, hashed(password), "en") if link else None
    assert account is not None, "the database was not empty"
    db.session.commit()
    return account


def _round(team: Team, weeks_ago: int, rows: list[Mapping[str, str]]) -> None:
    """Let a round be started, answered and closed, and then be so many weeks old."""
    plan = Plan(REVIEW, MEMBERS, True, True, CUSTOMERS, today() + timedelta(days=7))
    made = start(team, plan)
    assert made is not None, "a round of the sample is open"
    links_of = {each.group: each for each in links(made)}
    for row in rows:
        if row["group"] in links_of:
            send(links_of[row["group"]], secrets.token_urlsafe(24), _ratings(row))
    close_now(made)
    _age(made, timedelta(weeks=weeks_ago))


def _age(made: Round, by: timedelta) -> None:
    db.session.refresh(made)
    made.closed = now() - by
    made.opened, made.closes = made.closed - timedelta(days=4), made.closed + timedelta(days=3)
    db.session.commit()


def _rows() -> Iterator[Mapping[str, str]]:
    with (built_in() / "examples" / "nokka.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _ratings(row: Mapping[str, str]) -> dict[str, int]:
    return {key: int(value) for key, value in row.items() if value.isdecimal()}


def _earlier(row: Mapping[str, str], number: int) -> Mapping[str, str]:
    """Give what somebody would have answered in the first round."""
    return {key: _then(key, value, number) for key, value in row.items()}


def _then(question: str, value: str, number: int) -> str:
    dimension = question.removesuffix("-customers").rpartition("-")[0]
    change = FIRST_ROUND.get(dimension)
    if change is None or not value.isdecimal() or number % change.every:
        return value
    return str(min(max(int(value) + change.step, 1), 5))


def _months_ago(months: int) -> date:
    day = today()
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, 1)
