"""A killed process loses nothing that was confirmed and doubles nothing; a closed round leaves no trace of anybody.

The files that are searched are SQLite's database and its write-ahead log, and PostgreSQL's tables and indexes; its log
(``pg_wal``) is written over in its own time, which the privacy page says.
"""

from __future__ import annotations

import hashlib
import itertools
import random
import time
from collections.abc import Iterable
from typing import Final

import pytest
from flask import Flask
from sqlalchemy import select

from tests.web.conftest import make_account
from tests.web.databases import bare, new_database, postgresql
from tests.web.lives import lives
from tests.web.making import make_team
from tests.web.numbered import answer, answered, files, frozen, links, opened, stored, traces, url_of
from tests.web.until_killed import MOST, key, name, number_of
from web.database.connection import db, upgrade
from web.database.models import Round, RoundLink, Sheet
from web.database.traces import leave_no_trace
from web.rounds import sheets

__all__ = ["bare", "new_database", "postgresql"]
pytestmark = pytest.mark.slow
LIVES: Final = 14
STEPS: Final = 30
"""More than a process has in sending three answers."""
SENDING: Final = 0.3
"""Seconds within which a sender is killed; it sends for about as long."""
FACTS: Final = {"size": 8}


@pytest.fixture
def kept(bare: Flask) -> Flask:
    """Give an application with a manager's team, on SQLite and on PostgreSQL."""
    upgrade(bare)
    make_account(bare, "manager", "m@example.org")
    with bare.app_context():
        make_team("m@example.org")
    return bare


@pytest.mark.parametrize("steps", [range(1, STEPS), [0] * LIVES], ids=["each-step", "any-moment"])
def test_answers_survive_a_killed_sender(kept: Flask, steps: Iterable[int]) -> None:
    """What was confirmed is there once, what was not once or not at all, and a link is used with its answer."""
    confirmed = 0
    with kept.app_context(), lives(url_of(kept)) as sender:
        id_ = opened(range(LIVES * MOST))
        for step in steps:
            sender.begin("send", id_, begin=confirmed, step=step)
            time.sleep(0 if step else random.uniform(0, SENDING))
            said = sender.end() if step else sender.kill()
            confirmed += len([each for each in said if each.isdigit()])
            check_sent(id_, confirmed)
    assert confirmed > LIVES


def check_sent(round_id: int, confirmed: int) -> None:
    """Check that a round has what was confirmed, perhaps the one that was being sent, and nothing twice."""
    db.session.rollback()
    found = sorted(stored(round_id))
    assert found in (list(range(confirmed)), list(range(confirmed + 1)))
    used = db.session.scalars(select(RoundLink.name).where(RoundLink.round_id == round_id, RoundLink.used)).all()
    assert sorted(used) == sorted(name(each) for each in found if name(each))
    assert db.session.get_one(Round, round_id, populate_existing=True).received == len(found)
    db.session.rollback()


def test_a_closing_that_dies_at_any_step_is_done_or_not(kept: Flask) -> None:
    """Wherever closing ends, the round is open with everything, or closed with every answer and no link."""
    people, states = list(range(6)), []
    with kept.app_context(), lives(url_of(kept)) as closer:
        for step in itertools.count(1):
            id_ = answered(people)
            closer.begin("close", id_, step=step)
            done = "done" in closer.end()
            states.append(check_closing(kept, id_, people))
            if done:
                break
    assert states == sorted(states, reverse=True), "first open, later closed"
    assert len(set(states)) == 2
    assert len(states) > 8


def test_a_closing_that_is_killed_at_any_moment_is_done_or_not(kept: Flask) -> None:
    """The same where the moment is chance, so that it may also be inside of a step."""
    people = list(range(24))
    with kept.app_context(), lives(url_of(kept)) as closer:
        id_ = answered(people)
        closer.begin("close", id_)
        begin = time.monotonic()
        assert closer.end() == ["done"]
        length = time.monotonic() - begin
        for place in range(LIVES):
            id_ = answered(people)
            closer.begin("close", id_)
            time.sleep(length * (place + random.random()) / LIVES)
            closer.kill()
            check_closing(kept, id_, people)


def check_closing(app: Flask, round_id: int, people: list[int]) -> bool:
    """Check that a round is wholly open or wholly closed, close it, and check that nothing leads back to anybody.

    Returns:
        Whether it was open.
    """
    db.session.rollback()
    found = db.session.get_one(Round, round_id, populate_existing=True).is_open
    if found:
        assert sorted(stored(round_id)) == people
        assert links(round_id) == len(people) // 2 + 1
        assert not frozen(round_id)
    assert sheets.close(round_id, FACTS) is found
    assert sorted(frozen(round_id)) == people
    assert (stored(round_id), links(round_id)) == ([], 0)
    db.session.rollback()
    assert leave_no_trace(*sheets.TRACED), "as at the next start"
    assert traces(app, round_id, people) == []
    return found


def test_closing_while_answers_come(kept: Flask) -> None:
    """Every answer that was confirmed before the closing is frozen, once; none is taken after it."""
    with kept.app_context(), lives(url_of(kept)) as sender, lives(url_of(kept)) as closer:
        for _ in range(LIVES // 2):
            id_ = opened(range(MOST))
            sender.begin("send", id_)
            closer.begin("close", id_)
            time.sleep(random.uniform(0, 0.05))
            closer.kill()
            sheets.close(id_, FACTS)
            confirmed = [int(each) for each in sender.end() if each.isdigit()]
            found = sorted(frozen(id_))
            assert found == list(range(len(found)))
            assert found == confirmed
            assert (stored(id_), links(id_)) == ([], 0)
            db.session.rollback()


def test_closing_leaves_no_trace_beside_open_rounds(kept: Flask) -> None:
    """Of rounds answered at the same time a closed one leaves nothing in the files, and an open one loses nothing."""
    with kept.app_context():
        rounds = {opened(range(size)): list(range(size)) for size in (150, 7, 60)}
        turns = [(id_, each) for id_, people in rounds.items() for each in people]
        for id_, each in random.sample(turns, len(turns)):
            answer(id_, each)
        for id_, people in rounds.items():
            assert sorted(stored(id_)) == people
            assert len(traces(kept, id_, people)) > len(people), "the search finds what is there"
            assert sheets.close(id_, FACTS)
            held = files(kept)
            ids = [hashlib.sha256(f"{id_} {key(each)}".encode()).hexdigest().encode() for each in people]
            assert not [each for each in ids if each in held]
            assert sorted(frozen(id_)) == people
        assert traces(kept, 0, range(150)) == []


def test_frozen_answers_do_not_keep_their_order(kept: Flask) -> None:
    """The order in which answers came cannot be read from a closed round."""
    people = [2 * each for each in range(40)]
    with kept.app_context():
        id_ = opened(people)
        for each in people:
            answer(id_, each)
        by_id = [number_of(each.answers) for each in db.session.scalars(select(Sheet).order_by(Sheet.id))]
        assert sheets.close(id_, FACTS)
        assert frozen(id_) not in (people, people[::-1], by_id)
