"""What a manager sends on: a link's address, its QR code, and an invitation or a reminder in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import segno
from flask import url_for

from web.database.models import Round, RoundLink
from web.security import outside
from web.translations import LANGUAGES, _, day, language, use_language


def address_of(link: RoundLink) -> str:
    """Give the whole address of a link, as the operator says that it is reached from outside."""
    return outside(url_for("answering.begin", token=link.token))


def qr_of(address: str) -> str:
    """Give an address as the source of a picture: a QR code, dark on white in every colour scheme, for phones."""
    code = segno.make(address, error="m", micro=False)
    return code.svg_data_uri(scale=4, border=4, dark="#000", light="#fff", xmldecl=False)


def messages(made: Round, group: str, link: RoundLink | None, again: bool) -> dict[str, str]:
    """Give a text to send to everybody who was invited, by language, the team's own first.

    Args:
        made: an open round.
        group: ``members`` or ``customers``.
        link: the one that the group shares; None where everybody has their own.
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
    way = _("Answer here: %(address)s") if link else _("Answer by the link that you got for yourself.")
    end = (
        _("Answers are read only as a whole, never one by one. If you have answered already, thank you!")
        if again
        else _(
            "It takes a few minutes on a phone and needs no account. Answers are read only as a whole, not one by one."
        )
    )
    told = {"team": made.team.name, "day": day(made.closes), "address": address_of(link) if link else ""}
    return "\n\n".join([begin % told, way % told, end])


@contextmanager
def _in(code: str) -> Iterator[None]:
    """Speak a language for a moment."""
    before = language()
    use_language(code)
    try:
        yield
    finally:
        use_language(before)
