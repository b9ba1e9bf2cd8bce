"""A play's text taken apart: its sections, and its steps as a list to tick off while running it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from web.markdown import to_html

SECTION: Final = re.compile(r"^## +(.+)$", re.MULTILINE)
STEP: Final = re.compile(r"^\d+\. +", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a play's text.

    Args:
        title: its heading; empty before the first.
        text: as HTML.
        steps: its numbered steps as HTML, where it has such.
    """

    title: str
    text: Markup
    steps: tuple[Markup, ...]


def sections(markdown: str) -> tuple[Section, ...]:
    """Give the sections of a play's text, in order."""
    before, *parts = SECTION.split(markdown)
    pairs = [("", before), *zip(parts[::2], parts[1::2], strict=True)]
    return tuple(Section(title.strip(), to_html(text), _steps(text)) for title, text in pairs if text.strip())


def running(parts: tuple[Section, ...]) -> tuple[Section | None, Section | None]:
    """Give the section to run from, which has numbered steps, and the one before it, which tells what to prepare."""
    place = next((index for index, each in enumerate(parts) if each.steps), None)
    if place is None:
        return None, None
    return parts[place], parts[place - 1] if place else None


def _steps(text: str) -> tuple[Markup, ...]:
    return tuple(_line(each) for each in STEP.split(text)[1:])


def _line(markdown: str) -> Markup:
    """Give a step without its paragraph, to stand inside a label."""
    html = to_html(markdown).strip()
    return Markup(html.removeprefix("<p>").removesuffix("</p>")) if html.count("<p>") == 1 else html  # cleaned
