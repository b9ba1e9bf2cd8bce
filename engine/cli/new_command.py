"""``pelikirja new``: a first version of a rule, play, template or questionnaire, with a scenario that fails."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import click

from engine.cli.shared import console, content_folder, content_option, errors_for_people

Kind = Literal["rule", "play", "template", "questionnaire"]


@click.command("new")
@click.argument("kind", type=click.Choice(["rule", "play", "template", "questionnaire"]))
@click.argument("id_", metavar="ID")
@content_option
def command(kind: Kind, id_: str, folder: Path | None) -> None:
    """Start a KIND of content called ID: the files to fill in, and a scenario that fails until you have."""
    from engine.content.scaffold import scaffold  # noqa: PLC0415  # only for this command

    with errors_for_people():
        for path in scaffold(kind, id_, content_folder(folder)):
            console().print(f"wrote {path}", soft_wrap=True)
        console().print("Fill them in, then run: pelikirja check && pelikirja test")
