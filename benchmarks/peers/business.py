"""business-rules (Venmo): rules as data, variables and actions as Python classes."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from importlib import import_module
from typing import Any as Anything
from typing import Final

from benchmarks.peers.translate import NAMES, named, pushed
from benchmarks.workload import Values
from engine.content.conditions import All, Any, Comparison, Condition, FindingIs, Not, Operator
from engine.reasoning.strata import Program, Verdicts

OPERATORS: Final[dict[Operator, str]] = {
    "below": "less_than",
    "at-most": "less_than_or_equal_to",
    "above": "greater_than",
    "at-least": "greater_than_or_equal_to",
}


class BusinessRules:
    """Its ``run_all`` over all rules in the strata's order; an action notes the rule as fired.

    It has no ``not``: negation is pushed down to its opposite operators. Numbers are given as the Decimals that it
    would otherwise make of them at every comparison.
    """

    def __init__(self, program: Program) -> None:
        self._run_all = import_module("business_rules.engine").run_all
        statements = [each for stratum in program.strata for each in stratum]
        self._variables = _variables([each.id for each in statements])
        self._rules = [
            {"conditions": _rule(pushed(each.condition)), "actions": [{"name": "fire", "params": {"rule": each.id}}]}
            for each in statements
        ]

    def prepare(self, values: Values) -> dict[str, Decimal]:
        """Give the measures by name."""
        return {name: Decimal(value) for name, value in named(values).items()}

    def assess(self, given: dict[str, Decimal]) -> Verdicts:
        """Run all rules."""
        fired: dict[str, None] = {}
        self._run_all(self._rules, self._variables(given, fired), _Actions(fired))
        return Verdicts(tuple(fired), ())


class _Actions:
    def __init__(self, fired: dict[str, None]) -> None:
        self._fired = fired

    def fire(self, rule: str) -> None:
        self._fired[rule] = None


def _variables(findings: list[str]) -> Callable[[dict[str, Decimal], dict[str, None]], Anything]:
    """Make a class of variables: the measures, and whether each rule has fired so far."""
    library = import_module("business_rules.variables")

    class Variables(library.BaseVariables):  # type: ignore[misc, name-defined, unused-ignore] # untyped library
        def __init__(self, values: dict[str, Decimal], fired: dict[str, None]) -> None:
            self.values = values
            self.fired = fired

    for name in NAMES.values():
        setattr(Variables, name, library.rule_variable(library.NumericType)(_value_of(name)))
    for name in findings:
        setattr(Variables, name, library.rule_variable(library.BooleanType)(_has_fired(name)))
    return Variables


def _value_of(name: str) -> Callable[[Anything], Decimal]:
    def variable(self: Anything) -> Decimal:
        value: Decimal = self.values[name]
        return value

    return variable


def _has_fired(name: str) -> Callable[[Anything], bool]:
    def variable(self: Anything) -> bool:
        return name in self.fired

    return variable


def _rule(condition: Condition) -> dict[str, Anything]:
    match condition:
        case Comparison(measure, operator, operand):
            return {"name": NAMES[measure], "operator": OPERATORS[operator], "value": Decimal(operand)}
        case FindingIs(finding):
            return {"name": finding, "operator": "is_true", "value": None}
        case Not(FindingIs(finding)):
            return {"name": finding, "operator": "is_false", "value": None}
        case All(parts):
            return {"all": [_rule(part) for part in parts]}
        case Any(parts):
            return {"any": [_rule(part) for part in parts]}
        case _:
            raise TypeError(condition)
