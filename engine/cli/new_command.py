"""``pelikirja new``: a first version of a rule, play, template or questionnaire, with a scenario that fails."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Literal, get_args

import click

from engine.cli.shared import built_in, console, content_folder, content_option, errors_for_people
from engine.errors import PelikirjaError

Kind = Literal["rule", "play", "template", "questionnaire", "content"]


@click.command("new")
@click.argument("kind", type=click.Choice(get_args(Kind)))
@click.argument("id_", metavar="ID")
@content_option
def command(kind: Kind, id_: str, folder: Path | None) -> None:
    """Start a KIND of content called ID: the files to fill in, and a scenario that fails until you have.

    “new content FOLDER” copies the built-in rules and playbooks into a new folder, to make them your own.
    """
    from engine.content.scaffold import scaffold  # noqa: PLC0415  # only for this command

    with errors_for_people():
        if kind == "content":
            _copy_content(Path(id_))
            return
        for path in scaffold(kind, id_, _own(folder)):
            console().print(f"wrote {path}", soft_wrap=True)
        console().print("Fill them in, then run: pelikirja check && pelikirja test")


def _own(given: Path | None) -> Path:
    """Give the folder to write into, never the installed one: it would be lost at the next upgrade."""
    folder = content_folder(given)
    if folder.resolve() == built_in() and folder.name == "shipped":
        raise PelikirjaError(
            "there is no content of your own here; make it with “pelikirja new content my-content”, "
            "go to that folder, and try again"
        )
    return folder


def _copy_content(target: Path) -> None:
    from engine.content.schemas import write_schemas  # noqa: PLC0415  # only here

    if target.exists():
        raise PelikirjaError(f"{target} exists already; name a new folder")
    for part in ("rules", "playbooks"):
        shutil.copytree(built_in() / part, target / part)
    write_schemas(target / "docs" / "schemas")
    console().print(f"wrote {target}/rules and {target}/playbooks", soft_wrap=True)
    console().print(f"Go there (cd {target}), change what you like, then run: pelikirja check && pelikirja test")
