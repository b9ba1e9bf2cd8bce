"""After closing nothing that is stored or logged leads from answers to whoever gave them."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable, Iterator
from typing import Any, Final
from unittest.mock import patch

import pytest
from flask import Flask
from sqlalchemy import event, insert, select
from sqlalchemy.engine import Engine
from sqlalchemy.exc import IntegrityError

from tests.web.databases import files_of
from tests.web.making import FACTS, answer, link_to, make_team, open_round, sheet
from tests.web.walking import make_world, token_of
from web.database.connection import db
from web.database.models import Event, GroupSheets, Model, RoundLink, Sheet
from web.rounds import sheets

QUESTION: Final = "agreements-raised"


@pytest.fixture
def closed(app: Flask, account: Callable[..., object]) -> Iterator[tuple[int, list[str]]]:
    """Give a round that was answered by personal links and closed, with everything that led to somebody."""
    account("manager", "m@example.org")
    names = [f"jäsen{each}@example.org" for each in range(6)]
    with app.app_context():
        made = open_round(make_team("m@example.org"), names)
        secret = [*names, *db.session.scalars(select(RoundLink.token))]
        for place, name in enumerate(names):
            key = f"key-of-a-device-{place}"
            assert sheets.send(link_to(made, "members", name), key, sheet("members", 1 + place % 5)) == "taken"
            secret.append(key)
        secret += db.session.scalars(select(Sheet.id))
        assert sheets.close(made, FACTS)
        yield made, secret


def test_after_closing_nothing_leads_back(app: Flask, closed: tuple[int, list[str]]) -> None:
    """No name, link, key or sheet's id is in any byte of the database's files, and their tables are empty."""
    assert not db.session.scalars(select(Sheet)).all()
    assert not db.session.scalars(select(RoundLink)).all()
    stored = files_of(app)
    assert b"example.org" in stored, "the manager's own address is there, so the files are looked at"
    assert [each for each in closed[1] if each.encode() in stored] == []


def test_many_answers_leave_nothing_behind(app: Flask, account: Callable[..., object]) -> None:
    """Also of a hundred answers, which fill and empty many pages of the file, nothing is left but the frozen sheets."""
    account("manager", "m@example.org")
    with app.app_context():
        made = open_round(make_team("m@example.org"), [f"person-{each}@example.org" for each in range(100)])
        secret = [*db.session.scalars(select(RoundLink.token))]
        for each in range(100):
            link = link_to(made, "members", f"person-{each}@example.org")
            assert sheets.send(link, f"k{each}", sheet("members", 1 + each % 5)) == "taken"
        secret += db.session.scalars(select(Sheet.id))
        sheets.close(made, FACTS)
        stored = files_of(app)
    assert b"person-" not in stored
    assert [each for each in secret if each.encode() in stored] == []


def test_sheets_hold_answers_and_nothing_else() -> None:
    """Neither a sheet nor the frozen sheets have a column for a time, a link, a name, a language or an order."""
    columns = {table.name: {*table.columns.keys()} for table in Model.metadata.sorted_tables}
    assert columns["sheet"] == {"id", "round_id", "respondents", "answers"}
    assert columns["group_sheets"] == {"id", "round_id", "respondents", "sheets"}
    assert columns["round_link"] == {"id", "round_id", "respondents", "token", "name", "used"}


def test_a_frozen_sheet_is_only_ratings(closed: tuple[int, list[str]]) -> None:
    """Each frozen sheet is question ids and ratings."""
    frozen = db.session.scalars(select(GroupSheets)).one()
    for each in json.loads(frozen.sheets):
        assert {type(value) for value in each.values()} == {int}
        assert each.keys() == sheet("members", 3).keys()


def test_the_order_of_sending_is_lost(app: Flask, account: Callable[..., object]) -> None:
    """Where the first sheet stands after closing is chance, and the links' order of use is nowhere."""
    account("manager", "m@example.org")
    places = []
    with app.app_context():
        for each in range(8):
            made = open_round(make_team("m@example.org", f"Tiimi {each}"))
            answer(made, "members", sheet("members", 1), *[sheet("members", 5)] * 7)
            sheets.close(made, FACTS)
            frozen = db.session.scalars(select(GroupSheets).where(GroupSheets.round_id == made)).one()
            places.append([*map(max, map(dict.values, json.loads(frozen.sheets)))].index(1))
    assert len(set(places)) > 1, "eight times at the same place happens by chance once in two million runs"


def test_while_open_a_sheet_has_no_place_in_time(app: Flask, account: Callable[..., object]) -> None:
    """SQLite keeps sheets by a digest of a random word, without the row numbers that would tell their order."""
    account("manager", "m@example.org")
    with app.app_context():
        written = db.session.connection().exec_driver_sql("SELECT sql FROM sqlite_master WHERE name = 'sheet'").scalar()
        assert "WITHOUT ROWID" in str(written)


def test_while_open_no_byte_is_the_devices_key(app: Flask, account: Callable[..., object]) -> None:
    """What a device keeps of its answering is not written down, so that whoever finds both cannot search for it."""
    account("manager", "m@example.org")
    with app.app_context():
        made = open_round(make_team("m@example.org"))
        assert sheets.send(link_to(made, "members"), "key-of-a-device-000000", sheet("members", 2)) == "taken"
        db.session.rollback()
        stored = files_of(app)
    assert QUESTION.encode() in stored, "the answers are there, so the files are looked at"
    assert b"key-of-a-device" not in stored


def sent(app: Flask, token: str, key: str, language: str) -> str:
    """Send a sheet by the page, in a language, and give the page that follows."""
    client = app.test_client()
    client.post("/language/" + language, data={"csrf_token": token_of(client)})
    form = {"csrf_token": token_of(client), "go": "send", "step": "14", "key": key, **sheet("members", 2)}
    return client.post(f"/a/{token}", data=form, headers={"Accept-Language": language, "User-Agent": "phone"}).text


def test_the_language_of_answering_is_not_stored(app: Flask, account: Callable[..., object]) -> None:
    """The same answers, sent on a Finnish page and on an English one, are stored as the very same sheet."""
    account("manager", "m@example.org")
    found = []
    for language, thanks in (("fi", 'lang="fi"'), ("en", 'lang="en"')):
        with app.app_context():
            made = open_round(make_team("m@example.org"))
            token = link_to(made, "members").token
        assert thanks in sent(app, token, "key-of-a-device-000000", language)
        with app.app_context():
            found.append([(each.group, each.answers) for each in db.session.scalars(
                select(Sheet).where(Sheet.round_id == made))])  # fmt: skip
    assert found == [[("members", sheet("members", 2))]] * 2


def test_the_server_keeps_no_session_of_answering(app: Flask, account: Callable[..., object]) -> None:
    """The cookie after answering holds a language and a form's token: no link, no key, no answer."""
    account("manager", "m@example.org")
    with app.app_context():
        token = link_to(open_round(make_team("m@example.org")), "members").token
    client = app.test_client()
    form = {"csrf_token": token_of(client), "go": "next", "step": "1", "key": "k" * 24, **sheet("members", 2)}
    assert client.post(f"/a/{token}", data=form).status_code == 200
    with client.session_transaction() as session:
        assert {*session} <= {"csrf_token", "language", "_fresh"}


def test_sending_writes_no_event(app: Flask, closed: tuple[int, list[str]]) -> None:
    """The log of what was done knows that a round was closed, not that anybody answered."""
    assert {*db.session.scalars(select(Event.what))} <= {"join-link-made", "joined", "round-closed"}


# --- logs -------------------------------------------------------------------------------------------------------------


def test_logs_tell_nothing(app: Flask, account: Callable[..., object], caplog: pytest.LogCaptureFixture) -> None:
    """Sending, sending twice, sending too late and closing leave no name, link, key or rating in any log."""
    caplog.set_level(logging.DEBUG, "web")
    caplog.set_level(logging.DEBUG, "engine")
    caplog.set_level(logging.INFO)
    logging.getLogger("sqlalchemy").setLevel(logging.WARNING)
    account("manager", "m@example.org")
    caplog.clear()
    with app.app_context():
        made = open_round(make_team("m@example.org"), ["aino@example.org"])
        link = link_to(made, "members", "aino@example.org")
        token, given = link.token, sheet("members", 2)
        results = [sheets.send(link_to(made, "members", "aino@example.org"), key, given) for key in ("k1", "k1", "k2")]
        assert results == ["taken", "taken-before", "used"]
        late = link_to(made, "members", "aino@example.org")
        db.session.expunge(late)
        sheets.close(made, FACTS)
        assert sheets.send(late, "k3", given) == "closed"
    assert not re.search(rf"aino|{token}|k1|k2|k3|{QUESTION}", caplog.text)


def test_an_error_of_the_database_quotes_no_row(app: Flask, closed: tuple[int, list[str]]) -> None:
    """Whoever prints an error, or a library that does, the row that it failed on is not in its words."""
    statement = insert(Sheet.__table__).values(id="x", round_id=10**6, respondents="members", answers={QUESTION: 2})  # type: ignore[arg-type]  # a table
    with pytest.raises(IntegrityError) as caught:
        db.session.execute(statement)
    assert "INSERT INTO sheet" in str(caught.value)
    assert QUESTION not in f"{caught.value} {caught.value!r}"


def test_a_fault_while_sending_is_told_without_the_answers(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    """When the database fails in the middle, neither the page nor the log quotes the row that it failed on."""
    app.testing = False
    world = make_world(app, [sheet("members", 3)] * 6)
    link, given, key = world.tokens["members"], sheet("members", 2), "-".join(["key", "of", "a", "device"])

    def fails(token: str) -> str:
        with world.app.app_context():
            sheets.send(db.session.scalars(select(RoundLink).where(RoundLink.token == token)).one(), key, given)
        return ""

    def broken(connection: Any, cursor: Any, statement: str, parameters: Any, context: Any, many: bool) -> None:
        if statement.startswith("INSERT INTO sheet"):
            cursor.execute("INSERT INTO nowhere VALUES (1)")

    event.listen(Engine, "before_cursor_execute", broken)
    try:
        with patch.dict(world.app.view_functions, {"accounts.join": fails}):
            page = world.browsers["nobody"].get(f"/join/{link}")
    finally:
        event.remove(Engine, "before_cursor_execute", broken)
    assert page.status_code == 500
    assert "OperationalError on accounts.join" in caplog.text
    for text in (caplog.text, page.text.replace(f"/join/{link}", "")):
        assert not re.search(rf"{link}|{key}|{QUESTION}|INSERT INTO sheet", text)
