"""The pages under load: ``python -m benchmarks.web`` starts the real server, asks, prints, and stops by itself."""

from __future__ import annotations

import argparse
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, ProxyHandler, build_opener

from flask import Flask
from sqlalchemy import func, select

from benchmarks.engine_share import share_of_engine
from benchmarks.load import KEY, Load, Measured, flat_out, paced
from tests.web.postgresql import as_owner, binaries
from web import sample, serving
from web.app import create_app
from web.content import library
from web.database.connection import db
from web.database.models import Account, Round, now
from web.rounds.choices import CUSTOMERS, Plan
from web.rounds.rounds import links, start
from web.settings import Settings
from web.teams.teams import About, add_team

ROOT: Final = Path(__file__).resolve().parent.parent
ROUNDS: Final = 12
"""Open rounds to answer; each group of each takes 500 answers at most."""
RESULT_RATE, ANSWER_RATE = 50, 200
CSRF: Final = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


@dataclass(frozen=True, slots=True)
class World:
    """What there is to ask for.

    Args:
        settings: of the server.
        password: of the sample's manager.
        tokens: of the links to answer by.
    """

    settings: Settings
    password: str
    tokens: Sequence[str]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure on SQLite, and on PostgreSQL where it is installed; the status is 1 if anything was not answered."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.web", description=__doc__)
    parser.add_argument("--seconds", type=int, default=8, choices=range(2, 61), metavar="N", help="for each load")
    seconds = parser.parse_args(arguments).seconds
    print(f"Load: {'wrk' if shutil.which('wrk') else 'a loop in Python, which takes a core itself'}, and paced in Python;"
          f" {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")  # fmt: skip
    failed = 0
    with TemporaryDirectory(prefix="pelikirja-bench") as name:
        os.environ["PELIKIRJA_CACHE"] = f"{name}/cache"
        failed += _measure("SQLite", f"sqlite:///{name}/pelikirja.sqlite", Path(name), seconds)
        if binaries():
            with _postgresql() as url:
                failed += _measure("PostgreSQL", url, Path(name), seconds)
        else:
            print("\nPostgreSQL is not installed here (Debian: apt install postgresql)")
    return int(failed > 0)


def _measure(title: str, url: str, folder: Path, seconds: int) -> int:
    """Measure on one database, print, and give how many requests failed."""
    settings = Settings(url, "k" * 48, secure=False, limits=False)
    app = _made(settings)
    with app.app_context():
        world = _world(settings, folder)
    with _served(settings, folder):
        pass  # the first start loads the content and compiles the code; the next ones are what an operator sees
    with _served(settings, folder) as (process, port, started):
        loads = _loads(world, port)
        rows = {load.name: (flat_out(port, load, seconds), share_of_engine(app, load)) for load in loads}
        answers = _accepted(app, replace(loads[1], name="again"), port, seconds)
        result = paced(port, loads[0], RESULT_RATE, seconds)
        steady = paced(port, loads[1], ANSWER_RATE, seconds)
        memory = _memory(process.pid)
    print(f"\n{title}: one process, eight threads\n{'':24} per second   p50 ms   p99 ms   share of the engine")
    for name, (each, share) in rows.items():
        print(f"{name:24} {_figures(each)}   {share:19.0%}")
    print(f"{f'result at {RESULT_RATE} a second':24} {_figures(result)}")
    print(f"{f'answer at {ANSWER_RATE} a second':24} {_figures(steady)}")
    _goal("result page, p99 at 50 requests a second", result.p99, 100, "ms")
    _goal("answers accepted a second", answers, 200, "", at_least=True)
    _goal("start", started, 2, "s")
    _goal("memory of all processes together", memory, 200, "MB")
    return sum(each.failed for each, _ in rows.values()) + result.failed + steady.failed


def _figures(each: Measured) -> str:
    return f"{each.per_second:10.0f} {each.p50:8.1f} {each.p99:8.1f}" + (f"   {each.failed} FAILED" * (each.failed > 0))


def _goal(name: str, value: float, bound: float, unit: str, *, at_least: bool = False) -> None:
    reached = value >= bound if at_least else value <= bound
    verdict = "reached" if reached else "MISSED"
    print(f"  {verdict}  {name}: {value:.4g} {unit} (goal {'≥' if at_least else '≤'} {bound:g} {unit})")


def _made(settings: Settings) -> Flask:
    serving.up_to_date(settings)
    return create_app(settings)


def _world(settings: Settings, folder: Path) -> World:
    """Make the sample, and open rounds to answer."""
    sample.make(folder)
    manager = db.session.scalars(select(Account).where(Account.role == "manager")).one()
    tokens = []
    for number in range(ROUNDS):
        team = add_team(manager.id, About(f"Team {number}", 500, "hybrid", None, "en"))
        made = start(team, Plan(sample.REVIEW, 498, False, True, None, now().date() + timedelta(days=7)))
        assert made
        tokens += [each.token for each in links(made) if each.group == "customers"]
        tokens += [each.token for each in links(made) if each.group == "members"]
    db.session.close()
    return World(settings, (folder / sample.PASSWORD_FILE).read_text(encoding="ascii"), tokens)


def _loads(world: World, port: int) -> tuple[Load, Load, Load]:
    """Sign in, begin to answer, and give what to ask again and again."""
    manager, address = Visitor(port), "manager@example.org"
    manager.opener.open(manager.address + "/sign-in", manager.form("/sign-in", email=address, password=world.password))
    member, anybody = Visitor(port), Visitor(port)
    sheet = {str(each.id): "3" for each in library_of(world).questionnaires[sample.REVIEW].all_questions}
    voice = {str(each.id): "3" for each in library_of(world).questionnaires[CUSTOMERS].all_questions}
    check = {str(each.id): "2" for each in library_of(world).questionnaires["quick-check"].all_questions}
    first = f"/a/{world.tokens[0]}"
    sending = {"go": "send", "step": str(_last(world))}
    return (
        Load("result page", ["/rounds/2/result"], manager.cookie()),
        Load("answer", [f"/a/{each}" for each in world.tokens], *member.sending(first, {**sheet, **voice, **sending})),
        Load("quick check", ["/quick-check"], *anybody.sending("/quick-check", {**check, "go": "send", "step": "14"})),
    )
