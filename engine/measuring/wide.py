"""Tables with one respondent per row: the loop that a million rows go through."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from operator import getitem, itemgetter
from typing import get_args

from engine.content.measures import Group
from engine.content.questionnaire import Questionnaire, Scale
from engine.measuring.answers import UNANSWERED
from engine.measuring.headers import Columns
from engine.measuring.piles import Pile, Piles, best, choose, set_formula_aside
from engine.measuring.ratings import NOT_AN_ANSWER, NotAsked, Ratings, says_nothing
from engine.measuring.report import Report
from engine.measuring.rows import Table


def read_wide(
    table: Table, columns: Columns, questionnaires: Sequence[Questionnaire], report: Report, chosen: bool
) -> Sequence[Pile]:
    """Read a table with one respondent per row.

    Args:
        table: the rows.
        columns: where things stand; at least one question column.
        questionnaires: those that ``columns.questions`` numbers.
        report: is told about everything that is not read.
        chosen: whether the person named the questionnaires.
    """
    best_of = {group: choose(group, questionnaires, columns.questions) for group in get_args(Group)}
    choice = {group: which for group, which in best_of.items() if which is not None}
    default = best(columns.questions, questionnaires, columns.questions)
    piles = Piles(columns, choice, questionnaires[default or 0].group, report)
    unnamed = _Watch(columns.unnamed)
    plans = _plans(columns, choice, questionnaires, unnamed)
    loop = _Loop(columns, plans, piles, report)
    loop.run(table)
    _tell_unread(plans, unnamed, columns, report)
    if loop.empty:
        report.note("no-answers", count=loop.empty, row=loop.first_empty)
    asked = {which: frozenset(places) for which, places in columns.questions.items()}
    for pile in piles.piles.values():
        pile.asked = asked[pile.questionnaire]
    piles.tell_not_asked(chosen)
    return tuple(piles.piles.values())


class _Watch:
    """Looks for the first value in each of some columns that are not read."""

    def __init__(self, columns: Sequence[int]) -> None:
        self.found: dict[int, int] = {}
        self._columns = list(columns)
        self.pick = _picker(self._columns)

    def look(self, row: int, cells: Sequence[str]) -> None:
        for column in tuple(self._columns):
            if not says_nothing(cells[column]):
                self.found[column] = row
                self._columns.remove(column)
        self.pick = _picker(self._columns)


class _Plan:
    """How the rows of one group are read.

    ``columns`` and ``ratings`` have a place for each question of the questionnaire; a question without a column
    reads the first column, in which it finds no answer.
    """

    def __init__(
        self, questionnaire: Questionnaire, places: Mapping[int, int], watches: Sequence[_Watch],
        ratings: dict[Scale, Ratings],
    ) -> None:  # fmt: skip
        self.questionnaire, self.watches = questionnaire, watches
        questions = questionnaire.all_questions
        self.columns = tuple(places.get(place, 0) for place in range(len(questions)))
        self.ratings = tuple(
            ratings.setdefault(scale, Ratings(scale)) if place in places else NotAsked()
            for place, scale in enumerate(map(questionnaire.scale_of, questions))
        )
        self.blank = bytes([UNANSWERED]) * len(questions)
        self.read = self._reader()

    def _reader(self) -> Callable[[Sequence[str]], bytes]:
        """Give the fastest function from a row to its answers; it raises ValueError where a cell is no answer."""
        pick, ratings = _picker(self.columns), self.ratings
        if len(set(map(id, ratings))) > 1 or len(ratings) == 1:
            return lambda cells: bytes(map(getitem, ratings, pick(cells)))
        pick, one = itemgetter(*self.columns), ratings[0]
        return lambda cells: bytes(itemgetter(*pick(cells))(one))  # the cells are the keys to look up


def _plans(
    columns: Columns, choice: Mapping[Group, int], questionnaires: Sequence[Questionnaire], unnamed: _Watch
) -> dict[Group, _Plan]:
    ratings: dict[Scale, Ratings] = {}
    every = {column for places in columns.questions.values() for column in places.values()}
    plans = {}
    for group, which in choice.items():
        places = columns.questions[which]
        others = _Watch(sorted(every - set(places.values())))
        plans[group] = _Plan(questionnaires[which], places, (others, unnamed), ratings)
    return plans


def _picker(columns: Sequence[int]) -> Callable[[Sequence[str]], Sequence[str]]:
    """Give a fast function from a row to its cells in some columns, and once more the first of them.

    The extra cell makes ``itemgetter`` give a tuple even of one; ``map`` over the ratings stops before it.
    """
    return itemgetter(*columns, columns[0]) if columns else lambda cells: ()


class _Loop:
    def __init__(self, columns: Columns, plans: Mapping[Group, _Plan], piles: Piles, report: Report) -> None:
        self._columns, self._plans, self._piles, self._report = columns, plans, piles, report
        self.empty = self.first_empty = 0

    def run(self, table: Table) -> None:
        """Read every row; what a row costs when nothing is wrong with it decides how long a large table takes."""
        raw, known, find = self._piles.raw, self._piles.known, self._piles.find
        who = self._columns.roles.get("respondent")
        name = ""
        for row, cells in table.below(self._report):
            pile = known.get(raw(cells)) or find(row, cells)
            if pile is None:
                continue
            plan = self._plans[pile.group]
            if who is not None:
                name = cells[who].strip()
                if name in pile.seen or name.startswith("="):
                    self._refuse(row, name, pile)
                    continue
            try:
                answers = plan.read(cells)
            except ValueError:
                answers = self._read_carefully(row, cells, plan)
            for watch in plan.watches:
                if any(watch.pick(cells)):
                    watch.look(row, cells)
            if answers == plan.blank:
                self._count_empty(row, cells)
                continue
            if name:
                pile.seen.add(name)
            pile.rows.append(answers)

    def _refuse(self, row: int, name: str, pile: Pile) -> None:
        column = self._columns.roles["respondent"]
        if name in pile.seen:
            self._report.set_row_aside("duplicate-respondent", row, column + 1)
        else:
            set_formula_aside(row, column, self._columns, self._report)

    def _read_carefully(self, row: int, cells: Sequence[str], plan: _Plan) -> bytes:
        """Read a row that holds something that is no answer, and set that aside."""
        answers = bytearray(plan.blank)
        for place, (ratings, column) in enumerate(zip(plan.ratings, plan.columns, strict=True)):
            value = ratings[cells[column]]
            if value != NOT_AN_ANSWER:
                answers[place] = value
            elif isinstance(ratings, Ratings):
                ratings.tell(cells[column], row, column + 1, self._columns.shown(column), self._report)
        return bytes(answers)

    def _count_empty(self, row: int, cells: Sequence[str]) -> None:
        if any(map(str.strip, cells)):
            self.empty += 1
            self.first_empty = self.first_empty or row


def _tell_unread(plans: Mapping[Group, _Plan], unnamed: _Watch, columns: Columns, report: Report) -> None:
    for column, row in unnamed.found.items():
        report.note("unnamed-column", row, column + 1, number=column + 1)
    for group, plan in plans.items():
        found = plan.watches[0].found
        if found:
            column = min(found)
            report.note(
                "unused-answers", found[column], column + 1, count=len(found), group=report.word(group),
                questionnaire=plan.questionnaire.id, header=columns.shown(column),
            )  # fmt: skip
