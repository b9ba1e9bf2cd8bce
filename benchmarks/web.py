"""The pages under load: ``python -m benchmarks.web`` starts the real server, asks, prints, and stops by itself."""

from __future__ import annotations

import argparse
import cProfile
import os
import pstats
import shutil
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, cast

from flask import Flask

from benchmarks.load import Load, Measured, flat_out, paced
from benchmarks.served import ANSWER, FULL, RESULT, ROOT, accepted, fill, loads, served, settings_for
from tests.web.postgresql import own_server
from web import sample, serving
from web.app import create_app
from web.database.connection import db

RESULT_RATE, ANSWER_RATE = 50, 200
PACED_RESULT, PACED_ANSWER = f"{RESULT}, {RESULT_RATE} a second", f"{ANSWER}, {ANSWER_RATE} a second"
RUNS: Final = {
    "SQLite, one process with eight threads": ("sqlite", 1),
    "PostgreSQL, one process with eight threads": ("postgresql", 1),
    "PostgreSQL, two processes with eight threads each": ("postgresql", 2),
}
"""What is measured: the database, and how many processes answer."""
FASTEST: Final = 1_500
"""More answers a second than are ever accepted; there are rounds for so many."""
PROFILED: Final = 60
ENGINE: Final = str(ROOT / "engine")

Function = tuple[str, int, str]
Edges = Mapping[Function, tuple[int, int, float, float]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure on SQLite, and on PostgreSQL where it is installed; the status is 1 if anything was not answered."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.web", description=__doc__)
    parser.add_argument("--seconds", type=int, default=8, choices=range(2, 31), metavar="N", help="for each load: 2–30")
    seconds = parser.parse_args(arguments).seconds
    with_ = "wrk" if shutil.which("wrk") else "a loop in Python, which takes a core itself (Debian: apt install wrk)"
    print(f"Load by {with_}; {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}", flush=True)
    reports = {title: report for title, each in RUNS.items() if (report := _measured(*each, seconds))}
    for title, report in reports.items():
        report.show(title)
    if len(reports) < len(RUNS):
        print("\nPostgreSQL is not installed here (Debian: apt install postgresql)")
    return int(any(report.failed for report in reports.values()))


@dataclass(frozen=True, slots=True)
class Report:
    """What came of one database.

    Args:
        fast: as many requests as it takes, by name.
        shares: of the engine in each.
        paces: so many requests a second, by name.
        first: milliseconds of the first reading of a result.
        rate: answers accepted a second.
        started: seconds.
        memory: MB.
    """

    fast: Mapping[str, Measured]
    shares: Mapping[str, float]
    paces: Mapping[str, Measured]
    first: float
    rate: float
    started: float
    memory: float

    def show(self, title: str) -> None:
        """Print it, then what came of the goals."""
        head = f"{'':32}{'a second':>9}{'p50 ms':>9}{'p99 ms':>9}  in the engine"
        print(f"\n{title}\n{head}")
        for name, each in self.fast.items():
            print(f"{f'{name}, all it takes':32}{_figures(each)}{self.shares[name]:14.0%}")
        for name, each in self.paces.items():
            print(f"{name:32}{_figures(each)}")
        print(f"{f'{RESULT}, for the first time':32}{self.first:18.1f}")
        _goal(f"p99 of the {RESULT} at {RESULT_RATE} a second, ms", self.paces[PACED_RESULT].p99, most=100)
        _goal("answers accepted a second", self.rate, least=200)
        _goal("start, seconds", self.started, most=2)
        _goal("memory of all processes, MB", self.memory, most=200)

    @property
    def failed(self) -> int:
        """Give how many requests were not answered as they should be."""
        return sum(each.failed for each in (*self.fast.values(), *self.paces.values()))


def _measured(database: str, workers: int, seconds: int) -> Report | None:
    """Measure on a database of one's own; None where it is not installed."""
    with TemporaryDirectory(prefix="pelikirja-bench") as name, ExitStack() as stack:
        os.environ["PELIKIRJA_CACHE"] = f"{name}/cache"
        sqlite = f"sqlite:///{name}/pelikirja.sqlite"
        url = sqlite if database == "sqlite" else stack.enter_context(own_server(durable=True))
        return _measure(url, Path(name), seconds, workers) if url else None


def _measure(url: str, folder: Path, seconds: int, workers: int) -> Report:
    """Measure on an empty database."""
    serving.up_to_date(settings_for(url))
    app = create_app(settings_for(url))
    with app.app_context():
        tokens = fill(folder, rounds=FASTEST * (seconds + 1) // FULL)
    with served(url, folder, workers):
        pass  # the first start compiles the code and loads the content; the next one is what an operator sees
    with served(url, folder, workers) as server:
        asked = loads(app, server.port, (folder / sample.PASSWORD_FILE).read_text(encoding="ascii"), tokens)
        first = paced(server.port, asked[RESULT], 1, 0.5)  # it works the advice out, once a process
        paces = {
            PACED_RESULT: paced(server.port, asked[RESULT], RESULT_RATE, seconds),
            PACED_ANSWER: paced(server.port, asked[ANSWER], ANSWER_RATE, seconds),
        }
        before = accepted(app)
        fast = {name: flat_out(server.port, load, seconds) for name, load in asked.items()}
        rate, memory = (accepted(app) - before) / seconds, server.memory()
    shares = {name: _share_of_engine(app, load) for name, load in asked.items()}
    with app.app_context():
        db.engine.dispose()
    return Report(fast, shares, paces, first.p50, rate, server.seconds, memory)


def _figures(each: Measured) -> str:
    failed = f"  {each.failed} FAILED" if each.failed else ""
    return f"{each.per_second:9.0f}{each.p50:9.1f}{each.p99:9.1f}{failed}"


def _goal(name: str, value: float, *, least: float | None = None, most: float | None = None) -> None:
    reached = (least is None or value >= least) and (most is None or value <= most)
    bound = f"≥ {least:g}" if least is not None else f"≤ {most:g}"
    print(f"  {'reached' if reached else 'MISSED':8} {value:8.1f}  {bound:6} {name}")


def _share_of_engine(app: Flask, load: Load) -> float:
    """Give which share of the time of a request is spent in the engine, by a profile in this process."""
    client = app.test_client(use_cookies=False)
    profile = cProfile.Profile()
    for number in range(PROFILED + 1):
        method, path, body = load.at(number, "profile")
        if number:  # the first one fills what is kept
            profile.enable()
        client.open(path, method=method, data=body, headers=load.headers)
        profile.disable()
    stats = vars(pstats.Stats(profile))
    found = cast("Mapping[Function, tuple[int, int, float, float, Edges]]", stats["stats"])
    within = sum(
        edge[3]
        for (file, _, _), (*_, callers) in found.items() if file.startswith(ENGINE)
        for (by, _, _), edge in callers.items() if not by.startswith((ENGINE, "~"))
    )  # fmt: skip
    return min(within / float(stats["total_tt"]), 1.0)


if __name__ == "__main__":
    raise SystemExit(main())
