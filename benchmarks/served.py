"""A real server with something to ask it for, on this machine, gone afterwards."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Final
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, ProxyHandler, build_opener

from flask import Flask
from sqlalchemy import func, select

from benchmarks.load import KEY, Load
from web import sample
from web.content import library
from web.database.connection import db
from web.database.models import Account, Round, now
from web.rounds.choices import Plan
from web.rounds.rounds import links, start
from web.settings import Settings
from web.teams.teams import About, add_team

ROOT: Final = Path(__file__).resolve().parent.parent
RESULT, ANSWER, CHECK = "result page", "answer", "quick check"
FULL: Final = 500
"""So many answers one group of a round takes at most."""
CSRF: Final = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


def settings_for(url: str) -> Settings:
    """Give settings without limits on requests, for a browser without HTTPS."""
    return Settings(url, "k" * 48, secure=False, limits=False)


@dataclass(frozen=True, slots=True)
class Server:
    """A server that runs.

    Args:
        port: of this machine, at which it answers.
        process: its first process.
        seconds: that it took from its start to its first answer.
    """

    port: int
    process: int
    seconds: float

    def memory(self) -> float:
        """Give the memory of all its processes in MB; what they share counts once (Linux only, else 0)."""
        children = Path(f"/proc/{self.process}/task/{self.process}/children")
        pids = [str(self.process), *children.read_text(encoding="ascii").split()] if children.exists() else []
        sizes = [Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii") for pid in pids]
        return sum(int(each) for text in sizes for each in re.findall(r"(?m)^Pss: +(\d+)", text)) / 1024


@contextmanager
def served(url: str, folder: Path, workers: int = 1) -> Iterator[Server]:
    """Serve a database as ``pelikirja serve`` does, and stop at the end.

    Args:
        url: of the database.
        folder: for what Python and Pelikirja keep between starts.
        workers: how many processes answer.
    """
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    told = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    told |= {"PYTHONPYCACHEPREFIX": f"{folder}/compiled", "PELIKIRJA_CACHE": f"{folder}/cache"}
    command = [sys.executable, "-m", "benchmarks.served", url, str(port), str(workers)]
    began = time.perf_counter()
    with (folder / "server.log").open("w", encoding="utf-8") as log, subprocess.Popen(
        command, env=told, cwd=ROOT, stdout=log, stderr=log
    ) as process:  # fmt: skip
        try:
            if not _answers(f"http://127.0.0.1:{port}/ready", process):
                raise RuntimeError(Path(log.name).read_text(encoding="utf-8"))
            yield Server(port, process.pid, time.perf_counter() - began)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(60)


def _answers(address: str, process: subprocess.Popen[bytes]) -> bool:
    """Wait until a server answers; tell whether it ever does."""
    opener = build_opener(ProxyHandler({}))
    for _ in range(3000):
        try:
            opener.open(address, timeout=30).close()
        except OSError:
            time.sleep(0.01)
            if process.poll() is not None:
                return False
        else:
            return True
    return False


def fill(folder: Path, rounds: int) -> Sequence[str]:
    """Make the sample and open rounds in an empty database; give the tokens of the links to answer by."""
    sample.make(folder)
    manager = db.session.scalars(select(Account).where(Account.role == "manager")).one()
    tokens = []
    for number in range(rounds):
        team = add_team(manager.id, About(f"Team {number}", FULL - 2, "hybrid", None, "en"))
        made = start(team, Plan(sample.REVIEW, FULL - 2, False, False, None, now().date() + timedelta(days=7)))
        assert made
        tokens += [each.token for each in links(made)]
    db.session.close()
    return tokens


def accepted(app: Flask) -> int:
    """Give how many answers the open rounds have taken."""
    with app.app_context():
        return db.session.scalar(select(func.sum(Round.received)).where(Round.state == "open")) or 0


def loads(app: Flask, port: int, password: str, tokens: Sequence[str]) -> Mapping[str, Load]:
    """Give what to ask for, by name: a manager's result page, sending answers, and the quick check's view."""
    manager, member, anybody = _Visitor(port), _Visitor(port), _Visitor(port)
    manager.send("/sign-in", manager.form("/sign-in", email="manager@example.org", password=password))
    links_ = [f"/a/{each}" for each in tokens]
    with app.app_context():
        review, check = (_sheet(each) for each in (sample.REVIEW, "quick-check"))
    answer, view = member.form(links_[0], **review), anybody.form("/quick-check", **check)
    return {
        RESULT: Load(["/rounds/2/result"], manager.cookie),
        ANSWER: Load(links_, member.cookie, answer),
        CHECK: Load(["/quick-check"], anybody.cookie, view),
    }


def _sheet(questionnaire: str) -> Mapping[str, str]:
    asked = library().questionnaires[questionnaire]
    answers = {str(each.id): str(2 + number % 3) for number, each in enumerate(asked.all_questions)}
    return {**answers, "key": KEY, "go": "send", "step": str(len(asked.dimensions) + len(asked.questions) + 1)}


class _Visitor:
    """A browser.

    Args:
        port: of the server.
    """

    def __init__(self, port: int) -> None:
        self._address = f"http://127.0.0.1:{port}"
        self._cookies = CookieJar()
        self._opener = build_opener(ProxyHandler({}), HTTPCookieProcessor(self._cookies))

    @property
    def cookie(self) -> str:
        """Give its cookies as it would send them."""
        return "; ".join(f"{each.name}={each.value}" for each in self._cookies)

    def form(self, path: str, **fields: str) -> str:
        """Fill in the form of a page."""
        with self._opener.open(self._address + path, timeout=30) as page:
            found = CSRF.search(page.read().decode())
        assert found, f"no form on {path}"
        return urlencode({**fields, "csrf_token": found[1]})

    def send(self, path: str, form: str) -> None:
        """Send a form."""
        self._opener.open(self._address + path, form.encode(), timeout=30).close()


def _serve(url: str, port: str, workers: str) -> None:
    from web import serving  # noqa: PLC0415  # only the server's process needs it

    serving.serve(settings_for(url), f"127.0.0.1:{port}", int(workers))


if __name__ == "__main__":
    _serve(*sys.argv[1:])
