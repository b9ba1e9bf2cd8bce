"""Pelikirja's own evaluators, and the plain reference, as contestants."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Protocol

from benchmarks.contest import Contestant
from benchmarks.workload import Values
from engine.reasoning.compiled import Compiled
from engine.reasoning.durable import Durable
from engine.reasoning.reasoner import Reasoner
from engine.reasoning.strata import Program, Vector, Verdicts
from tests.reasoning.plain import decide


class _Evaluator(Protocol):
    def decide(self, vector: Vector) -> Verdicts: ...


class Plain:
    """The plain interpreter that the tests hold every evaluator against.

    Args:
        program: what it decides.
    """

    def __init__(self, program: Program) -> None:
        self._program = program

    def decide(self, vector: Vector) -> Verdicts:
        """Decide every statement."""
        return decide(self._program, vector)


class OverVectors:
    """One of the engine's evaluators, which take a vector of integers or None.

    Args:
        program: what it decides.
        evaluator: has ``decide(vector)``, and ``close()`` where it holds something.
    """

    def __init__(self, program: Program, evaluator: _Evaluator) -> None:
        self._program = program
        self.assess = evaluator.decide
        self.close: Callable[[], None] = getattr(evaluator, "close", lambda: None)

    def prepare(self, values: Values) -> Vector:
        """Give the vector of the program's measures."""
        return self._program.vector(values)


class Live:
    """The reasoner behind the pages: durable, cross-checked by compiled on every call.

    Args:
        program: what it decides.
    """

    def __init__(self, program: Program) -> None:
        self._program = program
        self._reasoner = Reasoner(program, "live")
        self.close = self._reasoner.close

    def prepare(self, values: Values) -> Vector:
        """Give the vector of the program's measures."""
        return self._program.vector(values)

    def assess(self, given: Vector) -> Verdicts:
        """Decide, and make sure that durable-rules took part.

        Raises:
            RuntimeError: the reasoner answered from one evaluator only, so its time would not be that of both.
        """
        conclusions = self._reasoner.decide(given)
        if conclusions.reasoner != "live":
            raise RuntimeError(f"answered by {conclusions.reasoner} only: {self._reasoner.state}")
        return conclusions.verdicts


def _reference(program: Program) -> OverVectors:
    return OverVectors(program, Plain(program))


def _compiled(program: Program) -> OverVectors:
    return OverVectors(program, Compiled(program))


def _durable(program: Program) -> OverVectors:
    return OverVectors(program, Durable(program))


OWN: Final = (
    Contestant("plain interpreter", "reference", _reference, encoding="walks the condition tree; the reference"),
    Contestant("compiled", "ours", _compiled, encoding="generated Python"),
    Contestant("durable", "ours", _durable, ("durable-rules",), "durable-rules inside its safe subset"),
    Contestant("live", "ours", Live, ("durable-rules",), "durable, cross-checked by compiled on every call"),
)
