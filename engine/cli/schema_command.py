"""``pelikirja schema``: JSON Schemas, so that editors complete and check while a coach writes."""

from __future__ import annotations

import json
from pathlib import Path

import click

from engine.cli.shared import console, errors_for_people
from engine.content.files import KINDS


@click.command("schema")
@click.argument("kind", type=click.Choice(list(KINDS)), required=False)
@click.option("--write", "folder", type=click.Path(file_okay=False, path_type=Path), metavar="DIR",
              help="Write every schema into this folder instead of printing one.")  # fmt: skip
def command(kind: str | None, folder: Path | None) -> None:
    """Print the JSON Schema of a KIND of content file, or write all of them.

    Name it in the first line of a file: # yaml-language-server: $schema=PATH
    """
    from engine.content.schemas import schema_of, write_schemas  # noqa: PLC0415  # heavy, and only for this command

    with errors_for_people():
        if folder:
            for path in write_schemas(folder):
                console().print(str(path))
        elif kind:
            click.echo(json.dumps(schema_of(kind), ensure_ascii=False, indent=2))
        else:
            raise click.UsageError(f"Name a kind ({', '.join(KINDS)}), or --write DIR.")
