"""The database grows and shrinks by its migrations, on SQLite and PostgreSQL, to exactly what the models say."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

from flask import Flask
from sqlalchemy import inspect, select, text

from tests.web.databases import bare, new_database, postgresql
from web.database.connection import alembic, db, upgrade
from web.database.models import Account, Event, Model, Round, Team

__all__ = ["bare", "new_database", "postgresql"]
VERSION: Final = "alembic_version"
OLDER: Final = """
INSERT INTO account VALUES (1, 'm@example.org', 'M', 'manager', 'en', '-', true, 's', '2026-01-01 00:00:00')
INSERT INTO team VALUES (1, 1, 'Uudet', 8, 'hybrid', NULL, 'en', '[]', '[]', '2026-01-01 00:00:00')
INSERT INTO round VALUES (7, 1, 3, 'closed', '{}', '{}', 5, 0, '2026-01-02 00:00:00', '2026-01-03', '2026-01-03', '')
INSERT INTO event VALUES (1, '2026-01-01 00:00:00', 1, 'm@example.org', 'team-made', 'Entiset')
INSERT INTO event VALUES (2, '2026-01-01 00:00:00', 1, 'm@example.org', 'team-changed', 'Uudet')
INSERT INTO event VALUES (3, '2026-01-02 00:00:00', 1, 'm@example.org', 'round-started', 'Uudet · 3')
INSERT INTO event VALUES (4, '2026-01-03 00:00:00', NULL, '-', 'round-closed', '7')
INSERT INTO event VALUES (5, '2026-01-01 00:00:00', NULL, '-', 'joined', 'm@example.org')
"""


def tables() -> set[str]:
    """Give the names of the database's tables, without the one that says its version."""
    return {*inspect(db.engine).get_table_names()} - {VERSION}


def test_up_down_and_up_again(bare: Flask) -> None:
    """From nothing to everything, back to nothing, and to everything again; twice up does nothing more."""
    upgrade(bare)
    with bare.app_context():
        assert tables() == {*Model.metadata.tables}
        alembic.downgrade("base")
        assert tables() == set()
    upgrade(bare)
    upgrade(bare)
    with bare.app_context():
        assert tables() == {*Model.metadata.tables}


def test_each_step_goes_back(bare: Flask) -> None:
    """Every single migration can be taken back and made again."""
    with bare.app_context():
        for step in reversed(alembic.log()):
            alembic.upgrade(step)
            alembic.downgrade(-1)
            alembic.upgrade(step)
        assert not alembic.needs_upgrade()


def test_migrations_and_models_say_the_same(bare: Flask) -> None:
    """Alembic finds no difference between what the migrations made and what the models want."""
    upgrade(bare)
    with bare.app_context():
        assert alembic.compare_metadata() == []


def test_sessions_on_the_server_lose_nobody(bare: Flask) -> None:
    """An older database keeps its accounts, teams and rounds, and its log tells teams by number: no name is left."""
    with bare.app_context():
        alembic.upgrade("0002")
        for line in OLDER.strip().splitlines():
            db.session.execute(text(line))
        db.session.commit()
        alembic.upgrade()
        told = [(each.what, each.told, each.team_id) for each in db.session.scalars(select(Event).order_by(Event.id))]
        assert told == [
            ("team-made", "-", None), ("team-changed", "Uudet", 1), ("round-started", "Uudet · 3", 1),
            ("round-closed", "Uudet · 3", 1), ("joined", "m@example.org", None),
        ]  # fmt: skip
        assert (db.session.query(Account).count(), db.session.query(Round).count()) == (1, 1)
        assert db.session.execute(text("SELECT subject FROM event WHERE id < 5 AND subject LIKE '%e%'")).all() == []


def test_there_is_one_way_up() -> None:
    """The migrations have one end, so that upgrading is never a question."""
    folder = Path(__file__).parents[2] / "web" / "database" / "migrations"
    texts = [each.read_text(encoding="utf-8") for each in folder.glob("*.py")]
    assert texts
    assert len({line for text in texts for line in text.splitlines() if line.startswith("down_revision")}) == len(texts)


def test_agreements_get_their_days(bare: Flask) -> None:
    """Agreements made before their days were kept stay, without a day; going back keeps them too."""
    with bare.app_context():
        alembic.upgrade("0003")
        lines = [each for each in OLDER.strip().splitlines() if "event" not in each]
        for line in lines:
            db.session.execute(text(line.replace(", true, 's',", ", true,")))
        db.session.execute(text('UPDATE team SET adopted = \'["meetings", "roles"]\''))
        db.session.commit()
        alembic.upgrade()
        team = db.session.get_one(Team, 1)
        assert team.adopted == {"meetings": "", "roles": ""}
        team.adopted = {**team.adopted, "meetings": "2026-02-03"}
        db.session.commit()
        db.session.close()
        alembic.downgrade("0003")
        assert json.loads(db.session.execute(text("SELECT CAST(adopted AS TEXT) FROM team")).scalar_one()) == [
            "meetings",
            "roles",
        ]
