"""What is stored about a team and about a person, as data to take along; answers only as the engine shows them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import joinedload

from web.content import library
from web.database.connection import db
from web.database.models import Account, AccountLink, AccountSession, Event, Round, RoundLink, Team, now
from web.results.results import advice_of, is_kept
from web.rounds.sheets import counts


def team_data(team: Team) -> dict[str, Any]:
    """Give everything about a team: itself, its rounds with their results, and what was done to it.

    Nobody's answers are in it: results are the engine's own coarse data, and an open round only says how many answered.
    """
    return {
        "exported": _moment(now()),
        "release": library().digest,
        "team": {
            "name": team.name,
            "size": team.size,
            "work_mode": team.work_mode,
            "together_since": team.together_since,
            "language": team.language,
            "done": team.done,
            "adopted": team.adopted,
            "created": _moment(team.created),
        },
        "rounds": list(_rounds(team)),
        "events": [_event(each) for each in db.session.scalars(_events(Event.team_id == team.id))],
    }


def account_data(account: Account) -> dict[str, Any]:
    """Give everything about a person: the account, the names of its teams, and what it did or was done to it."""
    teams = db.session.scalars(select(Team).where(Team.manager_id == account.id).order_by(Team.id)).all()
    events = db.session.scalars(_events(or_(Event.account_id == account.id, Event.subject == account.email)))
    sessions = select(AccountSession.expires).where(AccountSession.account_id == account.id)
    links = select(AccountLink.expires).where(AccountLink.account_id == account.id)
    return {
        "exported": _moment(now()),
        "account": {
            "email": account.email,
            "name": account.name,
            "role": account.role,
            "language": account.language,
            "created": _moment(account.created),
        },
        "signed_in_until": [_moment(each) for each in db.session.scalars(sessions.order_by(AccountSession.id))],
        "links_for_a_new_password_until": [
            _moment(each) for each in db.session.scalars(links.order_by(AccountLink.id))
        ],
        "teams": [each.name for each in teams],
        "events": [_event(each) for each in events],
    }


def _events(which: ColumnElement[bool]) -> Select[Event]:
    return select(Event).where(which).options(joinedload(Event.team)).order_by(Event.id)


def _rounds(team: Team) -> Iterator[dict[str, Any]]:
    for each in team.rounds:
        yield {
            "number": each.number,
            "state": each.state,
            "groups": each.groups,
            "facts": each.facts,
            "minimum": each.minimum,
            "opened": _moment(each.opened),
            "closes": _moment(each.closes),
            "closed": _moment(each.closed),
            **(_open(each) if each.is_open else _closed(each)),
        }


def _open(made: Round) -> dict[str, Any]:
    """Give how many have answered, and who was invited; never which of them answered."""
    names = db.session.scalars(select(RoundLink.name).where(RoundLink.round_id == made.id, RoundLink.name != ""))
    return {"answered": counts(made.id), "invited": sorted(names)}


def _closed(made: Round) -> dict[str, Any]:
    """Give what the result page rests on: the same advice behind the same gate, so that the two never tell more."""
    kept = is_kept(made)
    return {"answers_kept": kept, "result": advice_of(made, "manager").data() if kept else None}


def _event(event: Event) -> dict[str, Any]:
    return {"at": _moment(event.at), "who": event.who, "what": event.what, "subject": event.told}


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
