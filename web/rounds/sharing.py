"""What a manager sends on: a link's address, its QR code, and an invitation or a reminder in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import quote

import segno
from flask import url_for

from web.content import library, minutes
from web.database.models import Round, RoundLink
from web.rounds.personal import address_in
from web.security import outside
from web.translations import LANGUAGES, _, day, language, ngettext, use_language


@dataclass(frozen=True, slots=True)
class Own:
    """One person's own link.

    Args:
        name: whose.
        address: the whole link.
        mail: opens the invitation in the manager's mail program, to send; empty where the person has no mail address.
    """

    name: str
    address: str
    mail: str


def own(made: Round, link: RoundLink) -> Own:
    """Give a personal link of an open round as its manager sends it on."""
    to = address_in(link.name)
    return Own(link.name, address_of(link), _mail(made, link, to) if to else "")


def address_of(link: RoundLink) -> str:
    """Give the whole address of a link, as the operator says that it is reached from outside."""
    return outside(url_for("answering.begin", token=link.token))


def qr_of(address: str) -> str:
    """Give an address as the source of a picture: a QR code, dark on white in every colour scheme, for phones."""
    code = segno.make(address, error="m", micro=False)
    return code.svg_data_uri(scale=4, border=4, dark="#000", light="#fff", xmldecl=False)


def length(made: Round, group: str) -> str:
    """Say how long answering takes a group, as the first page of its questions does.

    Args:
        made: an open round.
        group: ``members`` or ``customers``.
    """
    asked = library().questionnaires.get(made.groups[group]["questionnaire"])
    long = minutes(len(asked.all_questions) if asked else 0)
    said = ngettext(
        "It takes about %(num)s minute on a phone and needs no account.",
        "It takes about %(num)s minutes on a phone and needs no account.",
        long,
    )
    return said % {"num": long}


def messages(made: Round, group: str, link: RoundLink | None, again: bool) -> dict[str, str]:
    """Give a text to send to everybody who was invited, by language, the team's own first.

    Args:
        made: an open round.
        group: ``members`` or ``customers``.
        link: the one to answer by; None where everybody has their own.
        again: whether it is a reminder.
    """
    texts = {}
    for code in sorted(LANGUAGES, key=lambda each: each != made.team.language):
        with _in(code):
            texts[code] = _message(made, group, link, again)
    return texts


def _message(made: Round, group: str, link: RoundLink | None, again: bool) -> str:
    begin = (
        _("%(team)s looks at how we work together, and your view is needed. The questions are open until %(day)s.")
        if group == "members"
        else _("%(team)s would like to hear how the work with it goes. The questions are open until %(day)s.")
    )
    end = (
        _("Answers are read only as a whole, never one by one. If you have answered already, thank you!")
        if again
        else length(made, group) + " " + _("Answers are read only as a whole, not one by one.")
    )
    told = {"team": made.team.name, "day": day(made.closes)}
    return "\n\n".join([begin % told, _way(link, again), end])


def _way(link: RoundLink | None, again: bool) -> str:
    """Say by which link to answer; everybody has got their own already when they are reminded."""
    if link is None and again:
        return _("Answer by the link that you got for yourself.")
    address = address_of(link) if link else _("(put the person's own link here)")
    personal = link is None or link.personal
    said = (
        _("Answer by your own link, which takes one answer: %(address)s") if personal else _("Answer here: %(address)s")
    )
    return said % {"address": address}


def _mail(made: Round, link: RoundLink, to: str) -> str:
    """Give the address that opens an invitation in a mail program, in the team's language."""
    with _in(made.team.language):
        subject = _("Answer by %(day)s: %(team)s") % {"day": day(made.closes), "team": made.team.name}
        text = _message(made, link.group, link, again=False)
    return f"mailto:{quote(to)}?subject={quote(subject)}&body={quote(text)}"


@contextmanager
def _in(code: str) -> Iterator[None]:
    """Speak a language for a moment."""
    before = language()
    use_language(code)
    try:
        yield
    finally:
        use_language(before)
