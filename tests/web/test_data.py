"""What is kept about a team and a person can be taken along and erased, and old answers are forgotten."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from tests.web.conftest import PASSWORD, post
from tests.web.databases import files_of
from tests.web.making import answer, answered_round, day_after, link_to, make_team, open_round, sheet
from web.data.erasing import TABLES
from web.data.keeping import forget_old
from web.database.connection import db
from web.database.models import Account, Event, GroupSheets, Model, Role, Round, RoundLink, Sheet, Team, now
from web.results.results import is_kept
from web.rounds import sheets

SignIn = Callable[[Role, str], FlaskClient]


@pytest.fixture
def manager(signed_in: SignIn) -> FlaskClient:
    """Give the browser of a manager."""
    return signed_in("manager", "maija@example.org")


@pytest.fixture
def team(app: Flask, manager: FlaskClient) -> int:
    """Give a team of hers with a closed round and an open one with personal links."""
    with app.app_context():
        id_ = make_team("maija@example.org")
        answered_round(id_)
        second = open_round(id_, ["aino@example.org", "pekka@example.org"])
        assert sheets.send(link_to(second, "members", "aino@example.org"), "k", sheet("members", 3)) == "taken"
        answer(second, "customers", sheet("customers", 4))
        return id_


def exported(client: FlaskClient, path: str) -> dict[str, Any]:
    """Give what a file of data holds."""
    response = client.get(path)
    assert response.status_code == 200
    assert "attachment" in response.headers["Content-Disposition"]
    data = json.loads(response.data)
    assert isinstance(data, dict)
    return data


def rows(model: type[Model]) -> int:
    """Count the rows of a table."""
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_a_team_is_exported_whole(manager: FlaskClient, team: int) -> None:
    """The export has the team, its rounds with dates and facts, the coarse result, and what was done."""
    data = exported(manager, f"/teams/{team}/export")
    first, second = data["rounds"]
    assert data["team"]["name"] == "Nokka"
    assert first["facts"]["size"] == 8
    assert first["closed"]
    assert first["result"]["profile"]["members"]["agreements"]["score"]["value"] == 2.9
    assert second["answered"] == {"members": 1, "customers": 1}
    assert second["invited"] == ["aino@example.org", "pekka@example.org"]
    assert [each["what"] for each in data["events"]] == ["round-closed"]


def test_an_export_has_no_sheets(app: Flask, manager: FlaskClient, team: int) -> None:
    """No key, token, sheet, answer to a question or sign of who has answered is in an export."""
    text = manager.get(f"/teams/{team}/export").get_data(as_text=True)
    with app.app_context():
        secrets = [*db.session.scalars(select(RoundLink.token)), *db.session.scalars(select(Sheet.id))]
    assert secrets
    assert not [each for each in secrets if each in text]
    assert '"used"' not in text
    assert not [each for each in sheet("members", 3) if f'"{each}"' in text]


def test_a_result_under_the_minimum_is_not_exported(app: Flask, manager: FlaskClient) -> None:
    """Of four answers the export says how many there were, and no score."""
    with app.app_context():
        id_ = make_team("maija@example.org", "Pieni")
        answered_round(id_, (1, 2, 3, 4))
    members = exported(manager, f"/teams/{id_}/export")["rounds"][0]["result"]["profile"]["members"]
    assert members["respondents"]["value"] == 4
    assert {part["score"]["value"] for part in members.values() if "score" in part} == {None}


@pytest.mark.parametrize("page", ["data", "export", "erase"])
def test_others_do_not_reach_a_team(signed_in: SignIn, team: int, page: str) -> None:
    """Another manager, a coach and an admin find nothing where somebody's team is."""
    roles: tuple[Role, ...] = ("manager", "coach", "admin")
    for role in roles:
        assert signed_in(role, f"{role}@example.org").get(f"/teams/{team}/{page}").status_code == 404


def test_a_team_is_erased_by_its_name_only(app: Flask, manager: FlaskClient, team: int) -> None:
    """A wrong name erases nothing; the right one erases the team, its rounds, links, sheets and answers."""
    assert "not the team" in post(manager, f"/teams/{team}/erase", name="Nokkala")
    with app.app_context():
        assert rows(Team) == 1
    assert "erased" in post(manager, f"/teams/{team}/erase", name=" Nokka ")
    with app.app_context():
        assert [rows(each) for each in (Team, Round, RoundLink, Sheet, GroupSheets)] == [0] * 5
        assert "team-erased" in db.session.scalars(select(Event.what)).all()
        assert "Nokka" not in db.session.scalars(select(Event.subject)).all()


def test_what_is_erased_is_in_no_file(app: Flask, manager: FlaskClient, team: int) -> None:
    """After erasing a team neither its name nor an invited person's address is in the database's files."""
    post(manager, f"/teams/{team}/erase", name="Nokka")
    assert b"aino@example.org" not in files_of(app)
    assert b"Nokka" not in files_of(app)


def test_no_earlier_name_stays_in_the_log(app: Flask, manager: FlaskClient, signed_in: SignIn) -> None:
    """A renamed team is told in the log by its name of today; once it is erased, none of its names is in any file."""
    admin = signed_in("admin", "anna@example.org")
    told = {"size": "8", "work_mode": "hybrid", "language": "en"}
    post(manager, "/teams/new", name="Vanhakantaiset", **told)
    post(manager, "/teams/new", name="Muut", **told)
    post(
        manager,
        "/teams/1/rounds/new",
        questionnaire="quick-check",
        members=8,
        last_day=day_after(3),
    )
    post(manager, "/teams/1/edit", name="Uudistuneet", **told)
    log = admin.get("/admin/log").text
    assert "Uudistuneet · Round 1" in log
    assert "Vanhakantaiset" not in log
    assert [each["subject"] for each in exported(manager, "/teams/1/export")["events"]] == [
        "Uudistuneet", "Uudistuneet · 1", "Uudistuneet",
    ]  # fmt: skip
    post(manager, "/teams/1/erase", name="Uudistuneet")
    assert not [each for each in (b"Vanhakantaiset", b"Uudistuneet") if each in files_of(app)]
    assert "Muut" in admin.get("/admin/log").text


def test_a_namesakes_events_stay_its_own(app: Flask, manager: FlaskClient) -> None:
    """Of two teams with the same name the one's export and erasure leave the other's events alone."""
    told = {"name": "Nokka", "size": "8", "work_mode": "hybrid", "language": "en"}
    for _ in range(2):
        post(manager, "/teams/new", **told)
    assert len(exported(manager, "/teams/1/export")["events"]) == 1
    post(manager, "/teams/1/erase", name="Nokka")
    assert len(exported(manager, "/teams/2/export")["events"]) == 1


def test_a_person_exports_the_own_account(manager: FlaskClient, team: int) -> None:
    """The export has the account and what it did, and neither password nor session."""
    data = exported(manager, "/account/export")
    assert data["account"]["email"] == "maija@example.org"
    assert data["teams"] == ["Nokka"]
    assert "joined" in [each["what"] for each in data["events"]]
    assert len(data["signed_in_until"]) == 1
    assert data["links_for_a_new_password_until"] == []
    assert "argon2" not in json.dumps(data)
    assert {*data["account"]} == {"email", "name", "role", "language", "created"}


def test_whatever_is_stored_of_a_person_is_exported_and_erased() -> None:
    """A new column or table about a person or a team is put into the export and the erasure, or left out knowingly."""
    tables, about = Model.metadata.tables, defaultdict(set)
    for table in tables.values():
        for key in table.foreign_keys:
            about[key.column.table.name].add(table.name)
    assert about == {
        "account": {"account_link", "account_session", "team"}, "team": {"round", "event"},
        "round": {"round_link", "sheet", "group_sheets"},
    }  # fmt: skip
    told, secret, own = {"email", "name", "role", "language", "created"}, {"password"}, {"id", "active"}
    assert {*tables["account"].columns.keys()} == told | secret | own
    assert {*tables} == {*TABLES}


def test_an_account_is_erased_with_its_teams(app: Flask, manager: FlaskClient, team: int) -> None:
    """Only the right password erases an account; then it is signed out, its teams go too, and the log forgets it."""
    assert "not your password" in post(manager, "/account/erase", password="somebody else's words")
    assert "is erased" in post(manager, "/account/erase", password=PASSWORD)
    assert manager.get("/account").status_code == 302
    with app.app_context():
        assert [rows(each) for each in (Account, Team, Round, GroupSheets)] == [0] * 4
        assert not db.session.scalars(select(Event).where(Event.who != "-")).all()
        assert "account-erased" in db.session.scalars(select(Event.what)).all()
    assert b"maija@example.org" not in files_of(app)


def test_the_only_admin_stays(signed_in: SignIn) -> None:
    """The only admin is told to invite another first; with another one, the account is erased."""
    first = signed_in("admin", "a@example.org")
    assert "only admin" in post(first, "/account/erase", password=PASSWORD)
    signed_in("admin", "b@example.org")
    assert "is erased" in post(first, "/account/erase", password=PASSWORD)


def test_old_answers_are_forgotten(app: Flask, manager: FlaskClient, team: int) -> None:
    """After the retention time the answers are gone and the round stays, with its number, dates and facts."""
    with app.app_context():
        days = app.config["PELIKIRJA"].retention_days
        assert forget_old(now() + timedelta(days=days - 1)) == 0
        first = db.session.scalars(select(Round).where(Round.number == 1)).one()
        assert is_kept(first)
        assert forget_old(now() + timedelta(days=days + 1)) == 1
        assert forget_old(now() + timedelta(days=days + 1)) == 0
        db.session.expire_all()
        assert not is_kept(first)
        assert (first.number, first.state, first.facts["size"], rows(GroupSheets)) == (1, "closed", 8, 0)
        assert rows(Sheet) == 2
    exported_round = exported(manager, f"/teams/{team}/export")["rounds"][0]
    assert (exported_round["answers_kept"], exported_round["result"]) == (False, None)


def test_the_page_says_that_answers_are_not_kept(app: Flask, manager: FlaskClient, team: int) -> None:
    """The result of a round whose answers are forgotten is a page that says so, not an empty one."""
    with app.app_context():
        forget_old(now() + timedelta(days=app.config["PELIKIRJA"].retention_days + 1))
    page = manager.get("/rounds/1/result")
    assert page.status_code == 200
    assert "no longer kept" in page.text


def test_a_round_without_answers_has_forgotten_nothing(app: Flask, manager: FlaskClient) -> None:
    """Where nobody answered, no page may say that answers were deleted."""
    with app.app_context():
        made = open_round(make_team("maija@example.org"))
        sheets.close(made, {})
        assert is_kept(db.session.get_one(Round, made))
