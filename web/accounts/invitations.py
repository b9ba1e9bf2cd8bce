"""Invitations that nobody has used yet, as admins see them: which there are, and taking one back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import NamedTuple

from sqlalchemy import select

from web.accounts.accounts import LINK_DAYS
from web.accounts.deeds import moment
from web.database.connection import db
from web.database.models import HIGHEST_ID, AccountLink, now
from web.events import record


class Invitation(NamedTuple):
    """An open invitation; its link is stored nowhere, so it is not shown again.

    Args:
        id: of its record.
        role: what the one who joins may do.
        made: when, in words.
        until: how long it works, in words.
    """

    id: int
    role: str
    made: str
    until: str


def open_invitations() -> Iterator[Invitation]:
    """Give the invitations that still work, the newest first."""
    wanted = select(AccountLink).where(AccountLink.purpose == "join", AccountLink.expires > now())
    for each in db.session.scalars(wanted.order_by(AccountLink.expires.desc(), AccountLink.id.desc())):
        yield Invitation(
            each.id, each.role, moment(each.expires - timedelta(days=LINK_DAYS)), moment(each.expires)
        )  # fmt: skip


def take_back(id_: int) -> bool:
    """Let an invitation work no longer.

    Returns:
        Whether there was such a one; it may have been used, or taken back, a moment before.
    """
    link = db.session.get(AccountLink, id_, with_for_update=True) if id_ <= HIGHEST_ID else None
    if link is None or link.purpose != "join":
        return False
    db.session.delete(link)
    record("invitation-taken-back", link.role)
    return True
