"""``pelikirja statistics``: how well questions measure, for those who write questionnaires."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import Any

import click
from rich.table import Table

from engine.advising.wording import word
from engine.cli.input import ANSWERS, Asked, Work, questionnaire_option
from engine.cli.shared import console, content_option, errors_for_people, language_option
from engine.measuring.statistics import DimensionStatistics, QuestionStatistics, statistics

MOST_CORRELATIONS = 8
"""So many questions fit beside each other on a screen; the correlations of more are in the JSON."""


@click.command("statistics")
@click.argument("answers", type=ANSWERS)
@questionnaire_option
@click.option("--exact", is_flag=True, help="All decimals and every team, for one who holds the answers anyway.")
@click.option("--group", type=click.Choice(["members", "customers"]), default="members", show_default=True,
              help="Whose answers.")  # fmt: skip
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@content_option
@language_option
def command(form: str, group: Any, **options: Any) -> None:
    """Tell authors of questionnaires how their questions work, over all respondents in ANSWERS together.

    Alpha, and each question's mean and correlation with the rest of its dimension, from 30 respondents on; rWG(J), how
    alike each team answered. For authors of questions, never for a team's report.
    """
    with errors_for_people():
        work = Work(Asked(**options))
        work.report()
        cases = [case.now for case in work.cases()]
        found = statistics(cases, group=group, exact=work.asked.exact)
        if form == "json":
            data = [{**asdict(each), "reason": _reason(each, work.asked.language)} for each in found]
            click.echo(json.dumps(data, ensure_ascii=False, indent=1))
        else:
            for each in found:
                _print(each, work)
        sys.exit(1 if work.wrong else 0)


def _reason(found: DimensionStatistics, language: str) -> str | None:
    return found.reason.text(language) if found.reason else None


def _print(found: DimensionStatistics, work: Work) -> None:
    language, exact = work.asked.language, work.asked.exact
    title = str(getattr(work.library.dimensions[found.dimension], language))
    console().print(title, style="bold")
    alpha = _figure(found.alpha, exact) if found.alpha is not None else f"– ({_reason(found, language)})"
    console().print(word("alpha", language, value=alpha, count=found.complete))
    if found.rwg:
        low, mean, high = (_figure(each, exact) for each in found.rwg)
        teams = sum(team.rwg is not None for team in found.teams)
        console().print(word("rwg", language, low=low, mean=mean, high=high, count=teams))
    else:
        console().print(word("no-rwg", language))
    console().print(_questions(found.questions, language, exact))
    if exact and len(found.teams) > 1:
        console().print(_teams(found, language))
    console().print()


def _questions(questions: tuple[QuestionStatistics, ...], language: str, exact: bool) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column(word("question-column", language))
    for key in ("answers-column", "mean-column", "rest-column"):
        table.add_column(word(key, language), justify="right")
    shown = len(questions) <= MOST_CORRELATIONS
    for place in range(1, len(questions) * shown + 1):
        table.add_column(str(place), justify="right")
    for place, each in enumerate(questions, 1):
        correlations = [_figure(value, False) for value in each.correlations if shown]
        figures = (str(each.answers), _figure(each.mean, exact), _figure(each.rest, exact))
        table.add_row(f"{place}. {each.id}", *figures, *correlations)
    return table


def _teams(found: DimensionStatistics, language: str) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for key in ("team-column", "answers-column"):
        table.add_column(word(key, language))
    table.add_column("rWG(J)", justify="right")
    for team in found.teams:
        table.add_row(team.team, str(team.respondents), _figure(team.rwg, True))
    return table


def _figure(value: float | None, exact: bool) -> str:
    return "–" if value is None else f"{value:.6f}" if exact else f"{value:.2f}"
