"""Tables with one answer per row: read twice, since only all of it tells what each group was asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Final, get_args

from engine.content.measures import Group
from engine.content.questionnaire import Questionnaire, Scale
from engine.measuring.answers import UNANSWERED
from engine.measuring.headers import MAX_HEADER, Columns, Headers
from engine.measuring.piles import GROUP_WORDS, MAX_NAME, Pile, Piles, best, choose, raw_key, set_formula_aside
from engine.measuring.ratings import MAX_REMEMBERED, NOT_AN_ANSWER, Ratings, plain, says_nothing
from engine.measuring.report import Report, quotable
from engine.measuring.rows import Table

NOT_SEEN: Final = 254
"""Stands on a sheet for a question that the respondent has no row for yet; scales end at 100."""

MAX_UNKNOWN: Final = 100


def read_long(
    table: Table, columns: Columns, headers: Headers, questionnaires: Sequence[Questionnaire], report: Report,
    chosen: bool,
) -> Sequence[Pile]:  # fmt: skip
    """Read a table with one answer per row.

    Args:
        table: the rows.
        columns: where things stand; a question and an answer column.
        headers: knows the questions' names.
        questionnaires: those that ``headers`` knows.
        report: is told about everything that is not read.
        chosen: whether the person named the questionnaires.

    Raises:
        ProblemsFound: no column says whose answers they are.
    """
    if "respondent" not in columns.roles:
        report.refuse("no-respondent", table.line)
    names = _Names(headers)
    choice, default = _choose(table, columns, names, questionnaires, report.silent())
    piles = Piles(columns, choice, default, report)
    loop = _Loop(columns, questionnaires, names, piles, report)
    loop.run(table)
    loop.tell_unread(headers)
    _finish(piles.piles.values(), report)
    piles.tell_not_asked(chosen)
    return tuple(piles.piles.values())


class _Names:
    """Remembers which questions a text names, for as many texts as a table reasonably has."""

    def __init__(self, headers: Headers) -> None:
        self._headers = headers
        self._known: dict[str, Mapping[int, int]] = {}

    def questions(self, text: str) -> Mapping[int, int]:
        """Give the place of the named question in each questionnaire that has it."""
        found = self._known.get(text)
        if found is None:
            _, found = self._headers.questions(text)
            if len(self._known) < MAX_REMEMBERED and len(text) <= MAX_HEADER:
                self._known[text] = found
        return found


def _choose(
    table: Table, columns: Columns, names: _Names, questionnaires: Sequence[Questionnaire], report: Report
) -> tuple[dict[Group, int], Group]:
    """Read the table for the first time; choose the questionnaire of each group, and the group of nameless rows."""
    found: dict[Group | None, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    pair = raw_key([columns.roles[role] for role in ("question", "group") if role in columns.roles])
    question = columns.roles["question"]
    seen: set[object] = set()
    for _, cells in table.below(report):
        if (cells_here := pair(cells)) in seen:
            continue
        if len(seen) < MAX_REMEMBERED:
            seen.add(cells_here)
        word = plain(cells[columns.roles["group"]][:MAX_NAME]) if "group" in columns.roles else ""
        if not word or word in GROUP_WORDS:
            for which, place in names.questions(cells[question]).items():
                found[GROUP_WORDS.get(word)][which].add(place)
    nameless = found.pop(None, {})
    usual = best(nameless, questionnaires, nameless)
    default: Group = questionnaires[usual].group if usual is not None else "members"
    for which, places in nameless.items():
        found[default][which] |= places
    chosen = {group: choose(group, questionnaires, found[group]) for group in get_args(Group)}
    return {group: which for group, which in chosen.items() if which is not None}, default


class _Loop:
    def __init__(
        self, columns: Columns, questionnaires: Sequence[Questionnaire], names: _Names, piles: Piles, report: Report
    ) -> None:
        self._columns, self._questionnaires, self._names = columns, questionnaires, names
        self._piles, self._report = piles, report
        self._question, self._answer = columns.roles["question"], columns.roles["answer"]
        by_scale: dict[Scale, Ratings] = {}
        self._ratings = [
            [by_scale.setdefault(scale, Ratings(scale)) for scale in map(each.scale_of, each.all_questions)]
            for each in questionnaires
        ]
        self._unknown: dict[str, tuple[int, int]] = {}
        self._unused: dict[Group, tuple[int, int]] = {}

    def run(self, table: Table) -> None:
        """Read every row for the second time."""
        raw, known, find = self._piles.raw, self._piles.known, self._piles.find
        for row, cells in table.below(self._report):
            pile = known.get(raw(cells)) or find(row, cells)
            if pile is None or not any(map(str.strip, cells)):
                continue
            places = self._names.questions(cells[self._question])
            if pile.questionnaire in places:
                self._read(row, cells, pile, places[pile.questionnaire])
            else:
                self._count_unread(row, cells, pile, bool(places))

    def _read(self, row: int, cells: Sequence[str], pile: Pile, place: int) -> None:
        sheet = self._sheet(row, cells, pile)
        if sheet is None:
            return
        if sheet[place] != NOT_SEEN:
            self._report.set_row_aside("duplicate-answer", row, question=self._shown(cells))
            return
        ratings = self._ratings[pile.questionnaire][place]
        value = ratings[cells[self._answer]]
        if value == NOT_AN_ANSWER:
            ratings.tell(cells[self._answer], row, self._answer + 1, self._shown(cells), self._report)
            value = UNANSWERED
        sheet[place] = value

    def _shown(self, cells: Sequence[str]) -> str:
        return quotable(cells[self._question], 60)

    def _sheet(self, row: int, cells: Sequence[str], pile: Pile) -> bytearray | None:
        column = self._columns.roles["respondent"]
        name = cells[column].strip()
        if name in pile.sheets:
            return pile.sheets[name]
        if not name:
            self._report.set_row_aside("nobody", row, column + 1, header=self._columns.shown(column))
            return None
        if name.startswith("="):
            set_formula_aside(row, column, self._columns, self._report)
            return None
        count = len(self._questionnaires[pile.questionnaire].all_questions)
        return pile.sheets.setdefault(name, bytearray([NOT_SEEN]) * count)

    def _count_unread(self, row: int, cells: Sequence[str], pile: Pile, known: bool) -> None:
        """Count a row whose question the group was not asked, or nobody; open questions would fill the report."""
        if known:
            if not says_nothing(cells[self._answer]):
                first, count = self._unused.get(pile.group, (row, 0))
                self._unused[pile.group] = first, count + 1
            return
        text = quotable(cells[self._question], 60)
        if text not in self._unknown and len(self._unknown) >= MAX_UNKNOWN:
            self._report.set_row_aside("unknown-question", row, self._question + 1, found=text, count=1)
            return
        first, count = self._unknown.get(text, (row, 0))
        self._unknown[text] = first, count + 1

    def tell_unread(self, headers: Headers) -> None:
        """Tell about each question that nobody was asked, and about answers to further questionnaires of a group."""
        for text, (row, count) in self._unknown.items():
            hint = headers.suggestion(text, self._report, cutoff=0.7)
            self._report.count_rows_aside(count)
            where = (row, self._question + 1, hint)
            self._report.note("unknown-question", *where, severity="error", row=row, found=text, count=count)
        for group, (row, count) in self._unused.items():
            self._report.note("unused-rows", row, row=row, count=count, group=self._report.word(group))


def _finish(piles: Collection[Pile], report: Report) -> None:
    """Turn the sheets into rows, without those that hold no answer, and settle what a round's group was asked."""
    unanswered = bytes.maketrans(bytes([NOT_SEEN]), bytes([UNANSWERED]))
    sheets = sum(len(pile.sheets) for pile in piles)
    # Of the whole round: a tool may leave blank answers out, and a question that nobody of a small team answered then
    # has no row in that team.
    asked: dict[tuple[str, Group], set[int]] = defaultdict(set)
    for pile in piles:
        for sheet in pile.sheets.values():
            asked[pile.label, pile.group].update(place for place, value in enumerate(sheet) if value != NOT_SEEN)
        rows = (bytes(sheet).translate(unanswered) for sheet in pile.sheets.values())
        pile.rows.extend(row for row in rows if row.count(UNANSWERED) < len(row))
        pile.sheets.clear()
    shared = {key: frozenset(places) for key, places in asked.items()}
    for pile in piles:
        pile.asked = shared.get((pile.label, pile.group), frozenset())
    if sheets > sum(len(pile.rows) for pile in piles):
        report.note("silent-respondents", count=sheets - sum(len(pile.rows) for pile in piles))
