"""Personal links: one for each name, each for one answer, in place of the link that a whole group shares."""

from __future__ import annotations

from collections.abc import Iterable
from email.utils import parseaddr
from typing import Final, Literal

from email_validator import EmailNotValidError, validate_email
from sqlalchemy import select

from web.database.connection import db
from web.database.models import Round, RoundLink
from web.events import record
from web.rounds.rounds import links, new_link
from web.rounds.sheets import counts

MOST: Final = 200
LONGEST: Final = 254

Made = Literal["made", "closed", "answered", "too-many"]


def names_in(text: str) -> list[str]:
    """Give the names or addresses in a text, each once whatever its case, in the order of the text.

    Args:
        text: one a line, or as mail programs give addresses: with semicolons, or with commas, between them.
    """
    found: dict[str, str] = {}
    for line in text.replace(";", "\n").splitlines():
        for each in line.split(",") if line.count("@") > 1 else [line]:
            name = " ".join(each.split())
            if name:
                found.setdefault(name.casefold(), name)
    return list(found.values())


def address_in(name: str) -> str:
    """Give the address that a person's link is sent to; empty where a name is only a name."""
    return parseaddr(name)[1] if "@" in name else ""


def is_usable(name: str) -> bool:
    """Tell whether a name is one, or has an address that mail can be sent to, inside an organisation too."""
    if "@" not in name:
        return True
    try:
        validate_email(address_in(name), check_deliverability=False, globally_deliverable=False)
    except EmailNotValidError:
        return False
    return True


def personal_links(made: Round, group: str) -> list[RoundLink]:
    """Give a group's personal links, by name."""
    return [each for each in links(made) if each.group == group and each.personal]


def make_personal(made: Round, group: str, names: Iterable[str]) -> Made:
    """Make a personal link for each name that has none; the group's shared link stops working.

    Once somebody has answered by the shared link, nobody knows who still needs one of their own, so none are made.

    Args:
        made: an open round.
        group: ``members`` or ``customers``.
        names: whose; an address serves as well.

    Returns:
        ``made`` when they are kept, otherwise why nothing was changed.
    """
    result = _make(made, group, list(names))
    if result == "made":
        db.session.commit()
    else:
        db.session.rollback()
    return result


def _make(made: Round, group: str, names: list[str]) -> Made:
    if not db.session.scalar(select(Round.id).where(Round.id == made.id, Round.state == "open").with_for_update()):
        return "closed"
    shared = [each for each in links(made) if each.group == group and not each.personal]
    if shared and counts(made.id).get(group):
        return "answered"
    known = {each.name.casefold() for each in personal_links(made, group)}
    new = [name for name in names if name.casefold() not in known]
    if len(known) + len(new) > MOST:
        return "too-many"
    for each in shared:
        db.session.delete(each)
    db.session.add_all(new_link(made.id, group, name) for name in new)
    made.groups = {**made.groups, group: {**made.groups[group], "invited": len(known) + len(new)}}
    record("links-made", f"{made.number} · {group} · {len(new)}", made.team)
    return "made"
