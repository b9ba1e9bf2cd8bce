"""The server's subcommands: parse, call, print."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

import click

from engine.cli.shared import errors_for_people
from web import serving, upkeep
from web.accounts.way_back import way_back
from web.settings import Settings

FOLDER: Final = click.option(
    "--folder", default="var", show_default=True, type=click.Path(file_okay=False, path_type=Path),
    help="For the database and the secret, where the environment names no others.",
)  # fmt: skip


@click.command()
@click.option(
    "--bind", default="127.0.0.1:8000", show_default=True, metavar="ADDRESS:PORT",
    help="Where to listen; also unix:PATH.",
)  # fmt: skip
@click.option(
    "--workers", default=1, show_default=True, type=click.IntRange(1, 64), help="Processes; several need PostgreSQL."
)
@FOLDER
@click.option(
    "--sample", is_flag=True, help="Only for looking around on this machine: SQLite in the folder, with a sample team."
)
def serve(bind: str, workers: int, folder: Path, sample: bool) -> None:
    """Open the pages for managers, teams and coaches.

    Brings the database up to date, prints the address and, while there is no account, a link that makes the first
    one. Everything else is set in the environment: docs/operators.md.
    """
    with errors_for_people():
        settings = serving.settings_for(bind, folder, os.environ, with_sample=sample)
        serving.serve(settings, bind, workers, sample_in=folder if sample else None)


@click.command()
@FOLDER
def migrate(folder: Path) -> None:
    """Bring the server's database up to date.

    The server does so by itself when it starts; this is for doing it before that, as where several will start at once.
    """
    with errors_for_people():
        serving.up_to_date(Settings.from_environment(folder))
        click.echo("The database is up to date.")


@click.command()
@click.argument("address")
@FOLDER
def reset_link(address: str, folder: Path) -> None:
    """Make a link for a new password, for whoever signs in by ADDRESS and cannot get in.

    For the only admin who has forgotten the password, or is kept out by somebody else's tries; everybody else asks an
    admin. The link works once and for a week, also while too many wrong passwords keep the account shut.
    """
    with errors_for_people():
        settings = Settings.from_environment(folder)
        path = way_back(serving.up_to_date(settings), address)
        where = "" if settings.public_url else " (put the server's address before it)"
        click.echo(f"Choose a new password, once and within a week{where}: {settings.public_url}{path}")


@click.command()
@FOLDER
def close_due(folder: Path) -> None:
    """Close rounds whose time is over, and forget what is old.

    For a daily job. A round whose time is over takes no answers even without it; this also freezes it, and deletes
    what led from people to answers, the answers of rounds older than the retention time, and links that have expired.
    """
    with errors_for_people():
        done = upkeep.close_due(serving.up_to_date(Settings.from_environment(folder)))
        if done is None:
            click.echo("Another process is doing it at this moment.")
            return
        click.echo(f"Rounds closed: {done.closed}. Rounds whose answers were forgotten: {done.forgotten}.")
