"""The reasoner that pages and the command line use: durable-rules, checked by the compiled evaluator on every call."""

from __future__ import annotations

import logging
from collections import Counter
from contextlib import suppress
from hashlib import blake2b
from threading import Lock
from types import TracebackType
from typing import Final, Literal, NamedTuple, Self, TypeAlias

from engine.reasoning.compiled import Compiled
from engine.reasoning.durable import REINSTALL, Durable, DurableClosed, DurableUnavailable
from engine.reasoning.strata import Program, Vector, Verdicts

Mode: TypeAlias = Literal["live", "durable", "compiled"]
Cause: TypeAlias = Literal["unavailable", "failed", "differed"]

FAILURES: Final = 3
"""So many failures in a row, and durable-rules is set aside: rebuilding it on every call would slow every page."""

SAID: Final[dict[Cause, str]] = {
    "unavailable": "durable-rules cannot be imported",
    "failed": "durable-rules failed",
    "differed": "durable-rules and the compiled evaluator differed",
}

_log = logging.getLogger(__name__)
# Locked when the way to cure an installation was said: a process says it once, however many reasoners it makes.
_cure_said = Lock()


class Conclusions(NamedTuple):
    """Verdicts, and who decided them.

    Args:
        verdicts: what is true and what is unknown.
        reasoner: ``live`` where both evaluators agreed, otherwise the one that answered.
    """

    verdicts: Verdicts
    reasoner: Mode


class Reasoner:
    """Decides a program for one vector at a time; safe under threads.

    To replace it, put the new one in its place and then close it: threads that still hold it get right answers, from
    the compiled evaluator.

    Args:
        program: what is decided.
        mode: ``live`` for durable-rules, checked by the compiled evaluator and replaced by it where it fails;
            ``durable`` or ``compiled`` for one of them alone.
        release: the digest of the release the program is from, for the log.

    Raises:
        DurableUnavailable: the mode is ``durable`` and durable-rules cannot be imported.
    """

    def __init__(self, program: Program, mode: Mode = "live", release: str = "") -> None:
        self.mode: Final = mode
        self._release = release
        self._lock = Lock()
        self._seen: Counter[Cause] = Counter()
        self._failures_in_a_row = 0
        self._closed = False
        self._compiled = Compiled(program)
        self._durable = self._started(program) if mode != "compiled" else None

    def decide(self, vector: Vector) -> Conclusions:
        """Decide every statement.

        Args:
            vector: a value in thousandths, or None, for each of the program's measures in their order.

        Raises:
            ValueError: the vector has not one value per measure.
            Exception: in mode ``durable``, whatever durable-rules raises.
        """
        if self.mode == "durable" and self._durable:
            with suppress(DurableClosed):
                return Conclusions(self._durable.decide(vector), "durable")
        verdicts = self._compiled.decide(vector)
        if self.mode == "live":
            durable = self._from_durable(vector)
            if durable == verdicts:
                return Conclusions(durable, "live")
            if durable is not None:
                self._note("differed", vector)
        return Conclusions(verdicts, "compiled")

    @property
    def state(self) -> str:
        """Say for a health page what happened so far: ``ok``, ``closed``, or the causes and how often each."""
        with self._lock:
            causes = [f"{SAID[cause]}, times: {times}" for cause, times in sorted(self._seen.items())]
            aside = ["durable-rules is set aside"] if self._failures_in_a_row >= FAILURES else []
            return "; ".join(causes + aside) or ("closed" if self._closed else "ok")

    def close(self) -> None:
        """Free what durable-rules holds, after the call that is running; the compiled evaluator answers from now on."""
        self._closed = True
        if self._durable:
            self._durable.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _started(self, program: Program) -> Durable | None:
        try:
            return Durable(program)
        except Exception as error:
            if self.mode == "durable":
                raise
            self._note("unavailable" if isinstance(error, DurableUnavailable) else "failed", error=error)
            return None

    def _from_durable(self, vector: Vector) -> Verdicts | None:
        if not self._durable or self._failures_in_a_row >= FAILURES:
            return None
        try:
            verdicts = self._durable.decide(vector)
        except DurableClosed:
            return None
        except Exception as error:
            self._failures_in_a_row += 1
            self._note("failed", vector, error)
            return None
        self._failures_in_a_row = 0
        return verdicts

    def _note(self, cause: Cause, vector: Vector | None = None, error: Exception | None = None) -> None:
        """Count a cause, and log its first time: digests and the error's type, never an answer or a figure."""
        with self._lock:
            self._seen[cause] += 1
            first = self._seen[cause] == 1
        if first:
            _log.warning(
                "%s (%s); the compiled evaluator answers instead (release %s, vector %s)",
                SAID[cause],
                type(error).__name__ if error else "no error",
                self._release or "unnamed",
                "none" if vector is None else _digest(vector),
            )
        if cause == "unavailable" and _cure_said.acquire(blocking=False):
            _log.warning("to use durable-rules again: %s", REINSTALL)


def _digest(vector: Vector) -> str:
    return blake2b(repr(list(vector)).encode(), digest_size=8).hexdigest()
