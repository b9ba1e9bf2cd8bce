"""Who takes part: the common shape of an engine in the benchmark, and what is said about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, Protocol, TypeAlias

from benchmarks.workload import Values
from engine.reasoning.strata import Program, Verdicts

Role: TypeAlias = Literal["reference", "ours", "peer"]


class Engine(Protocol):
    """An engine with a rule base loaded."""

    def prepare(self, values: Values) -> Any:
        """Give a profile in the shape this engine likes best; never timed."""

    def assess(self, given: Any) -> Verdicts:
        """Decide every rule for one prepared profile, leaving no trace for the next; timed."""


@dataclass(frozen=True, slots=True)
class Contestant:
    """An engine and how to load it.

    Args:
        name: as the table shows it.
        role: ``reference`` (what the others are checked against), ``ours`` or ``peer``.
        load: from a program to an engine; an ImportError means that it is not installed.
        packages: the distributions whose versions the report names.
        encoding: one line on how the rules are put to it.
    """

    name: str
    role: Role
    load: Callable[[Program], Engine]
    packages: tuple[str, ...] = ()
    encoding: str = ""
