"""Puts load on a server of this machine: so many requests a second, or as many as it takes, for a few seconds."""

from __future__ import annotations

import re
import shutil
import subprocess
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from itertools import count
from tempfile import NamedTemporaryFile
from typing import Final

CONNECTIONS: Final = 16
KEY: Final = "KEY"
"""Stands in a body for what differs from one request to the next."""
UNITS: Final = {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60_000.0}


@dataclass(frozen=True, slots=True)
class Load:
    """What is asked again and again.

    Args:
        paths: asked for in turn.
        cookie: of whoever asks.
        body: of the form that is sent, with ``KEY`` in it; empty for reading a page.
    """

    paths: Sequence[str]
    cookie: str
    body: str = ""

    def at(self, number: int, run: str) -> tuple[str, str, bytes | None]:
        """Give method, path and body of one request of a run."""
        body = self.body.replace(KEY, f"{run}{number:020d}").encode() or None
        return "POST" if body else "GET", self.paths[number % len(self.paths)], body

    @property
    def headers(self) -> dict[str, str]:
        """Give the headers of every request."""
        return {"Cookie": self.cookie, "Content-Type": "application/x-www-form-urlencoded"}


@dataclass(frozen=True, slots=True)
class Measured:
    """How a server did under load.

    Args:
        per_second: requests that were answered with 200.
        p50, p99: milliseconds from when a request was due to when its answer was there.
        failed: requests that were not answered with 200.
    """

    per_second: float
    p50: float
    p99: float
    failed: int


def paced(port: int, load: Load, rate: int, seconds: float, run: str = "paced") -> Measured:
    """Ask so many times a second, whether or not the answers keep up; waiting in line counts."""
    return _asked(port, load, seconds, run, rate)


def flat_out(port: int, load: Load, seconds: float, run: str = "flat") -> Measured:
    """Ask by several connections, each as soon as it has its answer; with wrk where it is installed."""
    program = shutil.which("wrk")
    return _wrk(program, port, load, seconds, run) if program else _asked(port, load, seconds, run, None)


def _asked(port: int, load: Load, seconds: float, run: str, rate: int | None) -> Measured:
    numbers, begin = count(), time.perf_counter() + 0.1

    def one_connection(_: int) -> list[tuple[float, bool]]:
        connection, taken = HTTPConnection("127.0.0.1", port, timeout=30), []
        for number in numbers:
            due = begin + number / rate if rate else max(time.perf_counter(), begin)
            if due > begin + seconds:
                break
            time.sleep(max(due - time.perf_counter(), 0))
            right = _one(connection, load, number, run)
            taken.append(((time.perf_counter() - due) * 1000, right))
        connection.close()
        return taken

    with ThreadPoolExecutor(CONNECTIONS) as threads:
        taken = [each for part in threads.map(one_connection, range(CONNECTIONS)) for each in part]
    spent = max(time.perf_counter() - begin, seconds)
    times = sorted(each for each, _ in taken)
    right = sum(each for _, each in taken)
    return Measured(right / spent, times[len(times) // 2], times[int(len(times) * 0.99)], len(taken) - right)


def _one(connection: HTTPConnection, load: Load, number: int, run: str) -> bool:
    method, path, body = load.at(number, run)
    try:
        connection.request(method, path, body, load.headers)
        answer = connection.getresponse()
        answer.read()
    except (OSError, HTTPException):
        connection.close()
        return False
    return answer.status == 200


def _wrk(program: str, port: int, load: Load, seconds: float, run: str) -> Measured:
    headers = ", ".join(f"[{name!r}] = {value!r}" for name, value in load.headers.items())
    body = f"string.gsub({load.body!r}, '{KEY}', string.format('{run}%020d', n))" if load.body else "nil"
    lua = (
        f"local n, paths = 0, {{{', '.join(map(repr, load.paths))}}}\n"
        "request = function()\n  n = n + 1\n"
        f"  local body = {body}\n"
        f"  return wrk.format('{'POST' if load.body else 'GET'}', paths[n % #paths + 1], {{{headers}}}, body)\nend\n"
    )
    with NamedTemporaryFile("w", encoding="utf-8", suffix=".lua") as script:
        script.write(lua)
        script.flush()
        command = [program, "-t1", f"-c{CONNECTIONS}", f"-d{seconds:.0f}s", "--latency", "-s", script.name]
        address = f"http://127.0.0.1:{port}"
        done = subprocess.run([*command, address], capture_output=True, text=True, check=True, timeout=seconds + 60)
    return _read(done.stdout)


def _read(printed: str) -> Measured:
    per_second = re.search(r"Requests/sec:\s+([\d.]+)", printed)
    failed = re.search(r"Non-2xx or 3xx responses: (\d+)", printed)
    assert per_second, printed
    return Measured(
        float(per_second[1]), _quantile(printed, 50), _quantile(printed, 99), int(failed[1]) if failed else 0
    )


def _quantile(printed: str, share: int) -> float:
    found = re.search(rf"{share}%\s+([\d.]+)(us|ms|s|m)\b", printed)
    assert found, printed
    return float(found[1]) * UNITS[found[2]]
