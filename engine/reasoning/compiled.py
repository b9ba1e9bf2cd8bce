"""The compiled evaluator: a program as one generated Python function."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from threading import Lock
from typing import Any, TypeAlias

from engine.reasoning.source import Leaves, Source
from engine.reasoning.strata import Program, Vector, Verdicts

Function: TypeAlias = Callable[[Vector], tuple[list[int], list[int]]]
"""From a vector to the numbers of the statements that are true and that are unknown."""


class Compiled:
    """Decides a program by generated Python; safe under threads.

    There are two functions, each generated at first use: a two-valued one for vectors in which every measure that
    is compared is known, and a three-valued one, about half as fast.

    Args:
        program: what is decided.
    """

    def __init__(self, program: Program) -> None:
        self._program = program
        self._id = tuple(statement.id for stratum in program.strata for statement in stratum).__getitem__
        self._leaves = Leaves(program)
        self._compared = sorted({table.place for table in self._leaves.tables})
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
        if None in vector and any(vector[place] is None for place in self._compared):
            decide = self._three_valued or self._generated(three_valued=True)
        else:
            decide = self._two_valued or self._generated(three_valued=False)
        true, unknown = decide(vector)
        return Verdicts(tuple(map(self._id, true)), tuple(map(self._id, unknown)))

    def _generated(self, *, three_valued: bool) -> Function:
        with self._lock:
            if three_valued:
                self._three_valued = self._three_valued or self._generate(three_valued=True)
                return self._three_valued
            self._two_valued = self._two_valued or self._generate(three_valued=False)
            return self._two_valued

    def _generate(self, *, three_valued: bool) -> Function:
        names: dict[str, Any] = {"bisect": bisect_right}
        for number, table in enumerate(self._leaves.tables):
            names[f"E{number}"], names[f"R{number}"] = table.edges, table.rows
        text = Source(self._program, self._leaves, three_valued=three_valued).text()
        exec(compile(text, "<compiled rules>", "exec"), names)  # noqa: S102 - only numbers and our own names in it
        decide: Function = names["decide"]
        return decide
