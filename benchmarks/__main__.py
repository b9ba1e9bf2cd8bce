"""The command: ``python -m benchmarks``; README.md says how to read what it prints."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from benchmarks import advising, report
from benchmarks.goals import goals
from benchmarks.own import OWN
from benchmarks.peers import PEERS
from benchmarks.timing import Result, Task, contest
from benchmarks.workload import make

SIZES: Final = (100, 160, 1_000, 10_000)


@dataclass(frozen=True, slots=True)
class Settings:
    """How long to measure.

    Args:
        sizes: numbers of rules.
        profiles: how many profiles; each engine's answer is checked on every one.
        rounds: turns of each engine.
        budget: seconds of a turn.
        seed: of the workload.
    """

    sizes: tuple[int, ...] = SIZES
    profiles: int = 100
    rounds: int = 9
    budget: float = 1.0
    seed: int = 2026


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark; the status is 1 if one of our own engines was wrong or failed, else 0."""
    options = _parser().parse_args(arguments)
    settings = _settings(options)
    about = report.machine((*OWN, *PEERS))
    print(report.machine_text(about), "\n\nEncodings\n", report.encodings((*OWN, *PEERS)), sep="")
    whole = {size: _measure(settings, size, gaps=False) for size in settings.sizes}
    gaps = {size: _measure(settings, size, gaps=True) for size in settings.sizes}
    judged = goals(_by_name(whole), _by_name(gaps))
    print(f"\n{report.goals_text(judged)}")
    print(f"\n{advising.report(options.quick)}")
    contests = {_title(size, False): each for size, each in whole.items()}
    contests |= {_title(size, True): each for size, each in gaps.items()}
    if options.json:
        found = report.data(about, contests, judged, asdict(settings))
        options.json.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return int(any(_ours_is_wrong(each) for results in contests.values() for each in results))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a short run: fewer profiles and rounds")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write everything to FILE")
    parser.add_argument("--rules", type=int, nargs="+", metavar="N", default=SIZES, help="sizes of the rule base")
    parser.add_argument("--seed", type=int, default=2026, help="of the workload (default: %(default)s)")
    return parser


def _settings(options: argparse.Namespace) -> Settings:
    sizes = tuple(options.rules)
    if options.quick:
        return Settings(sizes, profiles=20, rounds=3, budget=0.2, seed=options.seed)
    return Settings(sizes, seed=options.seed)


def _measure(settings: Settings, size: int, *, gaps: bool) -> list[Result]:
    """Hold one contest and print its table; with gaps only among engines that know what unknown is."""
    workload = make(size, settings.profiles, settings.seed)
    task = Task(workload.program, workload.gaps if gaps else workload.profiles, workload.actions)
    results = contest(OWN if gaps else (*OWN, *PEERS), task, settings.rounds, settings.budget)
    fired = sum(len(each.true) for each in task.expected) / len(task.expected)
    print(f"\n{report.table(f'{_title(size, gaps)} ({fired:.0f} fire on average)', results)}", flush=True)
    return results


def _title(size: int, gaps: bool) -> str:
    return f"{size:,} rules, " + ("4 % of measures unknown" if gaps else "whole profiles")


def _by_name(contests: dict[int, list[Result]]) -> dict[int, dict[str, Result]]:
    return {size: {each.contestant.name: each for each in results} for size, results in contests.items()}


def _ours_is_wrong(result: Result) -> bool:
    return result.contestant.role != "peer" and result.status in ("wrong", "failed")


if __name__ == "__main__":
    raise SystemExit(main())
