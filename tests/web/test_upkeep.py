"""What an operator has looked after: rounds closed in time, old things forgotten, a database made."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from click.testing import CliRunner
from flask import Flask

from tests.web import making
from web import cli, upkeep
from web.accounts import accounts
from web.database.connection import db
from web.database.models import Account, AccountLink, GroupSheets, Round, RoundLink, now


def test_due_rounds_are_closed_and_old_things_forgotten(app: Flask, account: Any) -> None:
    """A round whose time is over is closed with its facts and without links; old answers and links are deleted."""
    account("manager", "m@example.org")
    with app.app_context():
        team = making.make_team("m@example.org")
        old, due = making.answered_round(team), making.open_round(team)
        making.answer(due, "members", *[making.sheet("members", 3)] * 5)
        db.session.get_one(Round, old).closed = now() - timedelta(days=900)
        db.session.get_one(Round, due).closes = now() - timedelta(minutes=1)
        accounts.make_link("join", "coach")
        db.session.query(AccountLink).update({"expires": now() - timedelta(days=1)})
        open_one = making.open_round(making.make_team("m@example.org", "Muut"))
        db.session.commit()
    assert upkeep.close_due(app) == upkeep.Done(closed=1, forgotten=1)
    assert upkeep.close_due(app) == upkeep.Done(closed=0, forgotten=0)
    with app.app_context():
        assert db.session.get_one(Round, due).facts["size"] == 8
        assert db.session.get_one(Round, open_one).is_open
        assert {each.round_id for each in db.session.query(GroupSheets)} == {due}
        assert {each.round_id for each in db.session.query(RoundLink)} == {open_one}
        assert not db.session.query(AccountLink).count()
        assert db.session.query(Account).count() == 1


def test_migrate_and_close_due_work_on_a_new_folder(tmp_path: Path) -> None:
    """Both commands make the database where there is none, say what they did, and can be run again."""
    folder = str(tmp_path / "var")
    for _ in range(2):
        assert CliRunner().invoke(cli.main, ["migrate", "--folder", folder]).output == "The database is up to date.\n"
        done = CliRunner().invoke(cli.main, ["close-due", "--folder", folder])
        assert done.output == "Rounds closed: 0. Rounds whose answers were forgotten: 0.\n"
    assert (tmp_path / "var").stat().st_mode & 0o077 == 0
