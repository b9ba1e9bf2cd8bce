"""The compiled evaluator: a program as a generated Python function."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import Any, TypeAlias

from engine.reasoning.source import Source
from engine.reasoning.strata import Program, Vector, Verdicts
from engine.reasoning.watching import Watching

Outcome: TypeAlias = tuple[tuple[str, ...], tuple[str, ...]]
"""The ids of the statements that are true and of those that are unknown."""

Function: TypeAlias = Callable[[Vector], Outcome | None]
"""What is generated; None is the two-valued one's answer where something that is compared is unknown."""


class Compiled:
    """Decides a program by generated Python; safe under threads.

    There are two functions, each generated at first use: a two-valued one, and a three-valued one for vectors in which
    a measure that is compared is unknown.

    Args:
        program: what is decided.
    """

    def __init__(self, program: Program) -> None:
        self._program = program
        self._watching = Watching(program)
        self._lock = Lock()
        self._two_valued: Function | None = None
        self._three_valued: Function | None = None

    def decide(self, vector: Vector) -> Verdicts:
        """Decide every statement.

        Args:
            vector: a value in thousandths, or None, for each of the program's measures in their order.

        Raises:
            ValueError: the vector has not one value per measure.
        """
        two_valued = self._two_valued
        if two_valued is None and None not in vector:  # otherwise it may never be needed
            two_valued = self._generated(three_valued=False)
        outcome = two_valued(vector) if two_valued else None
        outcome = outcome or (self._three_valued or self._generated(three_valued=True))(vector)
        assert outcome
        return Verdicts(*outcome)

    def _generated(self, *, three_valued: bool) -> Function:
        with self._lock:
            if three_valued:
                self._three_valued = self._three_valued or self._generate(three_valued=True)
                return self._three_valued
            self._two_valued = self._two_valued or self._generate(three_valued=False)
            return self._two_valued

    def _generate(self, *, three_valued: bool) -> Function:
        names: dict[str, Any] = {}
        text = Source(self._program, self._watching, three_valued=three_valued).text()
        exec(compile(text, "<compiled rules>", "exec"), names)  # noqa: S102 - only our own names, numbers and quoted ids
        decide: Function = names["decide"]
        return decide
