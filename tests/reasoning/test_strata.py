"""Strata: every statement after what it reads, whatever the order it was written in."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.content.conditions import All, Comparison, Condition, FindingIs, Known, Not
from engine.content.measures import Measure
from engine.reasoning.compiled import Compiled
from engine.reasoning.durable import Durable
from engine.reasoning.strata import CircularFindings, Program, Statement, stratify
from tests.reasoning import generated, plain

SIZE = Measure("fact", "size")
LARGE = Comparison(SIZE, "above", 9000)


def chain(length: int) -> Program:
    """Give a program in which each statement denies the one before it."""
    conditions: list[Condition] = [LARGE, *(Not(FindingIs(f"rule-{number:05}")) for number in range(length - 1))]
    return stratify(Statement(f"rule-{number:05}", condition) for number, condition in enumerate(conditions))


@given(seed=st.integers(0, 10**6), order=st.randoms(use_true_random=False))
def test_order_does_not_matter(seed: int, order: Random) -> None:
    """The same statements in any order make the same program."""
    random = Random(seed)
    program = generated.program(random, generated.small(random))
    statements = [statement for stratum in program.strata for statement in stratum]
    order.shuffle(statements)
    assert stratify(statements) == program


def test_a_statement_stands_above_what_it_reads() -> None:
    """A stratum reads only findings of the ones before it, and within it the ids are in order."""
    program = stratify([
        Statement("c", All((FindingIs("a"), FindingIs("b")))),
        Statement("a", FindingIs("b")),
        Statement("b", LARGE),
        Statement("d", Known(SIZE)),
    ])  # fmt: skip
    assert [[each.id for each in stratum] for stratum in program.strata] == [["b", "d"], ["a"], ["c"]]


def test_a_circle_names_its_chain() -> None:
    """Statements that read each other in a circle are refused with the ids along it."""
    with pytest.raises(CircularFindings, match="a → b → c → a") as caught:
        stratify([
            Statement("a", FindingIs("b")),
            Statement("b", All((LARGE, FindingIs("c")))),
            Statement("c", Not(FindingIs("a"))),
            Statement("z", FindingIs("a")),
        ])  # fmt: skip
    assert caught.value.chain == ("a", "b", "c", "a")


def test_a_statement_that_reads_itself_is_a_circle() -> None:
    """The shortest circle has one statement."""
    with pytest.raises(CircularFindings, match="a → a"):
        stratify([Statement("a", FindingIs("a"))])


@pytest.mark.slow
def test_a_chain_of_five_thousand() -> None:
    """A chain of 5,000 statements is decided to its end by every evaluator."""
    program = chain(5000)
    assert len(program.strata) == 5000
    compiled, durable = Compiled(program), Durable(program)
    for value, count in ((9000, 2500), (9001, 2500), (None, 0)):
        expected = plain.decide(program, [value])
        assert len(expected.true) == count
        assert compiled.decide([value]) == durable.decide([value]) == expected
    durable.close()


def test_no_statements() -> None:
    """A program without statements decides nothing."""
    program = stratify([])
    assert Compiled(program).decide([]) == Durable(program).decide([]) == plain.decide(program, []) == ((), ())
