"""json-logic-qubit: JsonLogic interpreted in Python."""

from __future__ import annotations

from importlib import import_module
from itertools import compress
from typing import Any as Anything

from benchmarks.peers.translate import NAMES, SYMBOLS, ids_of, named
from benchmarks.workload import Values
from engine.content.conditions import All, Any, Comparison, Condition, FindingIs, Not
from engine.reasoning.strata import Program, Verdicts


class JsonLogic:
    """A list of rules a stratum, which the library evaluates in one call."""

    def __init__(self, program: Program) -> None:
        self._logic = import_module("json_logic").jsonLogic
        self._strata = [(ids_of(each), [_rule(one.condition) for one in each]) for each in program.strata]

    def prepare(self, values: Values) -> dict[str, int]:
        """Give the measures by name."""
        return named(values)

    def assess(self, given: dict[str, int]) -> Verdicts:
        """Evaluate stratum after stratum."""
        data, fired = dict(given), list[str]()
        for ids, rules in self._strata:
            verdicts = self._logic(rules, data)
            data.update(zip(ids, verdicts, strict=True))
            fired += compress(ids, verdicts)
        return Verdicts(tuple(fired), ())


def _rule(condition: Condition) -> dict[str, Anything]:
    match condition:
        case Comparison(measure, "above", operand):  # its ">" calls "<" with the sides swapped
            return {"<": [operand, {"var": NAMES[measure]}]}
        case Comparison(measure, operator, operand):
            return {SYMBOLS[operator]: [{"var": NAMES[measure]}, operand]}
        case FindingIs(finding):
            return {"var": finding}
        case Not(part):
            return {"!": [_rule(part)]}
        case All(parts):
            return {"and": [_rule(part) for part in parts]}
        case Any(parts):
            return {"or": [_rule(part) for part in parts]}
        case _:
            raise TypeError(condition)
