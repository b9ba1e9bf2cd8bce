"""The ``pelikirja`` command as it is installed: the engine's subcommands, and those of the server."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

import click

from engine.cli import Lazy
from engine.cli import main as engine_main
from engine.cli.shared import errors_for_people

HOW_TO: Final = "The pages need more packages: pip install 'pelikirja[web]'"
LOCAL: Final = ("127.0.0.1", "localhost")

FOLDER: Final = click.option(
    "--folder", default="var", show_default=True, type=click.Path(file_okay=False, path_type=Path),
    help="For the database and the secret, unless the environment names others.",
)  # fmt: skip


@click.command("serve")
@click.option("--bind", default="127.0.0.1:8000", show_default=True, help="Address and port to answer at.")
@click.option(
    "--workers", default=1, show_default=True, type=click.IntRange(1, 32), help="Processes; several ask for PostgreSQL."
)
@FOLDER
@click.option("--sample", is_flag=True, help="Begin with a sample team, if there is no account yet.")
def serve(bind: str, workers: int, folder: Path, sample: bool) -> None:
    """Open the pages: the web front end, on SQLite unless DATABASE_URL says otherwise."""
    with errors_for_people():
        _serve(bind, workers, folder, sample)


@click.command("migrate")
@FOLDER
def migrate(folder: Path) -> None:
    """Bring the server's database up to date; serve does that by itself."""
    with errors_for_people():
        try:
            from web.serving import prepare  # noqa: PLC0415  # heavy, and only for this command
            from web.settings import Settings  # noqa: PLC0415  # the same
        except ModuleNotFoundError as error:
            raise click.ClickException(f"{HOW_TO} ({error.name} is missing)") from error
        prepare(Settings.from_environment(folder))
        click.echo("The database is up to date.")


def _serve(bind: str, workers: int, folder: Path, sample: bool) -> None:
    try:
        from web import serving  # noqa: PLC0415  # heavy, and only for this command
        from web.settings import Settings  # noqa: PLC0415  # the same
    except ModuleNotFoundError as error:
        raise click.ClickException(f"{HOW_TO} ({error.name} is missing)") from error
    if bind.rpartition(":")[0] in LOCAL:
        os.environ.setdefault("PELIKIRJA_INSECURE", "1")  # a browser keeps no secure cookie of a plain address
    settings = Settings.from_environment(folder)
    serving.refuse_several(settings, workers)
    app = serving.prepare(settings)
    for line in serving.beginning(app, settings.public_url or f"http://{bind}", sample):
        click.echo(line)
    serving.Server(settings, bind, workers).run()


SERVER: Final = {"serve": serve, "migrate": migrate}
"""The subcommands of the server."""


class _Whole(Lazy):
    """The engine's subcommands, and the server's after them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*super().list_commands(ctx), *SERVER]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return SERVER.get(cmd_name) or super().get_command(ctx, cmd_name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super().format_commands(ctx, formatter)
        with formatter.section("Server"):
            formatter.write_dl([(name, each.get_short_help_str(60)) for name, each in SERVER.items()])


main: Final = _Whole(
    name="pelikirja", callback=engine_main.callback, params=engine_main.params, help=engine_main.help,
    context_settings=engine_main.context_settings,
)  # fmt: skip
"""The whole command."""
