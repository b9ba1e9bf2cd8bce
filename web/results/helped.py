"""Whether it helped: what a team did between two rounds, beside how what it was for has moved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine.advising.data import Presenter
from engine.advising.wording import word
from engine.content.measures import Measure
from web.database.models import Round


@dataclass(frozen=True, slots=True)
class Deed:
    """A play that was done, or an agreement that was adopted, since the round that a result is compared with.

    Args:
        title: of the play or the agreement.
        about: the name of the dimension that should move; empty where none is named.
        moved: how it moved, in words; empty where that is not shown.
    """

    title: str
    about: str = ""
    moved: str = ""


def deeds(presenter: Presenter, made: Round, before: Round | None) -> list[Deed]:
    """Give what a team did between two closed rounds, plays first, each by title; nothing without an earlier round.

    Args:
        presenter: the advice on the later round.
        made, before: the later round, and the one with which it is compared.
    """
    return [*_plays(presenter, made, before), *_agreements(presenter, made, before)] if before else []


def _plays(presenter: Presenter, made: Round, before: Round) -> list[Deed]:
    plays = presenter.library.plays
    done = [plays[each].file for each in _since("done", made, before) if each in plays]
    told = [Deed(each.title.get(presenter.language), *_moved(presenter, each.measure)) for each in done]
    return sorted(told, key=lambda each: each.title)


def _agreements(presenter: Presenter, made: Round, before: Round) -> list[Deed]:
    templates = presenter.library.templates
    adopted = [templates[each].file for each in _since("adopted", made, before) if each in templates]
    return sorted((Deed(each.title.get(presenter.language)) for each in adopted), key=lambda each: each.title)


def _since(what: str, made: Round, before: Round) -> Iterator[str]:
    earlier = {*before.facts.get(what, ())}
    yield from (str(each) for each in made.facts.get(what, ()) if each not in earlier)


def _moved(presenter: Presenter, dimension: str | None) -> tuple[str, str]:
    """Give the name of a dimension, and how the members' view of it moved; empty where that is not shown."""
    known = presenter.library.dimensions.get(dimension or "")
    if known is None:
        return "", ""
    value = presenter.figures.shown(Measure("trend", str(known.id), "members")).value
    name = str(getattr(known, presenter.language))
    return name, word(value, presenter.language) if isinstance(value, str) else ""
