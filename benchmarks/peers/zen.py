"""zen-engine (GoRules): compiled expressions, in two encodings."""

from __future__ import annotations

from importlib import import_module
from itertools import compress
from typing import Final

from benchmarks.peers.translate import Infix, ids_of, named
from benchmarks.workload import Values
from engine.reasoning.strata import Program, Verdicts

PIECE: Final = 128
"""Rules in one expression of ZenInPieces."""


class Zen:
    """One list expression a stratum; a finding that is absent from the context is null, which is not true.

    The best of seven encodings that were tried: what costs most is turning the context into zen's values, so it holds
    the measures and the findings that are true, and nothing else. (Lists of booleans, one a stratum, come next;
    nested objects, JSON text, and names in a list are slower.)
    """

    def __init__(self, program: Program) -> None:
        zen = import_module("zen")
        words = Infix("and", "or", "not ", lambda finding: f"{finding} == true")
        self._strata = [(ids_of(each), zen.compile_expression(words.list_of(each))) for each in program.strata]

    def prepare(self, values: Values) -> dict[str, int]:
        """Give the measures by name."""
        return named(values)

    def assess(self, given: dict[str, int]) -> Verdicts:
        """Evaluate stratum after stratum."""
        context, fired = dict(given), list[str]()
        for ids, expression in self._strata:
            true = tuple(compress(ids, expression.evaluate(context)))
            context.update(dict.fromkeys(true, True))
            fired += true
        return Verdicts(tuple(fired), ())


class ZenInPieces:
    """Expressions of PIECE rules, each given every finding so far.

    Not the best that zen can do, but its cost grows with the square of the rules, as the research's figures for
    zen do (64, 1,155 and 118,000 µs): the nearest stand-in for the encoding that the research measured.
    """

    def __init__(self, program: Program) -> None:
        zen = import_module("zen")
        words = Infix("and", "or", "not ", lambda finding: finding)
        pieces = [
            stratum[start : start + PIECE] for stratum in program.strata for start in range(0, len(stratum), PIECE)
        ]
        self._pieces = [(ids_of(each), zen.compile_expression(words.list_of(each))) for each in pieces]

    def prepare(self, values: Values) -> dict[str, int]:
        """Give the measures by name."""
        return named(values)

    def assess(self, given: dict[str, int]) -> Verdicts:
        """Evaluate piece after piece."""
        context, fired = dict(given), list[str]()
        for ids, expression in self._pieces:
            verdicts = expression.evaluate(context)
            context.update(zip(ids, verdicts, strict=True))
            fired += compress(ids, verdicts)
        return Verdicts(tuple(fired), ())
