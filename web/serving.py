"""Starts the server: on this machine with a sample team, or for many with gunicorn."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from flask import Flask
from gunicorn.app.base import BaseApplication

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


def first_link(app: Flask, address: str) -> str | None:
    """Give a one-time link that makes the first account, an admin; None where there is an account already."""
    with app.app_context():
        if not nobody_yet():
            return None
        token = make_link("join", "admin")
        db.session.commit()
    return f"{address}/join/{token}"


class Server(BaseApplication):
    """Gunicorn with our application, made after the fork: evaluators do not survive one.

    Args:
        settings: what the operator decides.
        bind: address and port.
        workers: processes; more than one asks for PostgreSQL.
    """

    def __init__(self, settings: Settings, bind: str, workers: int) -> None:
        self._settings = settings
        self._options: dict[str, Any] = {
            "bind": bind, "workers": workers, "threads": THREADS, "worker_class": "gthread",
            "accesslog": None, "control_socket_disable": True, "graceful_timeout": 20, "max_requests": 0,
        }  # fmt: skip
        super().__init__()

    def load_config(self) -> None:
        """Hand the options on."""
        for key, value in self._options.items():
            if key in self.cfg.settings:
                self.cfg.set(key, value)

    def load(self) -> Flask:
        """Make the application in the worker."""
        return create_app(self._settings)


def folder_of(named: str | None) -> Path:
    """Give where the database and the secret are kept unless the environment says otherwise."""
    return Path(named) if named else Path("var")
