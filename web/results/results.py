"""Closed rounds and the advice on them: whose they are, for whom, and worked out once."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from typing import Any, Final, cast

from flask import abort
from sqlalchemy import select

from engine.advising.advice import Advice
from engine.advising.data import Presenter
from engine.advising.figures import Figures
from engine.measuring.gate import Gate, Viewer
from web.content import adviser, library
from web.database.connection import db
from web.database.models import GroupSheets, Round
from web.rounds.rounds import my_round
from web.rounds.sheets import closed_round, read_facts
from web.teams.teams import latest_closed
from web.translations import language

SHORTEST_TOKEN: Final = 20


def my_closed(id_: int) -> Round:
    """Give a closed round of one of the signed-in manager's teams; nothing else is found."""
    made = my_round(id_)
    if made.is_open:
        abort(404)
    return made


def shared_round(token: str) -> Round:
    """Give the closed round that a team's link opens; a link that was taken back opens nothing."""
    wanted = select(Round).where(Round.team_link == token, Round.state == "closed")
    made = db.session.scalar(wanted) if len(token) >= SHORTEST_TOKEN else None
    if made is None:
        abort(404)
    return made


def advice_of(made: Round, viewer: Viewer) -> Presenter:
    """Give the advice on a closed round in the reader's language, behind the gate.

    Args:
        made: a closed round.
        viewer: ``manager``, or ``team``, from whom the manager's own answers are kept.
    """
    return advice_beside(made, before(made), viewer)


def advice_beside(made: Round, earlier: Round | None, viewer: Viewer) -> Presenter:
    """Give the advice on a closed round that is compared with the one ``before`` it, where that is at hand already."""
    facts = json.dumps(_facts(made), sort_keys=True)
    seen = _stamp(made, earlier)
    return _presented(made.id, earlier.id if earlier else 0, viewer, facts, seen, language())


def is_kept(made: Round) -> bool:
    """Tell whether a closed round still has its answers; also where nobody answered, so that none were deleted."""
    there = select(GroupSheets.id).where(GroupSheets.round_id == made.id).limit(1)
    return not made.received or db.session.scalar(there) is not None


def before(made: Round) -> Round | None:
    """Give the closed round with which a round is compared, None where there is none.

    It is the last one that asked the members the same and was answered; a pulse between two reviews is passed over.
    Where none asked the same, it is the last one that was answered, so that it is said why nothing can be compared.
    """
    earlier = [each for each in made.team.rounds if each.number < made.number and not each.is_open]
    answered = _with_members(earlier) if len(earlier) > 1 else earlier
    alike = [each for each in answered if _asks(each) == _asks(made)]
    return next(reversed(alike or answered or earlier), None)


def _with_members(rounds: list[Round]) -> list[Round]:
    """Give those of some closed rounds that have answers of the members."""
    ids = [each.id for each in rounds]
    found = select(GroupSheets.round_id).where(GroupSheets.round_id.in_(ids), GroupSheets.group == "members")
    there = {*db.session.scalars(found)}
    return [each for each in rounds if each.id in there]


def _asks(made: Round) -> str | None:
    return cast("str | None", made.groups.get("members", {}).get("questionnaire"))


def _facts(made: Round) -> dict[str, Any]:
    """Give what was known at closing, for the latest round with what the team has done since.

    What it has adopted since is left out: nobody can have answered yet how well that is kept.
    """
    return {**made.facts, "done": sorted(made.team.done)} if latest_closed(made.team) is made else dict(made.facts)


def _stamp(made: Round, earlier: Round | None) -> str:
    """Give what changes whenever something that advice rests on does: answers that are deleted, a name, the content."""
    ids = [each.id for each in (made, earlier) if each]
    frozen = db.session.execute(
        select(GroupSheets.round_id, GroupSheets.group, GroupSheets.sheets)
        .where(GroupSheets.round_id.in_(ids)).order_by(GroupSheets.round_id, GroupSheets.group)
    )  # fmt: skip
    digest = hashlib.sha256(repr((made.team.name, made.minimum, made.groups, library().digest)).encode())
    for round_id, group, sheets in frozen:
        digest.update(f"{round_id} {group} {len(sheets)} ".encode() + sheets)
    return digest.hexdigest()


@lru_cache(maxsize=128)
def _presented(id_: int, earlier: int, viewer: Viewer, facts: str, seen: str, language_: str) -> Presenter:
    advice = _advised(id_, earlier, viewer, facts, seen)
    return Presenter(advice, Figures(library(), advice.profile, language_))


@lru_cache(maxsize=64)
def _advised(id_: int, earlier: int, viewer: Viewer, facts: str, _seen: str) -> Advice:
    made = db.session.get_one(Round, id_)
    previous = closed_round(db.session.get_one(Round, earlier)) if earlier else None
    gate = Gate(minimum=made.minimum, viewer=viewer)
    return adviser().advise(closed_round(made), previous, read_facts(json.loads(facts)), gate)
