"""What a manager decides after reading: a play is done, a template is adopted, the team may read the result."""

from __future__ import annotations

import secrets

from flask import abort

from web.content import library
from web.database.connection import db
from web.database.models import Round, Team
from web.days import today
from web.events import record


def mark_done(made: Round, play: str, done: bool) -> None:
    """Keep that a round's team has done a play, or has not after all."""
    if play not in library().plays:
        abort(404)
    team = _locked(made)
    team.done = _with(team.done, play, done)
    record("play-done" if done else "play-not-done", play, team)
    db.session.commit()


def adopt(made: Round, template: str, adopted: bool) -> None:
    """Keep that a round's team has adopted an agreement template, today unless it had before, or no longer has."""
    if template not in library().templates:
        abort(404)
    team = _locked(made)
    others = {id_: day for id_, day in team.adopted.items() if id_ != template}
    day = team.adopted.get(template) or today().isoformat()
    team.adopted = {**others, template: day} if adopted else others
    record("agreement-adopted" if adopted else "agreement-dropped", template, team)
    db.session.commit()


def share(made: Round) -> None:
    """Make the link by which the team reads a result; a link that is there already stays."""
    if not made.team_link:
        made.team_link = secrets.token_urlsafe(32)
        record("result-shared", made.number, made.team)
    db.session.commit()


def take_back(made: Round) -> None:
    """Take the team's link back; whoever has it finds nothing from now on."""
    if made.team_link:
        made.team_link = ""
        record("result-no-longer-shared", made.number, made.team)
    db.session.commit()


def _locked(made: Round) -> Team:
    """Give a round's team, which nobody else changes until the present transaction ends."""
    db.session.refresh(made.team, with_for_update=True)
    return made.team


def _with(kept: list[str], id_: str, wanted: bool) -> list[str]:
    return sorted({*kept, id_} if wanted else {*kept} - {id_})
