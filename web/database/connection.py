"""Reaches the database: SQLite with what makes it safe and quick, or PostgreSQL, and brings it up to date."""

from __future__ import annotations

import logging
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from inspect import iscoroutinefunction
from pathlib import Path
from threading import Lock
from typing import Any, Final

from flask import Flask, has_request_context, request
from flask_alembic import Alembic
from flask_sqlalchemy_lite import SQLAlchemy
from sqlalchemy import event, make_url
from sqlalchemy.engine import Engine

from web.database.models import Model
from web.settings import THREADS

db: Final = SQLAlchemy()
alembic: Final = Alembic(run_mkdir=False, metadatas=Model.metadata)


def connect(app: Flask, url: str) -> None:
    """Connect an application to its database.

    Args:
        app: the application.
        url: as in ``sqlite:///pelikirja.sqlite`` or ``postgresql://…``.
    """
    where = make_url(url)
    if where.drivername in ("postgres", "postgresql"):
        where = where.set(drivername="postgresql+psycopg")
    options: dict[str, Any] = {
        "url": where, "pool_size": THREADS, "pool_pre_ping": where.get_backend_name() != "sqlite",
        "hide_parameters": True,  # whatever prints an error, the row that it failed on is not in it
    }  # fmt: skip
    app.config["SQLALCHEMY_ENGINES"] = {"default": options}
    app.config["ALEMBIC"] = {"script_location": str(Path(__file__).parent / "migrations")}
    app.config["ALEMBIC_CONTEXT"] = {"render_as_batch": True, "compare_type": True}
    db.init_app(app)
    # No session of ours is asynchronous: to close none, every request would start a thread with an event loop.
    app.teardown_appcontext_funcs = [each for each in app.teardown_appcontext_funcs if not iscoroutinefunction(each)]
    alembic.init_app(app)
    with app.app_context():
        if where.get_backend_name() == "sqlite":
            _safe_and_quick(db.engine)


def upgrade(app: Flask) -> None:
    """Bring the database up to date; nothing happens where it is."""
    logging.getLogger("alembic").setLevel(logging.WARNING)
    with app.app_context():
        alembic.upgrade()


def _safe_and_quick(engine: Engine) -> None:
    """Make SQLite check references, wait for its turn, overwrite what is deleted, and let readers read meanwhile."""

    @event.listens_for(engine, "do_connect")
    def make_for_owner(_dialect: object, _record: object, given: list[str], _options: object) -> None:
        """Make the file, if need be, so that nobody else can read it; SQLite makes those beside it alike.

        One that is there is not opened: closing it would let go of the locks that this process has on it.
        """
        if given and given[0] != ":memory:" and not given[0].startswith("file:"):
            with suppress(OSError):  # SQLite says what is wrong
                os.close(os.open(given[0], os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))

    @event.listens_for(engine, "connect")
    def settings(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None  # SQLAlchemy's “begin” below is the only one
        for pragma in ("journal_mode=WAL", "foreign_keys=ON", "busy_timeout=10000", "secure_delete=ON",
                       "synchronous=FULL"):  # fmt: skip
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        """Wait for the turn to write before anything is read that the writing rests on."""
        usual = not (has_request_context() and request.method in ("GET", "HEAD"))
        connection.exec_driver_sql("BEGIN IMMEDIATE" if _WRITES.get(usual) else "BEGIN")


_WRITES: Final[ContextVar[bool]] = ContextVar("writes")
_TURN: Final = Lock()


@contextmanager
def writing() -> Iterator[None]:
    """Write from here on, while a page is only read.

    PostgreSQL waits where a row is written that somebody else writes, and then sees what they wrote. SQLite has to
    begin anew, with the turn to write. There the threads of a process take their turns in line: it has whoever waits
    ask again after a while, and the while grows.
    """
    if db.engine.dialect.name != "sqlite":
        yield
        return
    db.session.rollback()
    with _TURN, _as(True):
        yield


@contextmanager
def reading() -> Iterator[None]:
    """Begin without the turn to write, where a form is sent that writes nothing, or only later."""
    with _as(False):
        yield


def let_go() -> None:
    """End the transaction, which has written nothing yet, before something that takes long: others have their turn."""
    db.session.rollback()


@contextmanager
def _as(writes: bool) -> Iterator[None]:
    token = _WRITES.set(writes)
    try:
        yield
    finally:
        _WRITES.reset(token)
