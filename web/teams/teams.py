"""Teams: whose they are, what is told about them, and the facts that rules read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from babel import dates
from flask import abort
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from engine.measuring.answers import Facts
from web.accounts.signing_in import me
from web.content import library
from web.database.connection import db
from web.database.models import HIGHEST_ID, Round, Team
from web.days import today
from web.events import record
from web.teams.terms import Term, term_of
from web.translations import language

MOST_MONTHS: Final = 1_000


@dataclass(frozen=True, slots=True)
class About:
    """What a manager tells about a team.

    Args:
        name: what it is called.
        size: how many people are in it, the manager left out.
        work_mode: ``onsite``, ``hybrid`` or ``remote``.
        together_since: the month in which it began, as in 2025-03; None where nobody says.
        language: which language its shared texts are in.
    """

    name: str
    size: int
    work_mode: str
    together_since: str | None
    language: str


def my_teams(account_id: int) -> Sequence[Team]:
    """Give a manager's teams with their rounds, by name."""
    query = select(Team).where(Team.manager_id == account_id).options(selectinload(Team.rounds))
    return db.session.scalars(query.order_by(Team.name, Team.id)).all()


def my_team(id_: int) -> Team:
    """Give a team of whoever is signed in; somebody else's is not found."""
    mine = select(Team).where(Team.id == id_, Team.manager_id == me().account.id)
    team = db.session.scalar(mine) if id_ <= HIGHEST_ID else None
    if team is None:
        abort(404)
    return team


def add_team(account_id: int, about: About) -> Team:
    """Make a team and keep it."""
    team = Team(manager_id=account_id)
    _tell(team, about)
    db.session.add(team)
    record("team-made", team=team)
    db.session.commit()
    return team


def change_team(team: Team, about: About) -> None:
    """Keep what is told about a team now."""
    _tell(team, about)
    record("team-changed", team=team)
    db.session.commit()


def latest(team: Team) -> Round | None:
    """Give a team's last round, open or closed."""
    return team.rounds[-1] if team.rounds else None


def latest_closed(team: Team) -> Round | None:
    """Give a team's last closed round, in whose pages its plays and agreements are read."""
    return next((each for each in reversed(team.rounds) if not each.is_open), None)


@dataclass(frozen=True, slots=True)
class InUse:
    """A working agreement that a team has adopted: id and title of its template, and its days."""

    id: str
    title: str
    term: Term


def agreements_of(team: Team) -> list[InUse]:
    """Give the working agreements that a team has adopted and the content still has."""
    templates = library().templates
    kept = [(templates[id_], day) for id_, day in team.adopted.items() if id_ in templates]
    return [
        InUse(each.id, each.file.title.get(language()), term_of(day, each.file.review_after_weeks))
        for each, day in kept
    ]  # fmt: skip


def plays_of(team: Team) -> list[tuple[str, str]]:
    """Give the id and title of each play that a team has done and the content still has."""
    plays = library().plays
    return [(each, plays[each].file.title.get(language())) for each in team.done if each in plays]


def facts_of(team: Team, round_number: int) -> Facts:
    """Give what rules read about a team besides its answers, as it is now.

    Args:
        team: whose.
        round_number: for which of its rounds; it says how many people were invited.
    """
    values: dict[str, int | str] = {"size": team.size, "work-mode": team.work_mode, "rounds": round_number}
    if team.together_since:
        values["months-together"] = months_since(team.together_since, today())
    groups = next((each.groups for each in team.rounds if each.number == round_number), {})
    invited = {group: int(asked["invited"]) for group, asked in groups.items() if asked.get("invited")}
    return Facts(values, invited, frozenset(team.done), frozenset(team.adopted))


def months_since(month: str, on: date) -> int:
    """Give how many months have begun since a month, written as in 2025-03; 0 or more."""
    year, number = map(int, month.split("-"))
    return min(max((on.year - year) * 12 + on.month - number, 0), MOST_MONTHS)


def in_words(month: str) -> str:
    """Write a month, stored as in 2025-03, as the reader's language does."""
    return dates.format_skeleton("yMMMM", date.fromisoformat(f"{month}-01"), locale=language())


def _tell(team: Team, about: About) -> None:
    team.name, team.size, team.work_mode = about.name, about.size, about.work_mode
    team.together_since, team.language = about.together_since, about.language
