"""The live evaluator: forward chaining by durable-rules. The only module that imports it.

The library's own host is not used: it starts threads that never stop. The extension below it is driven directly,
inside the subset in which it was found to be right; research/durable-rules.md lists what lies outside.
"""

from __future__ import annotations

import weakref
from collections.abc import Sequence
from itertools import compress
from operator import ne
from threading import Lock
from typing import Final, Protocol, cast

from engine.errors import PelikirjaError
from engine.reasoning.facts import Facts, Plan
from engine.reasoning.lowering import Lowered
from engine.reasoning.rulesets import GUARD
from engine.reasoning.strata import Program, Vector, Verdicts

REINSTALL: Final = (
    "CPPFLAGS=-DPyEval_CallObject=PyObject_CallObject pip install --force-reinstall"
    " --no-binary durable-rules --no-cache-dir durable-rules"
)
"""What cures an installation that was built without the flag: from Python 3.13 on it builds, and cannot be imported."""

FACT: Final = '{"id":"f","sid":"s"}'
NOTHING_MATCHED: Final = 1
NAME: Final = slice(2, 5)
"""Where a rule's name stands in what the library says when it fires."""


class DurableUnavailable(PelikirjaError):
    """durable-rules cannot be imported."""


class DurableFailed(PelikirjaError):
    """durable-rules did not do what it does; the rulesets are rebuilt before they are used again."""


class DurableClosed(PelikirjaError):
    """The evaluator was closed and decides nothing any more."""


class Extension(Protocol):
    """The part of durable-rules' extension that is used."""

    def create_ruleset(self, name: str, definition: str, /) -> int:
        """Make a ruleset and give its handle."""

    def delete_ruleset(self, handle: int, /) -> None:
        """Free a ruleset, but not its states."""

    def delete_state(self, handle: int, sid: str, /) -> None:
        """Free a state in which some action ran."""

    def assert_fact(self, handle: int, fact: str, /) -> tuple[int, int]:
        """Match a fact; give 0, or 1 where nothing matched, and the number of its state."""

    def start_action_for_state(self, handle: int, state: int, /) -> tuple[str, str] | None:
        """Give a state's fact and the first rule to fire."""

    def complete_and_start_action(self, handle: int, state: int, /) -> str | None:
        """Finish one rule and give the next."""

    def retract_fact(self, handle: int, fact: str, /) -> tuple[int, int]:
        """Take a fact back."""


def _extension() -> Extension:
    try:
        import durable_rules_engine  # noqa: PLC0415 - everything else works where it cannot be imported
    except ImportError as error:
        raise DurableUnavailable(f"durable-rules cannot be imported; reinstall it: {REINSTALL}") from error
    return cast(Extension, durable_rules_engine)


class Durable:
    """Decides a program by durable-rules; safe under threads, one call at a time.

    It holds memory outside Python (some 25 kB for each rule, and 100 kB for each stage) until it is closed or
    collected.

    Args:
        program: what is decided.

    Raises:
        DurableUnavailable: durable-rules cannot be imported.
    """

    def __init__(self, program: Program) -> None:
        self._ids = tuple(statement.id for stratum in program.strata for statement in stratum)
        self._measures = len(program.measures)
        self._plan = Plan(Lowered(program), self._measures)
        definitions = [step.definition for stage in self._plan.stages for step in stage.steps]
        self._rulesets = _Rulesets(_extension(), definitions)
        self._lock = Lock()
        self._closed = False

    def decide(self, vector: Vector) -> Verdicts:
        """Decide every statement.

        Args:
            vector: a value in thousandths, or None, for each of the program's measures in their order.

        Raises:
            ValueError: the vector has not one value per measure, or one beyond a thousand million.
            DurableClosed: it was closed.
            DurableFailed: the library did what it never should; its own errors pass through too.
        """
        if len(vector) != self._measures:
            raise ValueError("the vector has not one value per measure of the program")
        true = self._plan.facts(vector, possible=False)
        possible = self._plan.facts(vector, possible=True) if None in vector else true
        with self._lock:
            if self._closed:
                raise DurableClosed("the evaluator was closed")
            self._run(true, possible)
        return self._verdicts(true.flags, possible.flags)

    def close(self) -> None:
        """Free the rulesets, after the call that is running; closing again does nothing."""
        with self._lock:
            self._closed = True
            self._rulesets.delete()

    def _run(self, true: Facts, possible: Facts) -> None:
        self._rulesets.create()
        try:
            self._chain(true, possible)
        except BaseException:
            # a ruleset that was left between two calls would answer wrongly, and silently
            self._rulesets.delete()
            raise

    def _chain(self, true: Facts, possible: Facts) -> None:
        number = 0
        for stage in self._plan.stages:
            stage.count(true)
            stage.count(possible)
            for step in stage.steps:
                fact = step.fact(true)
                fired = self._rulesets.fire(number, fact)
                step.conclude(fired, true)
                if possible is not true:
                    second = step.fact(possible)
                    step.conclude(fired if second == fact else self._rulesets.fire(number, second), possible)
                number += 1
            stage.deny(true, possible)

    def _verdicts(self, true: Sequence[int], possible: Sequence[int]) -> Verdicts:
        if true is possible:
            return Verdicts(tuple(compress(self._ids, true)), ())
        return Verdicts(tuple(compress(self._ids, true)), tuple(compress(self._ids, map(ne, true, possible))))


class _Rulesets:
    """The library's rulesets, each with one state that every fact is asserted in and retracted from.

    Args:
        extension: durable-rules' extension.
        definitions: one for each ruleset.
    """

    def __init__(self, extension: Extension, definitions: Sequence[str]) -> None:
        self._extension = extension
        self._definitions = definitions
        self._handles: list[int] = []
        weakref.finalize(self, _delete, extension, self._handles).atexit = False
        self.create()

    def create(self) -> None:
        """Make the rulesets, unless they are there."""
        while len(self._handles) < len(self._definitions):
            handle = self._extension.create_ruleset("pelikirja", self._definitions[len(self._handles)])
            self._warm_up(handle)
            self._handles.append(handle)

    def delete(self) -> None:
        """Free the rulesets."""
        _delete(self._extension, self._handles)

    def fire(self, number: int, fact: str) -> list[str]:
        """Assert a fact, give the names of the rules that fire, and retract it."""
        return self._fire(self._handles[number], fact)

    def _fire(self, handle: int, fact: str) -> list[str]:
        code, state = self._extension.assert_fact(handle, fact)
        if code == NOTHING_MATCHED:
            return []
        started = None if code else self._extension.start_action_for_state(handle, state)
        if started is None:
            raise DurableFailed("durable-rules took a fact and fired nothing")
        fired = []
        message: str | None = started[1]
        while message is not None:
            fired.append(message[NAME])
            message = self._extension.complete_and_start_action(handle, state)
        self._extension.retract_fact(handle, FACT)
        return fired

    def _warm_up(self, handle: int) -> None:
        """Let one action run, without which deleting the state would abort the process."""
        if self._fire(handle, GUARD) != ["gua"]:
            raise DurableFailed("durable-rules did not fire the guard rule")


def _delete(extension: Extension, handles: list[int]) -> None:
    while handles:
        handle = handles.pop()
        extension.delete_state(handle, "s")  # first: deleting the ruleset would leak it
        extension.delete_ruleset(handle)
