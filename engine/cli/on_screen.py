"""Advice on a terminal: the first screen a manager reads, then how it looks."""

from __future__ import annotations

from collections.abc import Iterable

from rich.table import Table
from rich.text import Text as Styled

from engine.advising.data import Presenter
from engine.advising.document import Card, Document
from engine.cli.shared import console

INDENT = 3
FEW = {"held-back": 1, "later": 2, "also-found": 2, "not-evaluated": 1}
"""So many items of each list are written out, and the rest counted: the first screen is read in a minute."""


def print_advice(presenter: Presenter, why_command: str) -> None:
    """Print one team's advice.

    Args:
        presenter: the advice in a language.
        why_command: the command that explains the first play, empty where there is none.
    """
    document = Document(presenter, few=1)
    label = document.label
    console().print(Styled(document.title, style="bold underline"))
    console().print(Styled(document.answered, style="dim"))
    console().print()
    if document.keep:
        console().print(Styled.assemble((label("keep-this") + " ", "bold green"), document.keep))
        console().print()
    cards = list(document.cards())
    console().print(Styled(label("start-here"), style="bold"))
    for place, card in enumerate(cards, 1):
        _print_card(document, place, card)
    if not cards:
        _print_indented(Styled(label("nothing-to-start")))
    console().print()
    for key, items in (
        ("held-back", document.held_back()), ("later", document.later()), ("also-found", document.other_findings()),
        ("not-evaluated", document.not_evaluated()),
    ):  # fmt: skip
        _print_list(label(key), items, FEW[key])
    _print_profile(document)
    if why_command:
        console().print(Styled(f"{label('why-this')} {why_command}", style="dim"))


def _print_card(document: Document, place: int, card: Card) -> None:
    console().print()
    console().print(Styled.assemble((f"{place}. ", "bold yellow"), (card.title, "bold")))
    for sentence in card.why[:1]:
        _print_indented(Styled(sentence))
    _print_indented(Styled(card.facts, style="dim"))
    _print_indented(Styled.assemble((document.label("within-two-days") + " ", "yellow"), card.first_step))


def _print_indented(text: Styled) -> None:
    """Print a paragraph a little to the right, without spaces at the ends of its lines."""
    for line in text.wrap(console(), console().width - INDENT):
        line.rstrip()
        console().print(Styled(" " * INDENT).append_text(line))


def _print_list(title: str, items: Iterable[str], few: int) -> None:
    """Print a short list as one paragraph."""
    listed = list(items)
    if not listed:
        return
    more = f"; + {len(listed) - few}" if len(listed) > few else ""
    console().print(Styled.assemble((f"{title}: ", "bold"), "; ".join(listed[:few]) + more))


def _print_profile(document: Document) -> None:
    rows = list(document.rows())
    if not rows:
        return
    table = Table(box=None, pad_edge=False, padding=(0, 3, 0, 0), header_style="bold")
    table.add_column(document.label("profile"))
    for name in document.columns():
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("")
    for row in rows:
        table.add_row(row.name, *row.figures, Styled(row.remark, style="dim"))
    console().print()
    console().print(table)
    console().print()
