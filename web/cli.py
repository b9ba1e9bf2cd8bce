"""The ``pelikirja`` command as it is installed: the engine's subcommands, and the server's loaded only when called."""

from __future__ import annotations

import importlib
import os
from typing import Final

import click

from engine.cli import Lazy
from engine.cli import main as engine_main

COMMANDS: Final = {
    "serve": "Open the pages for managers, teams and coaches.",
    "migrate": "Bring the server's database up to date.",
    "reset-link": "Make a link for a new password, for whoever cannot get in.",
    "close-due": "Close rounds whose time is over; forget what is old.",
}
"""The server's subcommands with their one-line help; each is in ``web.commands``, with ``_`` for ``-``."""

OURS: Final = ("engine", "web")
HOW_TO: Final = "The pages need more packages; install them with: pip install 'pelikirja[web]' ({} is missing)"


class Whole(Lazy):
    """The engine's subcommands, and the server's after them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name them all."""
        return [*super().list_commands(ctx), *COMMANDS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load one of them."""
        return _load(cmd_name) if cmd_name in COMMANDS else super().get_command(ctx, cmd_name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help of all of them without loading any."""
        super().format_commands(ctx, formatter)
        with formatter.section("Server"):
            formatter.write_dl(list(COMMANDS.items()))


def _load(name: str) -> click.Command:
    """Load one of the server's subcommands, or say what to install first."""
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # as the engine's command does, for a quick start
    try:
        command: click.Command = getattr(importlib.import_module("web.commands"), name.replace("-", "_"))
    except ModuleNotFoundError as error:
        missing = (error.name or "").split(".")[0]
        if missing in OURS:
            raise
        raise click.ClickException(HOW_TO.format(missing)) from error
    return command


main: Final = Whole(
    name="pelikirja", callback=engine_main.callback, params=engine_main.params, help=engine_main.help,
    context_settings=engine_main.context_settings,
)  # fmt: skip
"""The whole command."""
