"""Finnish for the pages: English is what the code says, ``fi.po`` beside each package says it in Finnish."""

from __future__ import annotations

import io
from datetime import date, datetime
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from typing import Any, Final

from babel import dates, numbers
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import LazyProxy
from flask import Flask, g, has_request_context, request, session
from flask_login import current_user

from web.days import day_of

LANGUAGES: Final = ("en", "fi")
LOCALES: Final = {"en": "en_GB", "fi": "fi"}
"""How each language writes dates and numbers; English as it is written in Europe."""
LANGUAGE_NAMES: Final = {"en": "English", "fi": "suomi"}


def init_translations(app: Flask) -> None:
    """Give templates the words, dates and numbers of the reader's language."""
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(_, ngettext, newstyle=True)  # type: ignore[attr-defined]  # the extension adds it
    app.jinja_env.filters["day"] = day
    app.jinja_env.filters["number"] = number
    app.jinja_env.globals.update(language=language, languages=LANGUAGE_NAMES)


def language() -> str:
    """Give the reader's language: chosen for this page, the account's, chosen in this browser, or the browser's own."""
    if not has_request_context():
        return "en"
    if "language" not in g:
        kept = getattr(current_user, "language", None) or session.get("language")
        g.language = kept or request.accept_languages.best_match(LANGUAGES) or "en"
    chosen: str = g.language
    return chosen if chosen in LANGUAGES else "en"


def use_language(chosen: str) -> None:
    """Use a language for this page."""
    g.language = chosen


def _(text: str) -> str:
    """Give a text of the pages in the reader's language."""
    return _catalogue(language()).gettext(text)


def ngettext(one: str, many: str, count: int) -> str:
    """Give a text that depends on a number."""
    return _catalogue(language()).ngettext(one, many, count)


def lazy(text: str) -> Any:
    """Give a text that is put into the reader's language when it is shown; for forms, made once for all readers."""
    return LazyProxy(_, text, enable_cache=False)


def day(moment: date | datetime) -> str:
    """Write a date as the reader's language does; of a moment, the day in the organisation's time zone."""
    on = day_of(moment) if isinstance(moment, datetime) else moment
    return dates.format_date(on, "long", locale=LOCALES[language()])


def number(value: float) -> str:
    """Write a number as the reader's language does."""
    return numbers.format_decimal(value, locale=LOCALES[language()])


@cache
def _catalogue(chosen: str) -> NullTranslations:
    if chosen == "en":
        return NullTranslations()
    file = io.BytesIO()
    write_mo(file, finnish())
    file.seek(0)
    return GNUTranslations(file)


@cache
def finnish() -> Catalog:
    """Give the whole Finnish catalogue, from every ``fi.po`` of the web package."""
    whole = Catalog(locale="fi")
    for path in sorted(Path(__file__).parent.rglob("fi.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale="fi"):
                if message.id:
                    whole.add(message.id, message.string)
    return whole
