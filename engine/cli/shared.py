"""What several subcommands share: options, loading, and printing for people."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Final, TypeVar

import click
from rich.console import Console
from rich.text import Text as Styled

from engine.content.cache import load_cached, usual_store
from engine.content.library import Library
from engine.errors import PelikirjaError, Problem, ProblemsFound

WIDTH: Final = 92
Function = TypeVar("Function", bound=Callable[..., Any])


def language_of_the_person() -> str:
    """Give ``fi`` where the environment speaks Finnish, otherwise ``en``."""
    spoken = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    return "fi" if spoken.lower().startswith("fi") else "en"


def content_option(command: Function) -> Function:
    """Add ``--content DIR``."""
    return click.option(
        "--content", "folder", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path),
        help="Folder with rules/ and playbooks/. Default: the current folder if it has both, else the built-in ones.",
    )(command)  # fmt: skip


def language_option(command: Function) -> Function:
    """Add ``--lang en|fi``."""
    return click.option(
        "--lang", "language", type=click.Choice(["en", "fi"]), default=language_of_the_person,
        help="Language of the output; Finnish by itself where your environment is Finnish.",
    )(command)  # fmt: skip


def content_folder(given: Path | None) -> Path:
    """Give the folder of content to use: the given one, the current one, or the built-in one."""
    if given:
        return given
    here = Path()
    return here if (here / "rules").is_dir() and (here / "playbooks").is_dir() else built_in()


def built_in() -> Path:
    """Give the folder of the content that comes with the engine: in the wheel inside it, in a clone beside it."""
    package = Path(__file__).resolve().parent.parent
    shipped = package / "shipped"
    return shipped if shipped.is_dir() else package.parent


def loaded(given: Path | None, extra: Iterable[Path] = (), *, thorough: bool = False) -> Library:
    """Load the content to use.

    Args:
        given: the folder that was named, if any.
        extra: questionnaire files from elsewhere.
        thorough: whether to read the scenarios and examine every text, as ``load`` says.

    Raises:
        PelikirjaError: as load does.
    """
    # Nothing of what is loaded is garbage, and looking for some would take a tenth of the time.
    gc.disable()
    try:
        # What is checked is read anew; for advice, content that has not changed is taken as it was loaded last.
        store = None if thorough else usual_store()
        return load_cached(content_folder(given), extra, thorough=thorough, store=store)
    finally:
        gc.enable()


@cache
def console() -> Console:
    """Give the console for results; plain where NO_COLOR is set or nobody watches."""
    return _console(stderr=False)


@cache
def messages() -> Console:
    """Give the console for messages about the work, on standard error."""
    return _console(stderr=True)


class _Quiet(Console):
    """A console that lets a closed pipe end the command without a complaint."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


def _console(stderr: bool) -> Console:
    made = _Quiet(stderr=stderr, highlight=False, markup=False, soft_wrap=False)
    if not made.is_terminal:
        return _Quiet(stderr=stderr, highlight=False, markup=False, width=WIDTH)
    made.width = min(made.width, WIDTH)
    return made


def show_problems(problems: Iterable[Problem], left_out: int = 0) -> None:
    """Print problems on standard error, one a line, as editors and people can read them."""
    styles = {"error": "red", "warning": "yellow"}
    for problem in problems:
        line = Styled(str(problem))
        line.highlight_words([f"{problem.severity}[{problem.code}]"], styles[problem.severity])
        messages().print(line, soft_wrap=True)
    if left_out:
        messages().print(f"… and {left_out:,} more like these", style="dim")


@contextmanager
def errors_for_people() -> Iterator[None]:
    """Turn every error that Pelikirja raises on purpose into words and exit status 1."""
    try:
        yield
    except ProblemsFound as found:
        show_problems(found.problems)
        _count(len(found.problems))
        sys.exit(1)
    except PelikirjaError as error:
        messages().print(Styled.assemble(("error: ", "red"), str(error)), soft_wrap=True)
        sys.exit(1)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


def _count(count: int) -> None:
    messages().print(f"{count} problem{'' if count == 1 else 's'}", style="bold")
