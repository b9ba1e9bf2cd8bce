"""``pelikirja test``: the coaches' scenarios, and what they cover."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click
from rich.text import Text as Styled

from engine.advise import Adviser
from engine.cli.shared import console, content_option, errors_for_people, loaded, show_problems
from engine.scenarios import Outcome, coverage_problems, covered, run_scenarios


@click.command("test")
@content_option
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--coverage/--no-coverage", "coverage", default=True, show_default=True,
              help="Warn about rules and thresholds that no scenario tries.")  # fmt: skip
def command(folder: Path | None, form: str, coverage: bool) -> None:
    """Run every scenario and say what did not come out as expected (exit status 1).

    Coverage counts rules that some scenario fires and another does not, and thresholds that are tried on both sides.
    """
    with errors_for_people():
        adviser = Adviser(loaded(folder, thorough=True), "compiled")
        outcomes, seen = run_scenarios(adviser)
        failed = [outcome for outcome in outcomes if outcome.failures]
        warnings = coverage_problems(adviser.library, seen) if coverage else []
        counts = covered(adviser.library, seen)
        if form == "json":
            click.echo(json.dumps(_data(outcomes, warnings, counts), ensure_ascii=False, indent=1))
        else:
            show_problems(warnings)
            for outcome in failed:
                _print_failed(outcome)
            _print_summary(len(outcomes), len(failed), counts)
        sys.exit(1 if failed else 0)


def _print_failed(outcome: Outcome) -> None:
    place = f"{outcome.path}:{outcome.line} {outcome.name}"
    console().print(Styled.assemble(("failed ", "bold red"), place), soft_wrap=True)
    for failure in outcome.failures:
        console().print(f"  {failure}", soft_wrap=True)


def _print_summary(run: int, failed: int, counts: tuple[int, int, int, int]) -> None:
    rules, all_rules, both, thresholds = counts
    outcome = (f"{failed} failed, ", "bold red") if failed else ("", "")
    console().print(Styled.assemble(outcome, (f"{run - failed} scenarios passed", "green" if not failed else "")))
    console().print(f"rules tried both ways: {rules} of {all_rules} ({_share(rules, all_rules)})")
    console().print(f"thresholds tried on both sides: {both} of {thresholds} ({_share(both, thresholds)})")


def _share(part: int, whole: int) -> str:
    return f"{100 * part // whole} %" if whole else "100 %"


def _data(outcomes: list[Outcome], warnings: list[Any], counts: tuple[int, int, int, int]) -> dict[str, Any]:
    names = ("rules_tried_both_ways", "rules", "thresholds_tried_on_both_sides", "thresholds")
    return {
        "scenarios": [
            {"name": each.name, "path": each.path, "line": each.line, "failures": list(each.failures)}
            for each in outcomes
        ],
        "coverage": dict(zip(names, counts, strict=True)),
        "warnings": [problem.as_data() for problem in warnings],
    }
