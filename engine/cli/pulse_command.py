"""``pelikirja pulse``: a short questionnaire about what matters now, as a file."""

from __future__ import annotations

from pathlib import Path

import click
import yaml

from engine.cli.shared import content_option, errors_for_people, loaded


@click.command("pulse")
@click.option(
    "--dimension", "dimensions", metavar="ID", multiple=True, help="Ask about this dimension. May be repeated."
)
@click.option("--agreement", "agreements", metavar="TEMPLATE[/CLAUSE[=N]]", multiple=True,
              help="Ask how the clauses hold: a template's, or one of them; =N for the Nth of its choices. "
              "May be repeated.")  # fmt: skip
@click.option("--id", "id_", metavar="ID", default="our-pulse", show_default=True, help="What the pulse is called.")
@content_option
def command(dimensions: tuple[str, ...], agreements: tuple[str, ...], id_: str, folder: Path | None) -> None:
    """Print a pulse: a questionnaire about a few dimensions, or about what the team has agreed.

    Keep it in a file, put the questions to the team, and give the answers to advise with --questionnaire FILE.
    """
    from engine.content.pulse import agreed, pulse_of  # noqa: PLC0415  # only for this command

    with errors_for_people():
        library = loaded(folder)
        clauses = [clause for each in agreements for clause in agreed(library, each)]
        pulse = pulse_of(library, id_, dimensions, clauses)
        click.echo(yaml.safe_dump(pulse, allow_unicode=True, sort_keys=False, width=120), nl=False)
