"""An application on each of the databases; who uses ``bare`` imports the fixtures that it asks for too."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from tests.web.conftest import settings_for
from tests.web.postgresql import new_database, postgresql
from web.app import create_app
from web.database.connection import db

__all__ = ["bare", "new_database", "postgresql"]


def files_of(app: Flask) -> bytes:
    """Give every byte of the files of an application's SQLite database."""
    with app.app_context():
        path = Path(db.engine.url.database or "")
    return b"".join(each.read_bytes() for each in path.parent.iterdir() if each.name.startswith(path.name))


@pytest.fixture(params=["sqlite", "postgresql"])
def bare(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """Give an application whose database has no tables, on SQLite and on PostgreSQL."""
    settings = settings_for(tmp_path / "bare.sqlite")
    if request.param == "postgresql":
        make: Callable[[], str] = request.getfixturevalue("new_database")
        settings = replace(settings, database_url=make())
    app = create_app(settings)
    yield app
    with app.app_context():
        db.engine.dispose()
