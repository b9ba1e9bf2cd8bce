"""The reasoner: durable-rules where it is right, the compiled evaluator wherever it is not, and never no answer."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from random import Random
from threading import Event, Lock, Thread, active_count

import pytest

from engine.reasoning import reasoner as module
from engine.reasoning.durable import REINSTALL, Durable, DurableUnavailable
from engine.reasoning.reasoner import FAILURES, Mode, Reasoner
from engine.reasoning.strata import Program, Vector, Verdicts
from tests.reasoning import generated, plain

SHAPE = generated.Shape(statements=80, measures=10, strata=4, unknown=0.1)


@pytest.fixture(scope="module")
def program() -> Program:
    """Give a program of several strata."""
    return generated.program(Random(1), SHAPE)


@pytest.fixture(scope="module")
def cases(program: Program) -> list[tuple[Vector, Verdicts]]:
    """Give vectors with their verdicts."""
    random = Random(2)
    vectors = [generated.vector(random, SHAPE, program) for _ in range(40)]
    return [(vector, plain.decide(program, vector)) for vector in vectors]


Cases = list[tuple[Vector, Verdicts]]


def in_threads(work: Callable[[], None], threads: int = 8) -> list[BaseException]:
    """Do the same work in some threads at once, and give what went wrong."""
    wrong: list[BaseException] = []

    def guarded() -> None:
        try:
            work()
        except BaseException as error:
            wrong.append(error)

    running = [Thread(target=guarded) for _ in range(threads)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    return wrong


@pytest.mark.parametrize("mode", ["live", "durable", "compiled"])
def test_each_mode_decides_and_says_who_did(mode: Mode, program: Program, cases: Cases) -> None:
    """Every mode gives the plain interpreter's verdicts under its own name."""
    with Reasoner(program, mode) as reasoner:
        for vector, expected in cases:
            assert reasoner.decide(vector) == (expected, mode)
        assert reasoner.state == "ok"


def test_eight_threads_give_what_one_gives(program: Program, cases: Cases) -> None:
    """Eight threads on one live reasoner get the answers that one alone gets, and leave no thread behind."""
    before = active_count()
    with Reasoner(program) as reasoner:

        def work() -> None:
            for vector, expected in cases * 10:
                assert reasoner.decide(vector) == (expected, "live")

        assert in_threads(work) == []
        assert reasoner.state == "ok"
    assert active_count() == before


def test_a_difference_is_answered_by_compiled_and_said_once(
    program: Program, cases: Cases, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Where durable-rules differs, the compiled answer is given; the log names digests once, and no figures."""
    monkeypatch.setattr(Durable, "decide", lambda self, vector: Verdicts(("nonsense",), ()))
    with Reasoner(program, release="abc123") as reasoner, caplog.at_level(logging.WARNING):
        for vector, expected in cases:
            assert reasoner.decide(vector) == (expected, "compiled")
        assert reasoner.state == "durable-rules and the compiled evaluator differed, times: 40"
    assert len(caplog.messages) == 1
    assert "differed" in caplog.text
    assert "release abc123" in caplog.text
    assert "nonsense" not in caplog.text
    assert not any(str(value) in caplog.messages[0] for value in cases[0][0] if value and abs(value) > 100)


def test_a_failure_is_answered_by_compiled_and_said_once(
    program: Program, cases: Cases, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Where durable-rules fails, the compiled answer is given, and after some failures in a row it is not asked."""
    asked = []

    def fail(self: Durable, vector: Vector) -> Verdicts:
        asked.append(vector)
        raise RuntimeError(f"error with {vector}")

    monkeypatch.setattr(Durable, "decide", fail)
    with Reasoner(program) as reasoner, caplog.at_level(logging.WARNING):
        for vector, expected in cases:
            assert reasoner.decide(vector) == (expected, "compiled")
        assert reasoner.state == "durable-rules failed, times: 3; durable-rules is set aside"
    assert len(asked) == FAILURES
    assert len(caplog.messages) == 1
    assert "RuntimeError" in caplog.text
    assert "error with" not in caplog.text


def test_one_failure_is_forgotten(program: Program, cases: Cases, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a failure durable-rules is asked again, and its answers count when they come."""
    with Reasoner(program) as reasoner:
        for vector, expected in cases:
            with monkeypatch.context() as patched:
                patched.setattr(Durable, "decide", lambda self, vector: 1 / 0)
                assert reasoner.decide(vector) == (expected, "compiled")
            assert reasoner.decide(vector) == (expected, "live")
        assert reasoner.state == "durable-rules failed, times: 40"


def test_without_durable_rules(
    program: Program, cases: Cases, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Where durable-rules cannot be imported, live answers are compiled and the cure is logged once per process."""
    monkeypatch.setitem(sys.modules, "durable_rules_engine", None)
    monkeypatch.setattr(module, "_cure_said", Lock())
    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            with Reasoner(program) as reasoner:
                vector, expected = cases[0]
                assert reasoner.decide(vector) == (expected, "compiled")
                assert reasoner.state == "durable-rules cannot be imported, times: 1"
    assert sum(REINSTALL in message for message in caplog.messages) == 1
    assert sum("cannot be imported" in message for message in caplog.messages) == 3
    with pytest.raises(DurableUnavailable):
        Reasoner(program, "durable")


def test_compiled_alone_needs_no_durable_rules(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    """The compiled mode never asks for durable-rules."""
    monkeypatch.setitem(sys.modules, "durable_rules_engine", None)
    assert Reasoner(program, "compiled").state == "ok"


@pytest.mark.parametrize("mode", ["live", "durable", "compiled"])
def test_a_closed_reasoner_still_answers(mode: Mode, program: Program, cases: Cases) -> None:
    """A request that still holds a closed reasoner gets its answer, from the compiled evaluator, and no warning."""
    reasoner = Reasoner(program, mode)
    reasoner.close()
    reasoner.close()
    vector, expected = cases[0]
    assert reasoner.decide(vector) == (expected, "compiled")
    assert reasoner.state == "closed"


def test_closing_waits_for_the_running_call(program: Program, cases: Cases) -> None:
    """What durable-rules holds is freed only after the call that uses it."""
    reasoner = Reasoner(program)
    assert reasoner._durable
    rulesets = reasoner._durable._rulesets
    inside, go_on = Event(), Event()
    fire = rulesets.fire

    def slow(number: int, fact: str) -> list[str]:
        inside.set()
        assert go_on.wait(10)
        return fire(number, fact)

    rulesets.fire = slow  # type: ignore[method-assign]
    answers: list[object] = []
    running = Thread(target=lambda: answers.append(reasoner.decide(cases[0][0])))
    running.start()
    assert inside.wait(10)
    closing = Thread(target=reasoner.close)
    closing.start()
    closing.join(0.05)
    assert closing.is_alive()
    go_on.set()
    running.join()
    closing.join()
    assert answers == [(cases[0][1], "live")]
    assert rulesets._handles == []


def test_replacement_while_threads_decide(program: Program, cases: Cases) -> None:
    """While reasoners are replaced and closed, every thread gets right answers from whichever it holds."""
    current = [Reasoner(program)]
    done = Event()

    def work() -> None:
        while not done.is_set():
            for vector, expected in cases:
                assert current[0].decide(vector).verdicts == expected

    def replace() -> None:
        for _ in range(40):
            old, current[0] = current[0], Reasoner(program)
            old.close()
            assert old.state == "closed"
        done.set()

    replacing = Thread(target=replace)
    replacing.start()
    assert in_threads(work, 4) == []
    replacing.join()
    assert current[0].decide(cases[0][0]) == (cases[0][1], "live")
    current[0].close()


def test_a_wrong_vector_is_the_callers_fault(program: Program) -> None:
    """A vector that does not fit raises, and counts as no failure of durable-rules."""
    with Reasoner(program) as reasoner:
        with pytest.raises(ValueError, match="unpack"):
            reasoner.decide([1])
        assert reasoner.state == "ok"
