"""What is printed and what is written as JSON."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from benchmarks.contest import Contestant
from benchmarks.goals import Goal
from benchmarks.timing import Result


def machine(contestants: Iterable[Contestant]) -> dict[str, Any]:
    """Describe where this ran: Python, platform, processors, load, and the versions of what is compared."""
    packages = sorted({package for each in contestants for package in each.packages})
    return {
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "platform": platform.platform(),
        "processors": os.cpu_count(),
        "load": round(os.getloadavg()[0], 2),
        "versions": {package: _version(package) for package in packages},
    }


def machine_text(about: dict[str, Any]) -> str:
    """Write the description in a few lines."""
    versions = ", ".join(f"{name} {number}" for name, number in about["versions"].items())
    return (
        f"{about['python']}, {about['platform']}, {about['processors']} processors, load {about['load']}\n{versions}"
    )  # fmt: skip


def encodings(contestants: Sequence[Contestant]) -> str:
    """Say how the rules are put to each engine."""
    return "\n".join(f"  {each.name:<27} {each.encoding}" for each in contestants)


def table(title: str, results: Sequence[Result]) -> str:
    """Write one contest as a table: who was right by time, then the others with the reason."""
    compiled = next((each for each in results if each.contestant.name == "compiled" and each.counts), None)
    columns = f"{'median µs':>11} {'p99 µs':>11} {'× compiled':>10} {'load ms':>9} {'timed':>6} {'checked':>7}"
    head = f"{'engine':<27} {columns}"
    timed = sorted((each for each in results if each.counts), key=lambda each: each.median)
    others = [each for each in results if not each.counts]
    lines = [*(_row(each, compiled) for each in timed), *(_reason(each) for each in others)]
    return "\n".join([title, head, "-" * len(head), *lines])


def goals_text(goals: Sequence[Goal]) -> str:
    """Write the goals, then the ratios that are shown beside them."""
    binding = [_goal(each) for each in goals if each.binding]
    beside = [_goal(each) for each in goals if not each.binding]
    heading = "Beside them: no goals, the same ratios on other yardsticks (README.md says why)"
    return "\n".join(["Goals", *binding, heading, *beside])


def data(
    about: dict[str, Any], contests: Mapping[str, Sequence[Result]], goals: Sequence[Goal], settings: dict[str, Any]
) -> dict[str, Any]:
    """Give everything as plain data for JSON."""
    return {
        "machine": about,
        "settings": settings,
        "contests": {title: [_as_data(each) for each in results] for title, results in contests.items()},
        "goals": [
            {"name": each.name, "value": each.value, "bound": each.bound, "at-least": each.at_least,
             "binding": each.binding, "verdict": each.verdict}
            for each in goals
        ],
    }  # fmt: skip


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "missing"


def _row(result: Result, compiled: Result | None) -> str:
    times = f"{result.median / compiled.median:>10.1f}" if compiled else f"{'–':>10}"
    return (
        f"{result.contestant.name:<27} {result.median:>11,.1f} {result.quantile(0.99):>11,.1f} {times} "
        f"{result.load_ms:>9,.1f} {len(result.samples):>6} {result.checked:>7}"
    )


def _reason(result: Result) -> str:
    return f"{result.contestant.name:<27} {result.status.upper()}: {result.note}"


def _goal(goal: Goal) -> str:
    value = "–" if goal.value is None else f"{goal.value:.2f}"
    sign = "≥" if goal.at_least else "≤"
    return f"  {goal.verdict:<12} {value:>7}  {sign} {goal.bound:<6.2f} {goal.name}"


def _as_data(result: Result) -> dict[str, Any]:
    timed = result.counts
    return {
        "engine": result.contestant.name,
        "role": result.contestant.role,
        "status": result.status,
        "note": result.note,
        "median-us": result.median if timed else None,
        "p99-us": result.quantile(0.99) if timed else None,
        "load-ms": result.load_ms,
        "timed": len(result.samples),
        "checked": result.checked,
    }
