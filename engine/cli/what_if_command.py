"""``pelikirja what-if``: change measures or facts and see what would change in the advice."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import click
from rich.tree import Tree

from engine.advise import Adviser
from engine.advising.advice import Advice
from engine.advising.data import Presenter
from engine.advising.what_if import changes, read_measure, read_value
from engine.advising.wording import word
from engine.cli.input import Asked, Work, answers_options
from engine.cli.shared import console, content_option, errors_for_people, language_option
from engine.content.library import Library
from engine.content.measures import Measure
from engine.errors import PelikirjaError


@click.command("what-if")
@answers_options
@click.argument("assumptions", metavar="MEASURE=VALUE...", nargs=-1, required=True)
@content_option
@language_option
def command(assumptions: tuple[str, ...], **options: Any) -> None:
    """Show what would change for the teams in ANSWERS if measures or facts were different.

    For instance: agreements=3.5, size=12, work-mode=remote, "csat customers=0.9", "done decision-log=1".
    """
    with errors_for_people():
        work = Work(Asked(**options))
        work.report()
        wanted = dict(_assumption(each, work.library) for each in assumptions)
        adviser = Adviser(work.library, "compiled")
        for case in work.cases():
            before = work.advise(adviser, case)
            after = adviser.conclude(before.profile.assuming(wanted))
            console().print(_tree(work.presenter(before), after, assumptions))
        sys.exit(1 if work.wrong else 0)


def _assumption(text: str, library: Library) -> tuple[Measure, int]:
    name, equals, value = text.rpartition("=")
    if not equals:
        raise PelikirjaError(f"“{text}” assumes nothing; write it as agreements=3.5")
    measure = read_measure(name.strip(), library)
    return measure, read_value(measure, value.strip(), library)


def _tree(before: Presenter, after: Advice, assumptions: tuple[str, ...]) -> Tree:
    tree = Tree(f"{before.advice.team or word('your-team', before.language)} · {', '.join(assumptions)}")
    lines = list(_lines(before, after))
    for line in lines or [word("nothing-changes", before.language)]:
        tree.add(line)
    return tree


def _lines(before: Presenter, after: Advice) -> Iterator[str]:
    difference = changes(before.advice, after)
    plays = before.library.plays
    for key, findings in (("would-appear", difference.findings_gained), ("would-go", difference.findings_lost)):
        yield from (word(key, before.language, name=before.reasons.title(each)) for each in findings)
    for key, ids in (("would-start", difference.started), ("would-stop", difference.stopped)):
        yield from (word(key, before.language, name=plays[each].file.title.get(before.language)) for each in ids)
