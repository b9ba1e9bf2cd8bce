"""The log in words: when, who, what, to what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, Final, NamedTuple

from babel.dates import format_datetime

from web.database.models import Event
from web.days import local
from web.translations import language, lazy

NOBODY: Final = "-"
"""Stands in the log for the server itself, for nobody signed in, and for whoever, or whatever, was erased."""
ROLES: Final[dict[str, Any]] = {"manager": lazy("Manager"), "coach": lazy("Coach"), "admin": lazy("Admin")}
DEEDS: Final[dict[str, Any]] = {
    "join-link-made": lazy("invitation made"),
    "joined": lazy("account made"),
    "reset-link-made": lazy("link for a new password made"),
    "password-changed": lazy("password changed"),
    "language-chosen": lazy("language chosen"),
    "account-corrected": lazy("name or address corrected"),
    "account-closed": lazy("account closed"),
    "account-opened": lazy("account opened again"),
    "account-erased": lazy("account erased"),
    "team-made": lazy("team made"),
    "team-changed": lazy("team's facts changed"),
    "team-erased": lazy("team erased"),
    "round-started": lazy("round started"),
    "links-made": lazy("personal links made"),
    "round-closed": lazy("round closed"),
    "answers-forgotten": lazy("answers of an old round deleted"),
    "result-shared": lazy("result shared with the team"),
    "result-no-longer-shared": lazy("result no longer shared"),
    "play-done": lazy("play marked as done"),
    "play-not-done": lazy("play marked as not done"),
    "agreement-adopted": lazy("agreement adopted"),
    "agreement-dropped": lazy("agreement dropped"),
    "release-in-use": lazy("release of the content came into use"),
}
"""What each kind of event is called."""


class Deed(NamedTuple):
    """An event as admins read it.

    Args:
        at: when, in words.
        who: an address, or a dash.
        what: what was done.
        subject: to what; empty for nothing in particular.
    """

    at: str
    who: str
    what: str
    subject: str


def deeds(events: Iterable[Event]) -> Iterator[Deed]:
    """Give events in the reader's language."""
    for each in events:
        who = "–" if each.who == NOBODY else each.who
        yield Deed(moment(each.at), who, str(DEEDS.get(each.what, each.what)), _subject(each))


def _subject(event: Event) -> str:
    if event.what == "join-link-made":
        return str(ROLES.get(event.subject, event.subject))
    return "" if event.told == NOBODY else event.told


def moment(at: datetime) -> str:
    """Write a moment as the reader's language does, in the organisation's time."""
    return format_datetime(local(at), "d MMM y HH:mm" if language() == "en" else "short", locale=language())
