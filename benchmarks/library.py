"""How long the shipped content takes to load, from nothing and as it was kept; ``python -m benchmarks.library``."""

from __future__ import annotations

import gc
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Final

from engine.content.cache import load_cached
from engine.content.library import load

ROOT: Final = Path(__file__).resolve().parent.parent
REPEATED: Final = 15
GOALS: Final = {"from nothing": 1000.0, "from what was kept": 200.0}
"""Milliseconds in which the whole library shall be there, scenarios and all."""


def report() -> str:
    """Load the whole library in turns, and give the medians, the least, the goals and their ratio."""
    with TemporaryDirectory() as folder:
        store = Path(folder)
        ways: dict[str, Callable[[], object]] = {
            "from nothing": lambda: load(ROOT),
            "from what was kept": lambda: load_cached(ROOT, thorough=True, store=store),
        }
        times: dict[str, list[float]] = {name: [] for name in ways}
        load_cached(ROOT, thorough=True, store=store)
        for _ in range(REPEATED):
            for name, way in ways.items():
                times[name].append(_milliseconds(way))
        lines = [_line(name, each, GOALS[name]) for name, each in times.items()]
    ratio = median(times["from nothing"]) / median(times["from what was kept"])
    started = [_milliseconds(_process) for _ in range(3)]
    return "\n".join(
        [
            f"{'the whole library':42} {'median ms':>9} {'least ms':>9}",
            *lines,
            f"kept is {ratio:.1f} times as fast",
            _line("from nothing, Python's start and imports too", started, GOALS["from nothing"]),
        ]
    )


def _line(name: str, times: list[float], goal: float) -> str:
    verdict = "reached" if median(times) <= goal else "missed"
    return f"{name:42} {median(times):9.0f} {min(times):9.0f}   goal {goal:.0f} ms: {verdict}"


def _milliseconds(way: Callable[[], object]) -> float:
    gc.collect()
    start = perf_counter()
    way()
    return 1000 * (perf_counter() - start)


def _process() -> None:
    code = f"from pathlib import Path; from engine.content.library import load; load(Path({str(ROOT)!r}))"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)


if __name__ == "__main__":
    print(report())
