"""Several processes on one PostgreSQL: one does what is due, and a failure leaves connections as they were."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import create_engine, text

from tests.web.conftest import make_account, settings_for
from tests.web.making import make_team, open_round
from tests.web.postgresql import new_database, postgresql
from web import upkeep
from web.app import create_app
from web.database.connection import db, upgrade
from web.database.models import Round, now
from web.database.traces import leave_no_trace

__all__ = ["new_database", "postgresql"]


@pytest.fixture
def app(new_database: Callable[[], str], tmp_path: Path) -> Iterator[Flask]:
    """Give an application on PostgreSQL."""
    made = create_app(replace(settings_for(tmp_path / "none"), database_url=new_database()))
    upgrade(made)
    yield made
    with made.app_context():
        db.engine.dispose()


def test_one_process_at_a_time_does_what_is_due(app: Flask) -> None:
    """While another process does it nothing is done; afterwards it is, again and again."""
    make_account(app, "manager", "m@example.org")
    with app.app_context():
        due = open_round(make_team("m@example.org"))
        db.session.get_one(Round, due).closes = now()
        db.session.commit()
        other = create_engine(db.engine.url)
    with other.connect() as connection:
        assert connection.scalar(text(f"SELECT pg_try_advisory_lock({upkeep.TURN})"))
        assert upkeep.close_due(app) is None
        with app.app_context():
            assert db.session.get_one(Round, due).is_open
    other.dispose()
    assert upkeep.close_due(app) == upkeep.Done(closed=1, forgotten=0)
    assert upkeep.close_due(app) == upkeep.Done(closed=0, forgotten=0)


def test_a_failure_leaves_the_connection_as_it_was(app: Flask) -> None:
    """When a table cannot be written anew, whoever gets the connection next waits as long as before."""
    with app.app_context():
        with db.engine.connect() as connection:
            before = connection.scalar(text("SHOW lock_timeout"))
        assert not leave_no_trace("no_such_table")
        with db.engine.connect() as connection:
            assert connection.scalar(text("SHOW lock_timeout")) == before
