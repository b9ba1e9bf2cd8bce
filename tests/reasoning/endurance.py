"""Memory and threads over a long life: ``python -m tests.reasoning.endurance``."""

from __future__ import annotations

import argparse
import gc
import os
import resource
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

from engine.reasoning.reasoner import Reasoner
from tests.reasoning import generated

SHAPE = generated.Shape(statements=160, measures=25, strata=3, depth=2, unknown=0.04)

MEGABYTE = 2**20


@dataclass(frozen=True, slots=True)
class Growth:
    """What some work left behind, after as much of it again as warmed everything up.

    Args:
        times: how often it was done.
        memory: bytes of resident memory.
        threads: of the operating system.
    """

    times: int
    memory: int
    threads: int

    def __str__(self) -> str:
        return f"{self.times:,} times: {self.memory / MEGABYTE:+.2f} MB, {self.threads:+} threads"


def memory() -> int:
    """Give the process's resident memory in bytes."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()


def threads() -> int:
    """Give the number of threads, also of those that Python does not know."""
    return len(os.listdir("/proc/self/task"))


def growth(work: Callable[[], object], times: int, warm: int) -> Growth:
    """Do some work, and give what it left behind once it had been done before.

    Args:
        work: what is done.
        times: how often.
        warm: how often before the first look.
    """
    for _ in range(warm):
        work()
    gc.collect()
    before = memory(), threads()
    for _ in range(times):
        work()
    gc.collect()
    return Growth(times, memory() - before[0], threads() - before[1])


def evaluations(times: int, warm: int) -> Growth:
    """Give what live evaluations leave behind."""
    random = Random(1)
    program = generated.program(random, SHAPE)
    vectors = [generated.vector(random, SHAPE, program) for _ in range(100)]
    with Reasoner(program) as reasoner:
        found = growth(lambda: reasoner.decide(random.choice(vectors)), times, warm)
        assert reasoner.state == "ok"
    return found


def replacements(times: int, warm: int) -> Growth:
    """Give what replacing a live reasoner leaves behind: half of them closed, half of them only dropped."""
    random = Random(2)
    program = generated.program(random, SHAPE)
    vector = generated.vector(random, SHAPE, program)

    def replace() -> None:
        reasoner = Reasoner(program)
        assert reasoner.decide(vector).reasoner == "live"
        if random.random() < 0.5:
            reasoner.close()

    return growth(replace, times, warm)


def main() -> int:
    """Run from the command line; 1 where memory grew by two megabytes, or threads at all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--evaluations", type=int, default=20_000)
    parser.add_argument("--replacements", type=int, default=200)
    given = parser.parse_args()
    found = {
        "evaluations": evaluations(given.evaluations, 2000),
        "replacements": replacements(given.replacements, 50),
    }
    for name, each in found.items():
        print(f"{name}, {each}", flush=True)
    return 1 if any(each.memory > 2 * MEGABYTE or each.threads for each in found.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
