"""Starts the server: brings the database up to date, says how to get in, and hands over to gunicorn."""

from __future__ import annotations

import ctypes
import gc
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from threading import Thread
from typing import Any, Final

import click
from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter
from gunicorn.http.errors import NoMoreData, ParseException
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import BadRequest

from engine.cli.shared import errors_for_people
from engine.errors import PelikirjaError
from web import logs, sample, upkeep
from web.accounts.accounts import make_link, nobody_yet
from web.app import create_app
from web.binding import UNIX, check, is_only_here, try_to_listen
from web.database.connection import connect, db, upgrade
from web.settings import THREADS, Settings

M_ARENA_MAX: Final = -8
"""Which setting of glibc's says how many heaps there may be (malloc.h)."""


def settings_for(bind: str, folder: Path, environment: Mapping[str, str], *, with_sample: bool = False) -> Settings:
    """Read the settings for a server; where only this machine reaches it, cookies need no HTTPS.

    Args:
        bind: where it listens.
        folder: for the database and the secret, where the environment names no others.
        environment: ``DATABASE_URL`` and the variables that begin with ``PELIKIRJA_``.
        with_sample: whether it shows the sample, which is on SQLite in the folder and for this machine only.

    Raises:
        PelikirjaError: a value cannot be, or a sample would be open to others.
    """
    check(bind)
    told = dict(environment)
    if with_sample and not is_only_here(bind):
        raise PelikirjaError("the sample is for this machine only; bind to 127.0.0.1, or leave out --sample")
    if with_sample:
        for name in ("DATABASE_URL", "PELIKIRJA_PUBLIC_URL", "PELIKIRJA_PROXIES"):
            told.pop(name, None)
    if is_only_here(bind) and not told.get("PELIKIRJA_PUBLIC_URL") and not told.get("PELIKIRJA_PROXIES"):
        told.setdefault("PELIKIRJA_INSECURE", "1")
    return Settings.from_environment(folder, told)


def serve(settings: Settings, bind: str, workers: int, sample_in: Path | None = None) -> None:
    """Serve until told to stop.

    Args:
        settings: what the operator decides.
        bind: where to listen.
        workers: how many processes.
        sample_in: the folder of a sample to show; None for none.

    Raises:
        PelikirjaError: it cannot be served so, or the database cannot be used.
    """
    if workers > 1 and settings.database_url.startswith("sqlite"):
        raise PelikirjaError("several workers need PostgreSQL; set DATABASE_URL, or serve with one worker")
    try_to_listen(bind)
    logs.set_up()
    address = settings.public_url or (bind if bind.startswith(UNIX) else f"http://{bind}")
    lines = list(_prepared(settings, address, sample_in))
    Server(replace(settings, workers=workers), bind, workers, lines).run()


def up_to_date(settings: Settings) -> Flask:
    """Give an application with nothing but its database, brought up to date; loading content would take longer.

    Raises:
        PelikirjaError: the database cannot be used.
    """
    app = Flask("web")
    app.config["PELIKIRJA"] = settings
    with _database_errors_for_people():
        connect(app, settings.database_url)
        upgrade(app)
    return app


def _prepared(settings: Settings, address: str, sample_in: Path | None) -> Iterator[str]:
    """Bring the database up to date, and yield what a person needs to begin: the address, and how to get in."""
    with up_to_date(settings).app_context(), _database_errors_for_people():
        upkeep.finish_deleting()
        nobody = nobody_yet()
        db.session.rollback()
        yield f"Pelikirja is open at {address} (Ctrl-C closes it)."
        if sample_in:
            if nobody:
                _make_sample(settings, sample_in)
            yield from sample.ways_in(sample_in)
        elif nobody:
            token = make_link("join", "admin")
            db.session.commit()
            yield f"There is no account yet. Make the first one, an admin, within a week: {address}/join/{token}"
        db.engine.dispose()  # no connection survives a fork
    if settings.secure and not (settings.proxies or settings.public_url):
        yield "Signing in works over HTTPS only: put a proxy with HTTPS before it (docs/operators.md)."


def _make_sample(settings: Settings, folder: Path) -> None:
    with create_app(settings).app_context():
        sample.make(folder)
        db.engine.dispose()


@contextmanager
def _database_errors_for_people() -> Iterator[None]:
    """Turn what a database says into words for the operator.

    Raises:
        PelikirjaError: in place of the database's own errors.
    """
    try:
        yield
    except SQLAlchemyError as error:
        reason = str(error.__cause__ or error).strip().split("\n")[0]
        raise PelikirjaError(f"the database cannot be used: {reason}") from error
    except ModuleNotFoundError as error:
        how = "pip install 'pelikirja[postgresql]'"
        raise PelikirjaError(f"{error.name} is missing; install it with: {how}") from error


class Server(BaseApplication):
    """Gunicorn with our application, made after the fork: evaluators do not survive one.

    Args:
        settings: what the operator decides.
        bind: where to listen.
        workers: how many processes.
        lines: what to print once it answers.
    """

    def __init__(self, settings: Settings, bind: str, workers: int, lines: Iterable[str] = ()) -> None:
        self._settings = settings
        self._options: dict[str, Any] = {
            "bind": bind, "workers": workers, "threads": THREADS, "worker_class": "gthread", "graceful_timeout": 20,
            "accesslog": None, "loglevel": "warning", "logger_class": logs.ServerLog, "control_socket_disable": True,
            "forwarded_allow_ips": "", "post_worker_init": self._ready,
        }  # fmt: skip
        self._lines = tuple(lines)
        super().__init__()

    def load_config(self) -> None:
        """Hand the options on."""
        for key, value in self._options.items():
            self.cfg.set(key, value)

    def load(self) -> Flask:
        """Make the application in the worker; where the content has errors they are printed, and the server ends."""
        try:
            with errors_for_people():
                app = create_app(self._settings)
        except SystemExit:
            sys.exit(Arbiter.APP_LOAD_ERROR)  # with any other status gunicorn would try again for ever
        logs.log_requests(app)
        refuse_unreadable(app)
        Thread(target=upkeep.keep_up, args=(app,), daemon=True).start()
        _freeze()
        return app

    def run(self) -> None:
        """Serve until told to stop; where that fails the status is 1."""
        arbiter = os.getpid()
        _freeze()  # what the workers inherit stays shared with them
        try:
            super().run()
        except SystemExit as ended:
            if os.getpid() != arbiter:
                raise  # it is a worker that ends
            sys.exit(1 if ended.code else 0)

    def _ready(self, worker: Any) -> None:
        """Once the first worker has made its application, keep which content it uses, and print the lines."""
        if worker.age == 1:
            upkeep.note_release(worker.wsgi)
            for line in self._lines:
                click.echo(line)


def refuse_unreadable(app: Flask) -> None:
    """Let an application answer a body that gunicorn cannot read as what it is: the fault of whoever sent it."""
    for kind in (ParseException, NoMoreData):
        app.register_error_handler(kind, lambda _: app.handle_user_exception(BadRequest()))


def _freeze() -> None:
    """Keep the garbage collector off what stays while the process lives, and glibc from a heap for every thread."""
    gc.collect()
    gc.freeze()
    with suppress(AttributeError, OSError):  # other C libraries have no such setting
        ctypes.CDLL(None).mallopt(M_ARENA_MAX, 1)
