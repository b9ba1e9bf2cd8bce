"""The log in words: when, who, what, to what."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any, Final, NamedTuple

from babel.dates import format_datetime

from web.content import library
from web.database.models import Event
from web.days import local
from web.events import NOBODY
from web.translations import _, language, lazy, ngettext

ROLES: Final[dict[str, Any]] = {"manager": lazy("Manager"), "coach": lazy("Coach"), "admin": lazy("Admin")}
GROUPS: Final[dict[str, Any]] = {"members": lazy("members"), "customers": lazy("customers")}
"""Who gets personal links."""
LINKS: Final = re.compile(rf"(\d+) · ({'|'.join(GROUPS)}) · (\d+)")
"""How it is stored that links were made: for which round and group, and how many."""
DEEDS: Final[dict[str, Any]] = {
    "join-link-made": lazy("invitation made"),
    "invitation-taken-back": lazy("invitation taken back"),
    "joined": lazy("account made"),
    "reset-link-made": lazy("link for a new password made"),
    "password-changed": lazy("password changed"),
    "account-corrected": lazy("name or address corrected"),
    "account-closed": lazy("account closed"),
    "account-opened": lazy("account opened again"),
    "account-erased": lazy("account erased"),
    "team-made": lazy("team made"),
    "team-changed": lazy("team's facts changed"),
    "team-erased": lazy("team erased"),
    "round-started": lazy("round started"),
    "round-moved": lazy("last day of a round moved"),
    "round-deleted": lazy("round deleted"),
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
    """Tell to what: the team as it is called today, and the rest in the reader's language."""
    in_words = SUBJECTS.get(event.what, str)
    team = event.team.name if event.team else ""
    rest = in_words(event.subject) if event.subject and event.subject != NOBODY else ""
    return " · ".join(each for each in (team, rest) if each)


def _role(subject: str) -> str:
    return str(ROLES.get(subject, subject))


def _round(subject: str) -> str:
    return _("Round %(number)s") % {"number": subject}


def _links(subject: str) -> str:
    """Tell for which round and group links were made, and how many."""
    found = LINKS.fullmatch(subject)
    if not found:
        return subject
    number, group, count = found.groups()
    links = ngettext("%(num)s link", "%(num)s links", int(count)) % {"num": count}
    return f"{_round(number)} · {GROUPS[group]}: {links}"


def _play(subject: str) -> str:
    """Give a play's title; its id where the content no longer has it."""
    play = library().plays.get(subject)
    return play.file.title.get(language()) if play else subject


def _template(subject: str) -> str:
    """Give the title of an agreement's template; its id where the content no longer has it."""
    template = library().templates.get(subject)
    return template.file.title.get(language()) if template else subject


SUBJECTS: Final[dict[str, Callable[[str], str]]] = {
    "join-link-made": _role,
    "invitation-taken-back": _role,
    "round-started": _round,
    "round-moved": _round,
    "round-deleted": _round,
    "links-made": _links,
    "round-closed": _round,
    "answers-forgotten": _round,
    "result-shared": _round,
    "result-no-longer-shared": _round,
    "play-done": _play,
    "play-not-done": _play,
    "agreement-adopted": _template,
    "agreement-dropped": _template,
}
"""How what an event was done to is told; everything else is told as it is stored, such as an address."""


def moment(at: datetime) -> str:
    """Write a moment as the reader's language does, in the organisation's time."""
    return format_datetime(local(at), "d MMM y HH:mm" if language() == "en" else "short", locale=language())
