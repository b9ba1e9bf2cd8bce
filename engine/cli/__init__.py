"""The ``pelikirja`` command: each subcommand is loaded only when it is called, so that help is quick."""

from __future__ import annotations

import importlib
import os
from typing import Final

import click

COMMANDS: Final = {
    "advise": "Give teams advice from their answers.",
    "why": "Explain why a rule, finding or play is there, or what was missing.",
    "what-if": "Change measures or facts and see what would change.",
    "statistics": "Tell authors of questionnaires how their questions work.",
    "pulse": "Make a short questionnaire about what matters now.",
    "check": "Find faults in questionnaires, rules and playbooks.",
    "test": "Run the scenarios and tell what they cover.",
    "schema": "Print or write the JSON Schemas for editors.",
    "new": "Start a rule, play, template or questionnaire.",
}
"""The subcommands with their one-line help; each lives in a module of this package with its name."""


class Lazy(click.Group):
    """Knows its subcommands' names and help without importing them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Give the names in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and give a subcommand, None where there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        # Pydantic looks through every installed package for plugins, which takes longer than --help.
        os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
        name = cmd_name.replace("-", "_")
        command: click.Command = importlib.import_module(f"engine.cli.{name}_command").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the subcommands with their one-line help."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the subcommand that was typed, and say which was probably meant where there is none."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from difflib import get_close_matches  # noqa: PLC0415  # only on the way to an error

            close = get_close_matches(args[0], self.list_commands(ctx), n=1)
            hint = f" Did you mean “{close[0]}”?" if close else ""
            raise click.UsageError(error.message + hint, ctx) from None


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"], "auto_envvar_prefix": "PELIKIRJA"})
@click.version_option(package_name="pelikirja", prog_name="pelikirja")
def main() -> None:
    """Coaching advice for teams, from answers and rules that coaches own.

    Start with: pelikirja advise sample

    Exit status: 0 all is well; 1 something in the content or the answers is wrong (advice is still given from
    the rest where that is possible); 2 the command was not understood.
    """
