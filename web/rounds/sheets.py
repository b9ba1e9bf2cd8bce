"""Sheets of answers: taken once while a round is open, frozen in random order when it closes.

Sending and closing both begin by writing the round's row, so the database lets them happen only one after the other:
a sheet is either in the round before it is frozen, or refused.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal, cast

from sqlalchemy import CursorResult, Executable, Table, bindparam, delete, exists, func, insert, select, update

from engine.content.measures import GROUPS, Group
from engine.content.questionnaire import Questionnaire, read_written
from engine.measuring.answers import UNANSWERED, Facts, GroupAnswers
from engine.measuring.answers import Round as ClosedRound
from web.content import library
from web.database.connection import db, writing
from web.database.models import GroupSheets, Round, RoundLink, Sheet, now
from web.database.traces import leave_no_trace
from web.events import record

Sent = Literal["taken", "taken-before", "closed", "used", "full"]

SPARE: Final = 2
"""So many more answers than invited people a group's open link takes; more would be somebody answering twice."""
MOST: Final = 500
TRACED: Final = ("sheet", "round_link")
"""The tables that lead back to whoever answered; they are rewritten when a round closes."""
ONE_MORE: Final = (
    update(Round).where(Round.id == bindparam("round"), Round.state == "open", Round.closes > bindparam("now"))
    .values(received=Round.received + 1).returning(Round.groups, Round.received)
    .execution_options(synchronize_session=False)
)  # fmt: skip
"""Counts one more answer in an open round, and keeps it from closing meanwhile."""
HAS_COME: Final = exists().where(Sheet.id == bindparam("id"))
IS_THERE: Final = exists().where(RoundLink.id == bindparam("link"))
COLUMNS: Final = [Sheet.id, Sheet.round_id, Sheet.group, Sheet.answers]
NEW: Final = select(*(bindparam(each.key, type_=each.type) for each in COLUMNS)).where(~HAS_COME, IS_THERE)
STORE: Final = (
    insert(cast("Table", Sheet.__table__)).from_select(COLUMNS, NEW).execution_options(preserve_rowcount=True)
)
"""Stores a sheet, unless it has come before or its link is no longer there: personal links may take its place."""


def send(link: RoundLink, key: str, answers: Mapping[str, int]) -> Sent:
    """Take one respondent's answers, all or nothing.

    Args:
        link: by which they came.
        key: a random word that the device made when it began; sending the same again stores nothing new.
        answers: ratings by question id; questions that are not there were not answered.

    Returns:
        ``taken``, or ``taken-before`` for the same key; otherwise why nothing was stored.
    """
    id_ = hashlib.sha256(f"{link.round_id} {key}".encode()).hexdigest()
    round_id, link_id, group, personal = link.round_id, link.id, link.group, link.personal
    with writing():
        result = _send(id_, round_id, link_id, group, personal, answers)
        if result == "taken":
            db.session.commit()
        else:
            db.session.rollback()
    return result


def _send(id_: str, round_id: int, link_id: int, group: str, personal: bool, answers: Mapping[str, int]) -> Sent:
    taken = db.session.execute(ONE_MORE, {"round": round_id, "now": now()}).one_or_none()
    if taken is None:
        return "closed"
    free = _used_now(link_id) if personal else not _is_full(round_id, group, *taken)
    sheet = {"id": id_, "round_id": round_id, "group": group, "answers": dict(answers), "link": link_id}
    if free and _changed(STORE, sheet):
        return "taken"
    before, there = db.session.execute(select(HAS_COME, IS_THERE), {"id": id_, "link": link_id}).one()
    if before:
        return "taken-before"
    return "used" if personal or not there else "full"


def _is_full(round_id: int, group: str, groups: Mapping[str, Mapping[str, int]], received: int) -> bool:
    """Tell whether a group's open link takes no more; while all groups together have too few, nothing is counted."""
    invited = groups.get(group, {}).get("invited")
    room = min(invited + SPARE, MOST) if invited else MOST
    return received > room and counts(round_id).get(group, 0) >= room


def _used_now(link_id: int) -> bool:
    return _changed(update(RoundLink).where(RoundLink.id == link_id, RoundLink.used.is_(False)).values(used=True))


def counts(round_id: int) -> dict[str, int]:
    """Give how many have answered an open round, by group; never who."""
    rows = db.session.execute(select(Sheet.group, func.count()).where(Sheet.round_id == round_id).group_by(Sheet.group))
    return {str(group): int(count) for group, count in rows}


def close(round_id: int, facts: Mapping[str, object]) -> bool:
    """Close a round and freeze its answers: each group's sheets in random order, and nothing that leads back.

    Args:
        round_id: which.
        facts: what is known of the team at this moment, ``written``; they stay with the round.

    Returns:
        Whether it was open until now.
    """
    with writing():
        if not _changed(update(Round).where(Round.id == round_id, Round.state == "open").values(
            state="closed", closed=now(), facts=dict(facts))):  # fmt: skip
            db.session.rollback()
            return False
        for group, sheets in _by_group(round_id).items():
            secrets.SystemRandom().shuffle(sheets)
            frozen = json.dumps(sheets, sort_keys=True, separators=(",", ":")).encode()
            db.session.add(GroupSheets(round_id=round_id, group=group, sheets=frozen))
        db.session.execute(delete(Sheet).where(Sheet.round_id == round_id))
        db.session.execute(delete(RoundLink).where(RoundLink.round_id == round_id))
        made = db.session.get_one(Round, round_id)
        record("round-closed", made.number, made.team)
        db.session.commit()
    leave_no_trace(*TRACED)
    return True


def closed_round(made: Round, label: str = "") -> ClosedRound:
    """Give a closed round as the engine measures it.

    Args:
        made: a closed round; the answers of an open one are nobody's to see.
        label: what it is called.

    Raises:
        ValueError: it is open.
    """
    if made.is_open:
        raise ValueError("the round is open")
    of_round = select(GroupSheets.group, GroupSheets.sheets, Round.asked).join(Round).where(Round.id == made.id)
    frozen = {group: (sheets, (asked or {}).get(group)) for group, sheets, asked in db.session.execute(of_round)}
    groups: dict[Group, GroupAnswers] = {}
    for group in GROUPS:
        sheets, kept = frozen.get(group, (b"", None))
        asked = read_written(kept) if kept else _asked_today(made, group)
        if asked and sheets:
            groups[group] = _group_answers(asked, json.loads(sheets))
    return ClosedRound(made.team.name, label, groups)


def read_facts(kept: Mapping[str, Any]) -> Facts:
    """Give the facts that ``written`` wrote, as the engine reads them."""
    told = {**kept}
    invited, done, adopted = (told.pop(key, empty) for key, empty in (("invited", {}), ("done", ()), ("adopted", ())))
    return Facts(told, invited, frozenset(done), frozenset(adopted))


def written(facts: Facts) -> dict[str, object]:
    """Write facts as they stay with a round, and as they would stand in a file."""
    lists = {"done": sorted(facts.done), "adopted": sorted(facts.adopted)}
    return {**facts.values, "invited": dict(facts.invited), **lists}


def _asked_today(made: Round, group: Group) -> Questionnaire | None:
    """Give what the content has today of what a group was asked, for rounds from before that was kept with them."""
    return library().questionnaires.get(made.groups.get(group, {}).get("questionnaire", ""))


def _group_answers(asked: Questionnaire, sheets: Sequence[Mapping[str, int]]) -> GroupAnswers:
    ids = [str(each.id) for each in asked.all_questions]
    rows = tuple(sorted(bytes(sheet.get(id_, UNANSWERED) for id_ in ids) for sheet in sheets))
    return GroupAnswers(asked, rows, frozenset(ids))


def _by_group(round_id: int) -> dict[str, list[dict[str, int]]]:
    found: dict[str, list[dict[str, int]]] = {}
    for sheet in db.session.scalars(select(Sheet).where(Sheet.round_id == round_id)):
        found.setdefault(sheet.group, []).append(sheet.answers)
    return found


def _changed(statement: Executable, values: Mapping[str, object] | None = None) -> bool:
    result = db.session.execute(statement, values)
    assert isinstance(result, CursorResult)
    return result.rowcount > 0
