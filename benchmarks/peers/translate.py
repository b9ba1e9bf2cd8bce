"""From our condition tree to what the peers read: names, expressions in infix notation, negation pushed down."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from benchmarks.workload import MEASURES, Values
from engine.content.conditions import All, Any, Comparison, Condition, FindingIs, Not, Operator
from engine.content.measures import Measure
from engine.reasoning.strata import Program, Statement

NAMES: Final[dict[Measure, str]] = {measure: f"m{i:02}" for i, measure in enumerate(MEASURES)}
"""What the peers call the measures."""

SYMBOLS: Final[dict[Operator, str]] = {"below": "<", "at-most": "<=", "above": ">", "at-least": ">="}
OPPOSITES: Final[dict[Operator, Operator]] = {
    "below": "at-least", "at-least": "below", "above": "at-most", "at-most": "above",
}  # fmt: skip


def named(values: Values) -> dict[str, int]:
    """Give a profile by the peers' names."""
    return {NAMES[measure]: value for measure, value in values.items()}


def ids_of(statements: Sequence[Statement]) -> tuple[str, ...]:
    """Give the statements' ids in order."""
    return tuple(each.id for each in statements)


def places_of(program: Program) -> dict[str, tuple[int, int]]:
    """Give each statement's stratum and its place there."""
    return {
        each.id: (height, place)
        for height, stratum in enumerate(program.strata)
        for place, each in enumerate(stratum)
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Infix:
    """How a peer writes expressions.

    Args:
        conjunction, disjunction, negation: its operators.
        finding: how it reads the finding with a given id.
    """

    conjunction: str
    disjunction: str
    negation: str
    finding: Callable[[str], str]

    def list_of(self, statements: Sequence[Statement]) -> str:
        """Write a list of the statements' truth values."""
        return "[" + ", ".join(self.write(each.condition) for each in statements) + "]"

    def write(self, condition: Condition) -> str:
        """Write one condition.

        Raises:
            TypeError: the workload never has such a condition.
        """
        match condition:
            case Comparison(measure, operator, operand):
                return f"{NAMES[measure]} {SYMBOLS[operator]} {operand}"
            case FindingIs(finding):
                return self.finding(finding)
            case Not(part):
                return f"{self.negation}({self.write(part)})"
            case All(parts):
                return "(" + f" {self.conjunction} ".join(map(self.write, parts)) + ")"
            case Any(parts):
                return "(" + f" {self.disjunction} ".join(map(self.write, parts)) + ")"
            case _:
                raise TypeError(condition)


def negated(condition: Condition) -> Condition:
    """Give the opposite with ``not`` nowhere but on findings, for peers without a general ``not``."""
    match condition:
        case Comparison(measure, operator, operand):
            return Comparison(measure, OPPOSITES[operator], operand)
        case Not(part):
            return pushed(part)
        case All(parts):
            return Any(tuple(map(negated, parts)))
        case Any(parts):
            return All(tuple(map(negated, parts)))
        case _:
            return Not(condition)


def pushed(condition: Condition) -> Condition:
    """Give the same condition with ``not`` nowhere but on findings."""
    match condition:
        case Not(part):
            return negated(part)
        case All(parts):
            return All(tuple(map(pushed, parts)))
        case Any(parts):
            return Any(tuple(map(pushed, parts)))
        case _:
            return condition
