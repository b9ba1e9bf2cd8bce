"""The picture of a result: each dimension on its scale, what is said beside it, and the same as numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import compress
from typing import Final, Literal, cast

from engine.advising.data import Presenter
from engine.advising.wording import number, word
from engine.content.measures import GROUPS, Group, Measure
from engine.content.rules import Finding
from web.results.subjects import dimensions_of, groups_apart, rests_on_score
from web.translations import _

Change = Literal["rising", "falling", "steady"]
Lift = Literal["", "up", "down"]
DASH: Final = "–"
NEAR: Final = 5
"""Shapes that are less than so many hundredths of the scale apart would hide each other."""
ALIKE, SPLIT = Decimal("0.7"), Decimal("0.5")
"""From which consensus on a number is called alike, and under which split; as the engine does with fewer answers."""
BOUNDS: Final = {"or-more": "≥ ", "or-less": "≤ ", "": ""}


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a group stands on its scale.

    Args:
        group: whose answers.
        place: from 0 to 100 along the scale.
        figure: as it may be shown.
        lift: whether its shape is moved off the line, so that it hides no other.
    """

    group: Group
    place: float
    figure: str
    lift: Lift = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One dimension.

    Args:
        id, name: of the dimension.
        marks: where the groups stand that have a score.
        flags: what findings say about its score, the most important first.
        words: how alike it is seen, and how it moved.
        cells: the numbers of the table.
    """

    id: str
    name: str
    marks: tuple[Mark, ...]
    flags: tuple[str, ...]
    words: tuple[str, ...]
    cells: tuple[str, ...]

    @property
    def members(self) -> Mark | None:
        """Give where the members stand."""
        return next((each for each in self.marks if each.group == "members"), None)


@dataclass(frozen=True, slots=True)
class Profile:
    """All dimensions of a result.

    Args:
        groups: whose answers are shown.
        columns: the heads of the table's columns after the name.
        rows: what needs attention first, then from low to high.
        ticks: the whole numbers of the members' scale, each with its place from 0 to 100.
        outside: names and values of what customers were asked besides, each with its range where nobody would know it.
        compared: whether there is an earlier round.
        changes: names of dimensions by how they moved since then; none where nothing could be compared.
        why_not: why nothing could be compared, in a few words; empty where something could.
    """

    groups: tuple[Group, ...]
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    ticks: tuple[tuple[int, float], ...]
    outside: tuple[tuple[str, str, str], ...]
    compared: bool
    changes: dict[Change, list[str]]
    why_not: str


def profile_of(presenter: Presenter) -> Profile:
    """Give the picture of one team's result."""
    return _Maker(presenter).profile()


class _Maker:
    """Makes the picture from what may be shown."""

    def __init__(self, presenter: Presenter) -> None:
        self._presenter = presenter
        self._figures = presenter.figures
        self._language = presenter.language
        self._library = presenter.library
        self._advice = presenter.advice
        self._asked = presenter.advice.profile.questionnaires
        found = (*self._advice.findings, *self._advice.strengths)
        self._about = {each.id: dimensions_of(self._library, each.id) for each in found}
        self.dimensions = {
            str(each.id): str(getattr(each, self._language))
            for asked in self._asked.values() for each in asked.dimensions
        }  # fmt: skip

    def profile(self) -> Profile:
        rows = [self._row(each) for each in sorted(self.dimensions, key=self._place)]
        shown = tuple(row for row in rows if any(mark.group != "manager" for mark in row.marks))
        groups = dict.fromkeys(mark.group for row in shown for mark in row.marks)
        columns, shown = _without_empty(self._columns(), shown)
        changes, compared = self._changes(), self._advice.profile.compared
        return Profile(
            tuple(groups), columns, shown, tuple(self._ticks()), tuple(self._outside()), compared, changes,
            "" if changes else self._why_no_change(),
        )  # fmt: skip

    def _place(self, dimension: str) -> tuple[int, Decimal, str]:
        """Order dimensions: flagged ones first, strengths last, and among each the lower scores before the higher."""
        flags = self._flags(dimension)
        rank = 1 if not flags else 2 if flags == (_("Strength"),) else 0
        value = self._figures.shown(Measure("score", dimension, "members")).value
        return rank, value if isinstance(value, Decimal) else Decimal(0), dimension

    def _row(self, dimension: str) -> Row:
        marks = _apart([mark for group in GROUPS if (mark := self._mark(dimension, group))])
        words = tuple(filter(None, (self._alike(dimension), self._moved(dimension))))
        cells = tuple(self._cells(dimension))
        return Row(dimension, self.dimensions[dimension], marks, self._flags(dimension), words, cells)

    def _mark(self, dimension: str, group: Group) -> Mark | None:
        measure = Measure("score", dimension, group)
        figure = self._figures.shown(measure)
        asked = self._asked.get(group)
        if not isinstance(figure.value, Decimal) or asked is None:
            return None
        low, high = asked.scale.from_, asked.scale.to
        place = round(float((figure.value - low) / (high - low) * 100), 1)
        rough = self._figures.bare(measure) if figure.about else None
        return Mark(group, place, rough or BOUNDS[figure.bound] + number(figure.value, self._language))

    def _flags(self, dimension: str) -> tuple[str, ...]:
        """Give a word for each finding about a dimension's score; it is no strength where a finding says otherwise."""
        found = [each for each in self._advice.findings if self._about[each.id][:1] == (dimension,)]
        said = dict.fromkeys(filter(None, (self._said(each, dimension) for each in found)))
        if said:
            return tuple(said)
        strong = [each for each in self._advice.strengths if self._about[each.id] == (dimension,)]
        return (_("Strength"),) if any(rests_on_score(self._library, each.id, dimension) for each in strong) else ()

    def _said(self, finding: Finding, dimension: str) -> str:
        """Give a word about a dimension for a finding about its score; empty where the finding is about less."""
        match finding.kind:
            case "blind-spot" if "customers" in groups_apart(self._library, finding.id):
                return _("Blind spot: customers see it differently")
            case "blind-spot" if len(self._about[finding.id]) == 1:
                return _("Blind spot: you see it brighter")
            case "weakness" if rests_on_score(self._library, finding.id, dimension):
                return _("Weak")
        return ""

    def _alike(self, dimension: str) -> str:
        seen = alike(self._presenter, dimension)
        return word(seen, self._language) if seen else ""

    def _moved(self, dimension: str) -> str:
        value = self._figures.shown(Measure("trend", dimension, "members")).value
        return word(value, self._language) if isinstance(value, str) and value != "steady" else ""

    def _columns(self) -> tuple[str, ...]:
        others = [word(f"column-{each}", self._language) for each in GROUPS[1:] if each in self._asked]
        return (_("members"), *others, _("rate it high"), _("rate it low"), _("how alike"), _("since last round"))

    def _cells(self, dimension: str) -> Iterator[str]:
        for group in GROUPS:
            if group == "members" or group in self._asked:
                mark = self._mark(dimension, group)
                yield mark.figure if mark else DASH
        for kind in ("favourable", "unfavourable", "consensus", "trend"):
            yield self._figures.value(Measure(kind, dimension, "members")) or DASH

    def _ticks(self) -> Iterator[tuple[int, float]]:
        asked = self._asked.get("members")
        low, high = (asked.scale.from_, asked.scale.to) if asked else (1, 5)
        for value in range(low, high + 1, max(1, (high - low) // 10)):
            yield value, round((value - low) / (high - low) * 100, 1)

    def _outside(self) -> Iterator[tuple[str, str, str]]:
        for kind in ("csat", "nps"):
            measure = Measure(kind, group="customers")
            value, hidden = self._figures.value(measure), self._figures.shown(measure).reason
            if value:
                yield self._figures.name(measure), value, self._range() if kind == "nps" else ""
            elif hidden and hidden.code == "fewer-than-twenty":
                yield self._figures.name(measure), DASH, _("shown once there are 20 answers")

    def _range(self) -> str:
        return _("from −100 to 100; above 0, more would recommend than advise against")

    def _changes(self) -> dict[Change, list[str]]:
        found: dict[Change, list[str]] = {}
        for group in ("members", "customers"):
            for dimension in self.dimensions:
                value = self._figures.shown(Measure("trend", dimension, group)).value
                if isinstance(value, str):
                    name = self._figures.name(Measure("score", dimension, group))
                    found.setdefault(cast(Change, value), []).append(name)
        return found

    def _why_no_change(self) -> str:
        reasons = (self._figures.shown(Measure("trend", each, "members")).reason for each in self.dimensions)
        return next((each.text(self._language) for each in reasons if each), "")


def alike(presenter: Presenter, dimension: str) -> str:
    """Tell whether members see a dimension ``alike``, ``mixed`` or ``split``; empty where that is not shown."""
    value = presenter.figures.shown(Measure("consensus", dimension, "members")).value
    if isinstance(value, Decimal):
        return "alike" if value >= ALIKE else "split" if value < SPLIT else "mixed"
    return value or ""


def _apart(marks: list[Mark]) -> tuple[Mark, ...]:
    """Move the manager's shape up and the customers' down where one would hide the other."""
    places = {each.group: each.place for each in marks}
    if not {"manager", "customers"} <= places.keys() or abs(places["manager"] - places["customers"]) >= NEAR:
        return tuple(marks)
    lifts: dict[Group, Lift] = {"manager": "up", "customers": "down"}
    return tuple(replace(each, lift=lifts.get(each.group, "")) for each in marks)


def _without_empty(columns: tuple[str, ...], rows: tuple[Row, ...]) -> tuple[tuple[str, ...], tuple[Row, ...]]:
    """Leave out the columns in which nothing is shown."""
    full = [any(row.cells[place] != DASH for row in rows) for place in range(len(columns))]
    return tuple(compress(columns, full)), tuple(replace(row, cells=tuple(compress(row.cells, full))) for row in rows)
