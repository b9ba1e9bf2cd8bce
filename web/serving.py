"""Starts the server: brings the database up to date, says how to get in, and hands over to gunicorn."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from flask import Flask
from gunicorn.app.base import BaseApplication

from engine.errors import PelikirjaError
from web.accounts.accounts import make_link, nobody_yet
from web.app import create_app
from web.database.connection import db, upgrade
from web.settings import Settings

THREADS: Final = 8


def prepare(settings: Settings) -> Flask:
    """Make the application and bring its database up to date."""
    app = create_app(settings)
    upgrade(app)
    return app


def refuse_several(settings: Settings, workers: int) -> None:
    """Refuse several processes on SQLite.

    Raises:
        PelikirjaError: there would be several.
    """
    if workers > 1 and settings.database_url.startswith("sqlite"):
        raise PelikirjaError("several workers need PostgreSQL; set DATABASE_URL, or serve with one worker")


def beginning(app: Flask, address: str, sample: bool) -> Iterator[str]:
    """Yield what to print before the server starts: the address, and how the first person gets in.

    Args:
        app: with its database up to date.
        address: where the pages are.
        sample: whether to begin with a sample team where there is no account yet.
    """
    yield f"Pelikirja: {address}"
    with app.app_context():
        if nobody_yet() and sample:
            from web.sample import make_sample  # noqa: PLC0415  # only for the sample

            yield from make_sample()
        elif nobody_yet():
            token = make_link("join", "admin")
            db.session.commit()
            yield f"Make the first account, an admin, here (once, within a week): {address}/join/{token}"
        db.session.close()
        db.engine.dispose()


class Server(BaseApplication):
    """Gunicorn with our application, made after the fork: evaluators do not survive one.

    Args:
        settings: what the operator decides.
        bind: address and port.
        workers: processes.
    """

    def __init__(self, settings: Settings, bind: str, workers: int) -> None:
        self._settings = settings
        self._options: dict[str, Any] = {
            "bind": bind, "workers": workers, "threads": THREADS, "worker_class": "gthread", "accesslog": None,
            "loglevel": "warning", "control_socket_disable": True, "graceful_timeout": 20,
        }  # fmt: skip
        super().__init__()

    def load_config(self) -> None:
        """Hand the options on that this version of gunicorn knows."""
        for key, value in self._options.items():
            if key in self.cfg.settings:
                self.cfg.set(key, value)

    def load(self) -> Flask:
        """Make the application in the worker."""
        return create_app(self._settings)
