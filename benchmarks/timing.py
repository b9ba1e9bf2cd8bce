"""Loading, checking and timing: engines take turns, and every single answer is compared with the reference."""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from time import perf_counter_ns
from typing import Any, Final

from benchmarks.contest import Contestant, Engine
from benchmarks.own import Plain
from benchmarks.workload import Values, in_order, make, vectors
from engine.reasoning.strata import Program, Verdicts

WARM_UP: Final = 3
"""Assessments at the start of each turn that are not timed: the turn before left the caches full of its own."""

FEWEST: Final = 3
"""Timed assessments in a turn, however slow."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What the reference says of one profile."""

    true: frozenset[str]
    unknown: frozenset[str]
    actions: tuple[str, ...]

    def agrees(self, verdicts: Verdicts, actions: Sequence[str]) -> bool:
        """Say whether an engine's answer is the same: the same rules, none twice, the actions in the same order."""
        same_length = len(verdicts.true) == len(self.true) and len(verdicts.unknown) == len(self.unknown)
        return (
            same_length
            and self.true == frozenset(verdicts.true)
            and self.unknown == frozenset(verdicts.unknown)
            and self.actions == tuple(actions)
        )


@dataclass(slots=True)
class Result:
    """How one engine did on one rule base.

    Args:
        contestant: the engine.
        status: ``right``, ``wrong`` (some answer differed), ``failed`` (it raised) or ``skipped`` (not installed).
        note: what failed or is missing; how many answers were wrong.
        load_ms: to load the rules and answer once, in milliseconds.
        samples: nanoseconds, one for each timed assessment.
    """

    contestant: Contestant
    status: str = "right"
    note: str = ""
    load_ms: float = 0.0
    samples: list[int] = field(default_factory=list)
    checked: int = 0
    wrong: int = 0

    def quantile(self, share: float) -> float:
        """Give the time in microseconds that this share of the assessments did not exceed."""
        ordered = sorted(self.samples)
        return ordered[min(int(share * len(ordered)), len(ordered) - 1)] / 1000

    @property
    def median(self) -> float:
        """Give the median in microseconds."""
        return self.quantile(0.5)

    @property
    def counts(self) -> bool:
        """Say whether its times mean anything: it was there and right every time."""
        return self.status == "right" and bool(self.samples)

    def note_answer(self, right: bool) -> None:
        """Count one compared answer."""
        self.checked += 1
        self.wrong += not right
        if self.wrong:
            self.status, self.note = "wrong", f"{self.wrong} of {self.checked} answers wrong"


@dataclass(slots=True)
class Task:
    """What all engines are given.

    Args:
        program: the rules.
        profiles: the profiles.
        actions: the ids of the actions.
    """

    program: Program
    profiles: Sequence[Values]
    actions: frozenset[str]
    expected: list[Expected] = field(init=False)

    def __post_init__(self) -> None:
        reference = Plain(self.program)
        self.expected = [self._expect(reference.decide(vector)) for vector in vectors(self.program, self.profiles)]

    def _expect(self, verdicts: Verdicts) -> Expected:
        actions = tuple(in_order(self.actions, verdicts.true))
        return Expected(frozenset(verdicts.true), frozenset(verdicts.unknown), actions)


class Turns:
    """One engine's part in a contest: its load, its check, and its turns.

    Args:
        contestant: the engine.
        task: what it is given.
    """

    def __init__(self, contestant: Contestant, task: Task) -> None:
        self.result = Result(contestant)
        self._task = task
        self._engine: Engine | None = None
        self._given: list[Any] = []
        self._guarded(self._import)
        self._guarded(self._load)
        self._guarded(self._check)

    def take(self, budget_ns: int) -> None:
        """Take a turn: assess the profiles in order until they or the time run out."""
        if self._engine and self.result.status == "right":
            self._guarded(lambda: self._timed(budget_ns))

    def close(self) -> None:
        """Free what the engine holds."""
        if self._engine:
            _close(self._engine)
        self._engine = None

    def _import(self) -> None:
        """Load and use a tiny rule base first, so that no library's import is counted as loading rules."""
        tiny = make(10, 1)
        engine = self.result.contestant.load(tiny.program)
        engine.assess(engine.prepare(tiny.profiles[0]))
        _close(engine)

    def _load(self) -> None:
        first = self._task.profiles[0]
        start = perf_counter_ns()
        engine = self.result.contestant.load(self._task.program)
        engine.assess(engine.prepare(first))
        self.result.load_ms = (perf_counter_ns() - start) / 1e6
        self._given = [engine.prepare(values) for values in self._task.profiles]
        self._engine = engine

    def _check(self) -> None:
        """Compare the answers of every profile, whether or not a turn has time for all of them."""
        for given, expected in zip(self._given, self._task.expected, strict=True):
            self._once(given, expected)

    def _timed(self, budget_ns: int) -> None:
        gc.collect()
        pairs = list(zip(self._given, self._task.expected, strict=True))
        for given, expected in pairs[:WARM_UP]:
            self._once(given, expected)
        end = perf_counter_ns() + budget_ns
        for number, (given, expected) in enumerate(pairs):
            if number >= FEWEST and perf_counter_ns() > end:
                break
            self.result.samples.append(self._once(given, expected))

    def _once(self, given: object, expected: Expected) -> int:
        """Assess once; give the nanoseconds, without those of the comparison."""
        assert self._engine
        start = perf_counter_ns()
        verdicts = self._engine.assess(given)
        actions = in_order(self._task.actions, verdicts.true)
        taken = perf_counter_ns() - start
        self.result.note_answer(expected.agrees(verdicts, actions))
        return taken

    def _guarded(self, step: Callable[[], None]) -> None:
        """Do a step unless an earlier one failed; what is missing or raises is put in the result, never swallowed."""
        if self.result.status != "right":
            return
        try:
            step()
        except ImportError as error:
            self.result.status, self.result.note = "skipped", f"not installed ({error})"
        except Exception as error:  # a peer may raise anything; it is shown, and the others go on
            self.result.status, self.result.note = "failed", f"{type(error).__name__}: {error}"


def _close(engine: Engine) -> None:
    """Free what an engine holds, where it says how."""
    getattr(engine, "close", lambda: None)()


def contest(contestants: Sequence[Contestant], task: Task, rounds: int, budget: float) -> list[Result]:
    """Let the engines take turns, each round beginning with the next one, so that noise hits all alike.

    Args:
        contestants: who takes part.
        task: what they are given.
        rounds: how many turns each takes.
        budget: the seconds in which a turn starts assessments.
    """
    turns = [Turns(each, task) for each in contestants]
    gc.collect()
    gc.freeze()  # the rule bases of all engines: no engine's collections should walk them
    for number in range(rounds):
        first = number % len(turns)
        for each in turns[first:] + turns[:first]:
            each.take(int(budget * 1e9))
    gc.unfreeze()
    for each in turns:
        each.close()
    return [each.result for each in turns]
