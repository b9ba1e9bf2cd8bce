"""Rounds whose answers are numbered, so that each is known again wherever it is stored; they need a context."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

from flask import Flask
from sqlalchemy import func, make_url, select, text

from tests.web.until_killed import answers, key, name, number_of
from web.database.connection import db
from web.database.models import GroupSheets, Round, RoundLink, Sheet, now
from web.rounds import sheets
from web.rounds.rounds import new_link


def url_of(app: Flask) -> str:
    """Give the address of the database."""
    return str(app.config["PELIKIRJA"].database_url)


def opened(people: Iterable[int]) -> int:
    """Open a round: personal links for every other one of these people, a shared link for the rest."""
    number = 1 + (db.session.scalar(select(func.max(Round.number))) or 0)
    groups = {each: {"questionnaire": "quick-check", "invited": None} for each in ("members", "customers")}
    made = Round(team_id=1, number=number, groups=groups, closes=now() + timedelta(days=1))
    db.session.add(made)
    db.session.flush()
    id_ = made.id
    db.session.add(new_link(id_, "customers"))
    db.session.add_all(new_link(id_, "members", name(each)) for each in people if name(each))
    db.session.commit()
    return id_


def answered(people: list[int]) -> int:
    """Open a round that so many people have answered, in a random order."""
    id_ = opened(people)
    for each in random.sample(people, len(people)):
        answer(id_, each)
    return id_


def answer(round_id: int, person: int) -> None:
    """Let one of the people of a round answer."""
    mine = (RoundLink.round_id == round_id, RoundLink.name == name(person))
    link = db.session.scalars(select(RoundLink).where(*mine)).one()
    assert sheets.send(link, key(person), answers(person)) == "taken"


def stored(round_id: int) -> list[int]:
    """Give the numbers of the answers that an open round has."""
    return [number_of(each) for each in db.session.scalars(select(Sheet.answers).where(Sheet.round_id == round_id))]


def frozen(round_id: int) -> list[int]:
    """Give the numbers of the answers that a closed round has, in their order, group by group."""
    found = db.session.scalars(select(GroupSheets.sheets).where(GroupSheets.round_id == round_id).order_by("id"))
    return [number_of(each) for group in found for each in json.loads(group)]


def links(round_id: int) -> int:
    """Give how many links a round has."""
    return db.session.scalar(select(func.count()).where(RoundLink.round_id == round_id)) or 0


def files(app: Flask) -> bytes:
    """Give everything that the database's files hold."""
    db.session.rollback()
    where = make_url(url_of(app))
    if where.get_backend_name() == "sqlite":
        path = Path(str(where.database))
        return b"\n".join(each.read_bytes() for each in (path, path.with_name(path.name + "-wal")) if each.exists())
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))
        connection.execute(text("CHECKPOINT"))
        oid = connection.scalar(text("SELECT oid FROM pg_database WHERE datname = current_database()"))
    return b"\n".join(
        each.read_bytes() for each in (Path(str(where.query["host"])) / "data" / "base" / str(oid)).iterdir()
    )


def traces(app: Flask, round_id: int, people: Iterable[int]) -> list[str]:
    """Give what the files still hold of people's names, devices' words and sheets' ids."""
    held = files(app)
    words = [word for each in people for word in (key(each), name(each)) if word]
    ids = [hashlib.sha256(f"{round_id} {key(each)}".encode()).hexdigest() for each in people]
    return [each for each in (*words, *ids) if each.encode() in held]
