"""Processes that send answers or close a round until they are killed, and say on lines what has been confirmed.

``python -m tests.web.until_killed`` imports everything and forks for each line: ``URL send|close ROUND BEGIN STEP``.
"""

from __future__ import annotations

import os
import signal
import sys
from itertools import count
from typing import Final
from unittest.mock import patch

from sqlalchemy import event, select, text
from sqlalchemy.orm import Session

from web import content
from web.app import create_app
from web.database.connection import db
from web.database.models import RoundLink
from web.rounds import sheets
from web.settings import Settings

MOST: Final = 60
"""So many answers one process sends."""
DIGITS: Final = 6


def name(number: int) -> str:
    """Give whose link answer number so and so comes by; every other comes by the customers' shared link."""
    return "" if number % 2 else f"Henkilö-{number:05}-Sukunimi"


def key(number: int) -> str:
    """Give the word that the respondent's device made."""
    return f"device-word-{number:05}"


def answers(number: int) -> dict[str, int]:
    """Give answers from which the number can be read again."""
    return {f"question-{place}": number // 5**place % 5 + 1 for place in range(DIGITS)}


def number_of(given: dict[str, int]) -> int:
    """Give the number that answers were made from."""
    return sum((given[f"question-{place}"] - 1) * 5**place for place in range(DIGITS))


def send(round_id: int, begin: int) -> None:
    """Send answers one after the other, and say each that is confirmed."""
    for number in range(begin, begin + MOST):
        group = "customers" if number % 2 else "members"
        mine = (RoundLink.round_id == round_id, RoundLink.group == group, RoundLink.name == name(number))
        link = db.session.scalar(select(RoundLink).where(*mine))
        sent = sheets.send(link, key(number), answers(number)) if link else "closed"
        if sent not in ("taken", "taken-before"):
            print(sent, flush=True)
            return
        print(number, flush=True)


def close(round_id: int) -> None:
    """Close the round."""
    sheets.close(round_id, {"size": 8})


def die_at(step: int) -> None:
    """Kill this process before its step number so and so: a statement, a commit, or what follows a commit."""
    left = count(1)

    def take(*_: object) -> None:
        if next(left) == step:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(db.engine, "before_cursor_execute", take)
    event.listen(db.engine, "commit", take)
    event.listen(Session, "after_commit", take)


def live(url: str, what: str, round_id: str, begin: str, step: str) -> None:
    """Do it, say that it is done, and wait to be killed."""
    with patch.object(content, "load_content", lambda *_: None):
        app = create_app(Settings(url, "k" * 48, secure=False, limits=False))
    with app.app_context():
        db.session.execute(text("SELECT 1"))
        db.session.rollback()
        die_at(int(step))
        print("born", os.getpid(), flush=True)
        if what == "send":
            send(int(round_id), int(begin))
        else:
            close(int(round_id))
        db.session.rollback()
        print("done", flush=True)
        signal.pause()


def main() -> None:
    """Let one child after the other live, as the lines that come in say."""
    for line in sys.stdin:
        child = os.fork()
        if not child:
            live(*line.split())
            os._exit(1)
        os.waitpid(child, 0)
        print("gone", flush=True)


if __name__ == "__main__":
    main()
