"""``pelikirja check``: every fault of every content file at once."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from engine.cli.shared import console, content_option, errors_for_people, loaded, show_problems
from engine.content.library import Library
from engine.errors import Problem, ProblemsFound


@click.command("check")
@content_option
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def command(folder: Path | None, form: str) -> None:
    """Find faults in questionnaires, rules, playbooks, agreements and scenarios.

    Each is named with file, line and column. Errors stop the content from being used (exit status 1); warnings do not.
    """
    with errors_for_people():
        library, problems = _checked(folder)
        if form == "json":
            click.echo(json.dumps([problem.as_data() for problem in problems], ensure_ascii=False, indent=1))
        else:
            show_problems(problems)
            console().print(_summary(library, problems))
        sys.exit(0 if library else 1)


def _checked(folder: Path | None) -> tuple[Library | None, Sequence[Problem]]:
    try:
        library = loaded(folder, thorough=True)
    except ProblemsFound as found:
        return None, found.problems
    return library, library.warnings


def _summary(library: Library | None, problems: Sequence[Problem]) -> str:
    if library is None:
        count = sum(problem.severity == "error" for problem in problems)
        return f"{count} error{'' if count == 1 else 's'}"
    written = len({rule.written_as for rule in library.rules.values()})
    parts = (
        f"{len(library.questionnaires)} questionnaires",
        f"{written} rules ({len(library.rules)} with every dimension)",
        f"{len(library.plays)} plays",
        f"{len(library.templates)} agreement templates",
        f"{len(library.scenarios)} scenarios",
    )
    warnings = f"; {len(problems)} warning{'' if len(problems) == 1 else 's'}" if problems else ""
    return f"All is well: {', '.join(parts)}{warnings}\n{library.digest}"
