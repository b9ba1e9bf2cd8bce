"""A database in which every page has something to show: the sample, and teams and links in all the other states."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final

from flask import Flask, abort
from sqlalchemy import select

from tests.web.making import sheet
from web import sample
from web.accounts.accounts import join, link_for, make_link
from web.accounts.passwords import hashed
from web.database.connection import db
from web.database.models import Account, Round, Team, now
from web.days import today
from web.rounds.choices import Plan
from web.rounds.personal import make_personal
from web.rounds.rounds import close_now, links, start
from web.rounds.sheets import send
from web.teams.teams import About, add_team

ACCOUNTS: Final = {role: email for role, email, _ in sample.WHO} | {"new manager": "new@example.org"}
"""The address of whoever signs in, by what they are; all have the password that ``make`` gives."""
PEOPLE: Final = ("Aino Aaltonen", "Bengt Björklund", "Cecilia Carlsson", "eero.eskola@example.org")


@dataclass(frozen=True, slots=True)
class States:
    """What there is to see.

    Args:
        password: of every account.
        words: what stands for a word in braces in a path: the token of a link, the id of a round.
    """

    password: str
    words: Mapping[str, object]


def make(app: Flask, folder: Path) -> States:
    """Fill an empty database, and let the application show the pages of errors that nobody can bring about.

    Args:
        app: the application, before its first request.
        folder: where the sample's password goes.
    """
    app.add_url_rule("/error/<int:code>", "error", abort)
    with app.app_context():
        sample.make(folder)
        password = (folder / sample.PASSWORD_FILE).read_text(encoding="ascii")
        words: dict[str, object] = {"join": make_link("join", "manager"), **_newcomer(password), **_shared()}
        words |= {**_open(), **_full(), **_spacious(), **_unanswered(), **_overdue(), **_too_few()}
        words |= {"no_round": _team("Uusi", 7).id, "small_team": _team("Kaksikko", 2).id}
        db.session.commit()
    return States(password, words)


def _newcomer(password: str) -> dict[str, object]:
    """Make a manager who has no team yet, and a link for a new password."""
    link = link_for(make_link("join", "manager"), "join")
    made = link and join(link, ACCOUNTS["new manager"], "Uuno", hashed(password), "en")
    db.session.flush()
    return {"reset": make_link("reset", account=made or None)}


def _shared() -> dict[str, object]:
    """Share the sample's second result with its team."""
    second = db.session.get_one(Round, 2)
    second.team_link = secrets.token_urlsafe(24)
    return {"team_link": second.team_link}


def _open() -> dict[str, object]:
    """Open a round that half of the members have answered, with personal links for customers."""
    made = _round("Kaisla", 8, (2, 3, 3, 4), customers=True)
    make_personal(made, "customers", PEOPLE)
    one, used = [each for each in links(made) if each.group == "customers"][:2]
    send(used, secrets.token_urlsafe(24), sheet("customers", 4))
    return {
        "open": made.id,
        "open_team": made.team_id,
        "members": _link(made),
        "personal": one.token,
        "used": used.token,
    }


def _full() -> dict[str, object]:
    return {"full": _link(_round("Saari", 5, (3,) * 7))}


def _spacious() -> dict[str, object]:
    """Open a round with room for as many as look at the page of thanks."""
    made = _round("Virta", 200, customers=True)
    return {"no_customers_yet": made.id, "spacious": _link(made)}


def _unanswered() -> dict[str, object]:
    """Open a round that nobody answers on any page."""
    return {"unanswered": _round("Laituri", 7).id}


def _overdue() -> dict[str, object]:
    """Make a round whose time is over while nobody has closed it."""
    made = _round("Ranta", 6, (3, 4))
    made.closes = now() - timedelta(hours=1)
    return {"overdue": made.id, "overdue_team": made.team_id, "late": _link(made)}


def _too_few() -> dict[str, object]:
    """Close a round that fewer have answered than are needed to show anything."""
    made = _round("Pari", 6, (2, 3, 4))
    close_now(made)
    return {"too_few": made.id}


def _team(name: str, size: int) -> Team:
    manager = db.session.scalars(select(Account).where(Account.email == ACCOUNTS["manager"])).one()
    return add_team(manager.id, About(name, size, "hybrid", None, "en"))


def _round(name: str, size: int, members: Sequence[int] = (), customers: bool = False) -> Round:
    """Open a round of a new team; members have answered, each with one rating throughout."""
    plan = Plan(sample.REVIEW, size, True, customers, None, today() + timedelta(days=7))
    made = start(_team(name, size), plan)
    assert made
    for each in members:
        link = next(link for link in links(made) if link.group == "members")
        assert send(link, secrets.token_urlsafe(24), sheet("members", each)) == "taken"
    return made


def _link(made: Round) -> str:
    return next(each.token for each in links(made) if each.group == "members")
