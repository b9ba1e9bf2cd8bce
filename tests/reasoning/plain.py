"""A plain three-valued interpreter: slow, recursive and obviously right; what every evaluator is compared with."""

from __future__ import annotations

from engine.content.conditions import All, Any, Comparison, Condition, FindingIs, Known, Not, Some
from engine.content.measures import Measure
from engine.reasoning.strata import Program, Vector, Verdicts


def decide(program: Program, vector: Vector) -> Verdicts:
    """Decide every statement, as design/rules.md defines it.

    Args:
        program: what is decided.
        vector: a value in thousandths, or None, for each of the program's measures in their order.
    """
    values = dict(zip(program.measures, vector, strict=True))
    decided: dict[str, bool | None] = {}
    for stratum in program.strata:
        for statement in stratum:
            decided[statement.id] = verdict(statement.condition, values, decided)
    true = tuple(name for name, value in decided.items() if value is True)
    unknown = tuple(name for name, value in decided.items() if value is None)
    return Verdicts(true, unknown)


def verdict(condition: Condition, values: dict[Measure, int | None], decided: dict[str, bool | None]) -> bool | None:
    """Give true, false, or None for unknown."""
    match condition:
        case Comparison(measure):
            value = values[measure]
            return None if value is None else compare(condition, value)
        case Known(measure):
            return values[measure] is not None
        case FindingIs(finding):
            return decided[finding]
        case Not(part):
            inner = verdict(part, values, decided)
            return None if inner is None else not inner
        case All(parts):
            return at_least(len(parts), [verdict(part, values, decided) for part in parts])
        case Any(parts):
            return at_least(1, [verdict(part, values, decided) for part in parts])
        case Some(count, parts):
            return at_least(count, [verdict(part, values, decided) for part in parts])


def at_least(count: int, verdicts: list[bool | None]) -> bool | None:
    """Say whether at least so many hold; unknown where that depends on the unknown ones."""
    if verdicts.count(True) >= count:
        return True
    if verdicts.count(True) + verdicts.count(None) < count:
        return False
    return None


def compare(comparison: Comparison, value: int) -> bool:
    """Compare a known value as the operator's name says."""
    match comparison.operator:
        case "below":
            return value < comparison.operand
        case "at-most":
            return value <= comparison.operand
        case "above":
            return value > comparison.operand
        case "at-least":
            return value >= comparison.operand
        case "is":
            return value == comparison.operand
        case "within":
            return comparison.operand <= value <= comparison.upper
