"""``pelikirja advise``: answers in, advice out."""

from __future__ import annotations

import json
import shlex
import sys
from collections.abc import Iterable, Iterator
from typing import Any

import click

from engine.advise import Adviser
from engine.advising.advice import Advice
from engine.advising.document import Document, as_markdown
from engine.cli.input import Asked, Case, Work, answers_options
from engine.cli.on_screen import print_advice
from engine.cli.shared import console, content_option, errors_for_people, language_option, messages
from engine.errors import Problem
from engine.reasoning.reasoner import Mode

SEVERAL = 20
"""From so many teams on a progress bar is worth its place."""


@click.command("advise")
@answers_options
@click.option(
    "--format", "form", type=click.Choice(["text", "markdown", "json"]), default="text", show_default=True,
    help="text to read, markdown with whole plays and agreements, json for programs.",
)  # fmt: skip
@click.option(
    "--reasoner", "mode", type=click.Choice(["live", "durable", "compiled"]), default="live", show_default=True,
    help="live: durable-rules, checked by the compiled evaluator on every team.",
)  # fmt: skip
@content_option
@language_option
def command(form: str, mode: Mode, **options: Any) -> None:
    """Give every team in ANSWERS advice: a strength to keep, at most three things to start with, and why.

    ANSWERS is a table (CSV, XLSX, JSON or YAML): a row per person, or a row per answer, with the questions' ids or
    texts as headers. Columns team, group, respondent and round are used where they stand; others are ignored and named.
    To see how it works, write the word sample instead of a file.
    """
    with errors_for_people():
        work = Work(Asked(**options))
        work.report()
        adviser = Adviser(work.library, mode)
        _PRINT[form](work, _advice(work, adviser))
        adviser.close()
        sys.exit(1 if work.wrong else 0)


def _advice(work: Work, adviser: Adviser) -> Iterator[Advice]:
    cases: Iterable[Case] = work.cases()
    if len(work.reading.rounds) >= SEVERAL and sys.stderr.isatty():
        from rich.progress import track  # noqa: PLC0415  # slow to load, and seldom shown

        cases = track(list(cases), "Advising", console=messages(), transient=True)
    for case in cases:
        yield work.advise(adviser, case)


def _print_text(work: Work, advice: Iterator[Advice]) -> None:
    for place, each in enumerate(advice):
        if place:
            console().print()
        print_advice(work.presenter(each), _why_command(work.asked, each))


def _why_command(asked: Asked, advice: Advice) -> str:
    """Give the command that explains the first play, with what the person gave to this one."""
    if not advice.start_here:
        return ""
    return shlex.join(["pelikirja", "why", str(asked.answers), advice.start_here[0].play, *asked.again(advice.team)])


def _print_markdown(work: Work, advice: Iterator[Advice]) -> None:
    for each in advice:
        click.echo(as_markdown(Document(work.presenter(each))))


def _print_json(work: Work, advice: Iterator[Advice]) -> None:
    """Print one JSON object; the teams are written one by one, so that many do not fill the memory."""
    reading = work.reading
    report = {
        "ignored_columns": list(reading.ignored_columns),
        "set_aside_cells": reading.set_aside_cells,
        "set_aside_rows": reading.set_aside_rows,
        "problems": [_told(problem, work.asked.exact) for problem in reading.problems],
    }
    release, reasoner = json.dumps(work.library.digest), ""
    click.echo(f'{{"release": {release}, "answers": {json.dumps(report, ensure_ascii=False)},\n "teams": [', nl=False)
    for place, each in enumerate(advice):
        reasoner = each.reasoner
        data = json.dumps(work.presenter(each).data(), ensure_ascii=False)
        click.echo(f"{',' if place else ''}\n{data}", nl=False)
    click.echo(f'],\n "reasoner": {json.dumps(reasoner)}}}')


def _told(problem: Problem, exact: bool) -> dict[str, object]:
    """Give a problem of the answers; its words quote a cell, which only one who holds the answers may see."""
    data = problem.as_data()
    return data if exact else {key: data[key] for key in ("line", "column", "code", "severity")}


_PRINT = {"text": _print_text, "markdown": _print_markdown, "json": _print_json}
