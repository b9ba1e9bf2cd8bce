"""From a table of answers to rounds, with a report of everything in it that was not read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.content.measures import GROUPS, Group
from engine.content.questionnaire import Questionnaire
from engine.errors import Problem
from engine.measuring.answers import UNANSWERED, GroupAnswers, Round
from engine.measuring.headers import Columns, Headers
from engine.measuring.long import read_long
from engine.measuring.ordering import in_order
from engine.measuring.piles import Pile
from engine.measuring.records import table_of
from engine.measuring.report import Report
from engine.measuring.rows import Table
from engine.measuring.tables import open_table
from engine.measuring.wide import read_wide


@dataclass(frozen=True, slots=True)
class Reading:
    """What a table says, and what of it could not be read.

    Args:
        rounds: each team's rounds, oldest first; teams in the order of the file, the empty name where the table has
            no team column.
        problems: the first of them; ``error`` for a row or cell that was set aside, ``warning`` for the rest.
        set_aside_cells: answers that were read as not given, since nobody can tell what they say.
        set_aside_rows: rows that were not read at all.
        problems_left_out: how many further problems there are.
        ignored_columns: names of the columns that were not read.
        respondents: how many rows of answers the rounds hold together.
        answers: how many given answers those rows hold.
    """

    rounds: Mapping[str, tuple[Round, ...]]
    problems: tuple[Problem, ...]
    set_aside_cells: int
    set_aside_rows: int
    problems_left_out: int
    ignored_columns: tuple[str, ...]
    respondents: int
    answers: int


def read_answers(
    path: Path, questionnaires: Sequence[Questionnaire], *, language: str = "en", chosen: bool = False
) -> Reading:
    """Read a table of answers, wide (a respondent per row) or long (an answer per row).

    Args:
        path: a CSV, XLSX, JSON or YAML file.
        questionnaires: those whose questions the columns may name.
        language: the language of the problems, ``en`` or ``fi``.
        chosen: whether the person named just these questionnaires, and wants to know what of them is missing.

    Raises:
        ProblemsFound: the file cannot be used at all.
    """
    report = Report(str(path), language)
    headers = Headers(questionnaires)
    return _read(open_table(path, headers.score, report), headers, questionnaires, report, chosen)


def read_records(records: Sequence[Mapping[str, object]], questionnaires: Sequence[Questionnaire]) -> Reading:
    """Read answers that are in memory already, as ``read_answers`` reads a JSON file.

    Args:
        records: one mapping per respondent or answer, numbered from 1 in problems.
        questionnaires: those whose questions the keys may name.

    Raises:
        ProblemsFound: they cannot be used at all.
    """
    report = Report("answers", "en")
    table = table_of(lambda: enumerate(records, 1), report)
    return _read(table, Headers(questionnaires), questionnaires, report, chosen=False)


def _read(
    table: Table, headers: Headers, questionnaires: Sequence[Questionnaire], report: Report, chosen: bool
) -> Reading:
    columns = headers.columns(table.header)
    headers.report(columns, table.line, report)
    if columns.long:
        piles = read_long(table, columns, headers, questionnaires, report, chosen)
    else:
        _check_questions(columns, table, headers, questionnaires, report, chosen)
        piles = read_wide(table, columns, questionnaires, report, chosen)
    _check_rows(piles, columns, report)
    return _reading(piles, columns, questionnaires, report)


def _reading(
    piles: Sequence[Pile], columns: Columns, questionnaires: Sequence[Questionnaire], report: Report
) -> Reading:
    filled = [pile for pile in piles if pile.rows]
    return Reading(
        rounds=_rounds(filled, questionnaires),
        problems=report.problems,
        set_aside_cells=report.cells_aside,
        set_aside_rows=report.rows_aside,
        problems_left_out=report.left_out,
        ignored_columns=tuple(dict.fromkeys(columns.shown(place) for place in columns.ignored)),
        respondents=sum(len(pile.rows) for pile in filled),
        answers=sum(len(row) - row.count(UNANSWERED) for pile in filled for row in pile.rows),
    )


def _rounds(piles: Iterable[Pile], questionnaires: Sequence[Questionnaire]) -> dict[str, tuple[Round, ...]]:
    teams: dict[str, dict[str, dict[Group, GroupAnswers]]] = {}
    asked: dict[tuple[int, frozenset[int]], frozenset[str]] = {}
    for pile in piles:
        questionnaire, key = questionnaires[pile.questionnaire], (pile.questionnaire, pile.asked)
        if key not in asked:
            asked[key] = frozenset(str(questionnaire.all_questions[place].id) for place in pile.asked)
        # Sorted, so that nothing is left of the order in which people answered.
        answers = GroupAnswers(questionnaire, tuple(sorted(pile.rows)), asked[key])
        teams.setdefault(pile.team, {}).setdefault(pile.label, {})[pile.group] = answers
    return {
        team: tuple(
            Round(team, label, {group: rounds[label][group] for group in GROUPS if group in rounds[label]})
            for label in in_order(rounds)
        )
        for team, rounds in teams.items()
    }


def _check_questions(
    columns: Columns, table: Table, headers: Headers, questionnaires: Sequence[Questionnaire], report: Report,
    chosen: bool,
) -> None:  # fmt: skip
    """Refuse a table without questions; tell what is missing of questionnaires that the person named."""
    if not columns.questions:
        hints = (headers.suggestion(name, report) for name in columns.names[:20])
        example = questionnaires[0].all_questions[0].id if questionnaires else "agreements-known"
        whose = report.word("chosen" if chosen else "any")
        report.refuse("no-questions", table.line, hint=next(filter(None, hints), ""), whose=whose, example=example)
    for which, questionnaire in enumerate(questionnaires) if chosen else ():
        found = columns.questions.get(which, {})
        missing = [each.id for place, each in enumerate(questionnaire.all_questions) if place not in found]
        if not found:
            report.note("no-columns-of", table.line, questionnaire=questionnaire.id)
        elif missing:
            report.note(
                "missing-columns", table.line, questionnaire=questionnaire.id, count=len(missing),
                total=len(found) + len(missing), example=missing[0],
            )  # fmt: skip


def _check_rows(piles: Sequence[Pile], columns: Columns, report: Report) -> None:
    """Tell about rows without a round, teams that may be one, and a table without any rows."""
    if not piles and not report.problems:
        report.refuse("empty")
    nameless = [pile for pile in piles if not pile.label and pile.rows]
    if "round" in columns.roles and nameless and any(pile.label for pile in piles):
        count = sum(len(pile.rows) for pile in nameless)
        report.note("no-round", count=count, row=min(pile.first_row for pile in nameless))
    spellings: dict[str, str] = {}
    for pile in piles:
        other = spellings.setdefault(pile.team.casefold(), pile.team)
        if other != pile.team:
            report.note("similar-teams", pile.first_row, first=other, second=pile.team)
