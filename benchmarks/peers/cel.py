"""common-expression-language: CEL in Rust, compiled programs."""

from __future__ import annotations

from importlib import import_module
from itertools import compress

from benchmarks.peers.translate import Infix, ids_of, named, places_of
from benchmarks.workload import Values
from engine.reasoning.strata import Program, Verdicts


class Cel:
    """One list expression a stratum; a finding is read from its stratum's list of booleans."""

    def __init__(self, program: Program) -> None:
        cel = import_module("cel")
        self._context = cel.Context
        places = places_of(program)
        words = Infix("&&", "||", "!", lambda finding: "r{}[{}]".format(*places[finding]))
        self._strata = [(ids_of(each), cel.compile(words.list_of(each))) for each in program.strata]

    def prepare(self, values: Values) -> dict[str, int]:
        """Give the measures by name."""
        return named(values)

    def assess(self, given: dict[str, int]) -> Verdicts:
        """Execute stratum after stratum in one context."""
        context, fired = self._context(given), list[str]()
        for height, (ids, program) in enumerate(self._strata):
            verdicts = program.execute(context)
            context.add_variable(f"r{height}", verdicts)
            fired += compress(ids, verdicts)
        return Verdicts(tuple(fired), ())
