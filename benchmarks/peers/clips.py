"""clipspy: CLIPS 6.4, a forward-chaining engine with a Rete network in C."""

from __future__ import annotations

from importlib import import_module
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.peers.translate import NAMES, SYMBOLS, named, pushed
from benchmarks.workload import Values
from engine.content.conditions import All, Any, Comparison, Condition, FindingIs, Not
from engine.reasoning.strata import Program, Statement, Verdicts


class Clips:
    """Rules loaded once; every assessment resets the facts, asserts the measures and runs the agenda.

    Ordered facts, one a measure (``(m03 2410)``) and one a finding (``(f00012)``). Salience runs the strata in order,
    so that ``not`` sees final findings. The measures go in as the arguments of one CLIPS function and the fired rules
    come out as one text: asserting and reading facts through Python objects is several times slower, and the objects
    of clipspy 1.0.6 are never released.
    """

    def __init__(self, program: Program) -> None:
        self._environment = import_module("clips").Environment()
        rules = [_rule(each, salience=-height) for height, stratum in enumerate(program.strata) for each in stratum]
        with TemporaryDirectory() as directory:  # from a file ten times as fast as one `build` a rule
            path = Path(directory, "rules.clp")
            path.write_text("\n".join(['(defglobal ?*fired* = "")', *rules, _assess()]), encoding="ascii")
            self._environment.load(str(path))

    def prepare(self, values: Values) -> list[int]:
        """Give the measures in the order of the function's parameters."""
        return list(named(values).values())

    def assess(self, given: list[int]) -> Verdicts:
        """Reset, assert, run, read."""
        self._environment.reset()
        text: str = self._environment.call("assess", *given)
        return Verdicts(tuple(dict.fromkeys(text.split())), ())  # a rule with `or` may fire once a branch


def _assess() -> str:
    parameters = " ".join(f"?{name}" for name in NAMES.values())
    facts = " ".join(f"(assert ({name} ?{name}))" for name in NAMES.values())
    return f"(deffunction assess ({parameters}) {facts} (run) ?*fired*)"


def _rule(statement: Statement, salience: int) -> str:
    branches = [_branch(each) for each in _alternatives(pushed(statement.condition))]
    when = branches[0] if len(branches) == 1 else "(or " + " ".join(f"(and {each})" for each in branches) + ")"
    then = f'(assert ({statement.id})) (bind ?*fired* (str-cat ?*fired* "{statement.id} "))'
    return f"(defrule {statement.id} (declare (salience {salience})) {when} => {then})"


def _branch(patterns: tuple[Condition, ...]) -> str:
    """Write a conjunction, with the patterns that must be absent last."""
    ordered = sorted(patterns, key=lambda each: isinstance(each, Not))
    return " ".join(_pattern(each, place) for place, each in enumerate(ordered))


def _pattern(condition: Condition, place: int) -> str:
    match condition:
        case Comparison(measure, operator, operand):
            return f"({NAMES[measure]} ?x{place}&:({SYMBOLS[operator]} ?x{place} {operand}))"
        case FindingIs(finding):
            return f"({finding})"
        case Not(FindingIs(finding)):
            return f"(not ({finding}))"
        case _:
            raise TypeError(condition)


def _alternatives(condition: Condition) -> list[tuple[Condition, ...]]:
    """Give the condition as alternatives, each a conjunction of patterns."""
    match condition:
        case Any(parts):
            return [each for part in parts for each in _alternatives(part)]
        case All(parts):
            return [sum(each, ()) for each in product(*map(_alternatives, parts))]
        case _:
            return [(condition,)]
