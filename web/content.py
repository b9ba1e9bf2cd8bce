"""The rule base that the pages use: loaded once per process, asked from every page."""

from __future__ import annotations

from math import ceil
from pathlib import Path
from typing import Final, cast

from flask import Flask, current_app

from engine.advise import Adviser
from engine.cli.shared import built_in
from engine.content.cache import load_cached, usual_store
from engine.content.library import Library

_KEY: Final = "pelikirja-adviser"


def load_content(app: Flask, folder: Path | None) -> None:
    """Load the content, scenarios and all; the server does not start with content that has errors.

    Args:
        app: the application.
        folder: holds ``rules/`` and ``playbooks/``; None for the built-in content.

    Raises:
        ProblemsFound: with every error of every file.
    """
    library = load_cached(folder or built_in(), thorough=True, store=usual_store())
    use(app, Adviser(library))


def use(app: Flask, adviser: Adviser) -> None:
    """Let an application use an adviser that there is already."""
    app.extensions[_KEY] = adviser


def adviser() -> Adviser:
    """Give what advises on the content of this process."""
    return cast(Adviser, current_app.extensions[_KEY])


def library() -> Library:
    """Give the content of this process."""
    return adviser().library


def minutes(questions: int) -> int:
    """Give how long so many questions take: a minute to begin and end with, and under five seconds for each."""
    return ceil(1 + questions / 13)
