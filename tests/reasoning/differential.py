"""Every evaluator against the plain interpreter: ``python -m tests.reasoning.differential --pairs 100000``."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from random import Random

from engine.reasoning.compiled import Compiled
from engine.reasoning.durable import Durable
from engine.reasoning.strata import Program, Vector
from tests.reasoning import generated, plain


@dataclass(slots=True)
class Figures:
    """What a run has seen.

    Args:
        programs, pairs, verdicts: programs; programs with a vector; statements decided by each evaluator.
        true, unknown: how many of the verdicts were so.
        statements: the most in one program.
        fired: the most that were true at once.
        mismatches: pairs on which some evaluator and the plain interpreter differ.
    """

    programs: int = 0
    pairs: int = 0
    verdicts: int = 0
    true: int = 0
    unknown: int = 0
    statements: int = 0
    fired: int = 0
    mismatches: int = 0

    def __str__(self) -> str:
        return ", ".join(f"{name} {getattr(self, name):,}" for name in self.__slots__)


def compare(program: Program, vectors: Iterable[Vector], figures: Figures) -> list[Vector]:
    """Decide a program for each vector by every evaluator, and give the vectors on which they differ.

    Args:
        program: what is decided.
        vectors: for it.
        figures: are added to.
    """
    different = []
    statements = sum(map(len, program.strata))
    compiled, durable = Compiled(program), Durable(program)
    for vector in vectors:
        expected = plain.decide(program, vector)
        if not expected == compiled.decide(vector) == durable.decide(vector):
            different.append(vector)
        figures.pairs += 1
        figures.verdicts += statements
        figures.true += len(expected.true)
        figures.unknown += len(expected.unknown)
        figures.fired = max(figures.fired, len(expected.true))
    durable.close()
    figures.mismatches += len(different)
    figures.programs += 1
    figures.statements = max(figures.statements, statements)
    return different


def run(pairs: int, seed: int, say: Callable[[str], None], *, every: int = 60, vectors: int = 6) -> Figures:
    """Compare on random programs until so many pairs are reached.

    Args:
        pairs: how many, at least.
        seed: of the first program; the next has the next, so that each can be had alone.
        say: is told of every mismatch, and how far it is.
        every: one program in so many is large, and one has wide conditions.
        vectors: for each program.
    """
    figures = Figures()
    while figures.pairs < pairs:
        number = seed + figures.programs
        random = Random(number)
        shapes = {0: generated.large, 1: generated.wide}
        shape = shapes.get(number % every, generated.small)(random)
        program = generated.program(random, shape)
        some = [generated.vector(random, shape, program) for _ in range(vectors)]
        for vector in compare(program, some, figures):
            say(f"mismatch: seed {number}, {vector}")
        if figures.programs % 1000 == 0:
            say(str(figures))
    return figures


def main() -> int:
    """Run from the command line; 1 where anything differed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    start = time.monotonic()
    figures = run(given.pairs, given.seed, lambda text: print(text, flush=True))
    print(f"{figures}, {time.monotonic() - start:.0f} s")
    return 1 if figures.mismatches else 0


if __name__ == "__main__":
    sys.exit(main())
