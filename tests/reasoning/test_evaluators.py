"""Every evaluator gives each statement the verdict that the plain interpreter gives it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import pairwise

import pytest

from engine.content.conditions import All, Any, Comparison, Condition, FindingIs, Known, Not, Operator, Some
from engine.content.measures import Measure, word_value
from engine.reasoning.compiled import Compiled
from engine.reasoning.durable import Durable
from engine.reasoning.strata import Statement, Vector, stratify
from tests.reasoning import differential, plain

ONE, TWO, THREE = (Measure("score", name, "members") for name in ("one", "two", "three"))
TREND = Measure("trend", "one", "members")


def low(measure: Measure, operand: int = 3000) -> Comparison:
    """Give the comparison that a measure is below a number."""
    return Comparison(measure, "below", operand)


def agree(conditions: list[Condition], vectors: list[list[int | None]]) -> None:
    """Check that all evaluators agree on conditions, named rule-0000 and so on, for each vector."""
    program = stratify(Statement(f"rule-{number:04}", each) for number, each in enumerate(conditions))
    compiled, durable = Compiled(program), Durable(program)
    for vector in vectors:
        expected = plain.decide(program, vector)
        assert compiled.decide(vector) == expected
        assert durable.decide(vector) == expected
    durable.close()


@pytest.fixture
def deep_recursion() -> Iterator[None]:
    """Let the plain interpreter, which recurses, go deep."""
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(100_000)
    yield
    sys.setrecursionlimit(limit)


@pytest.mark.slow
def test_random_programs() -> None:
    """Random programs of one to two thousand statements are decided alike by all evaluators."""
    found: list[str] = []
    figures = differential.run(4000, 7_000_000, found.append)
    assert figures.mismatches == 0, found
    assert figures.pairs >= 4000
    assert figures.true > 10_000
    assert figures.unknown > 10_000


@pytest.mark.parametrize("operator", ["below", "at-most", "above", "at-least", "within", "is"])
def test_each_operator_at_its_edges(operator: Operator) -> None:
    """Each operator, and its negation, means the same to all at, beside and far from its numbers."""
    comparison = Comparison(ONE, operator, 2000, 3000)
    values = [1999, 2000, 2001, 2999, 3000, 3001, 0, -1, -(10**9), 10**9, None]
    agree([comparison, Not(comparison), Not(Not(comparison))], [[value] for value in values])


@pytest.mark.parametrize("operand", [-(10**12), -(10**9) - 1, -(10**9), 10**9, 10**9 + 1, 10**15])
def test_thresholds_beyond_every_value(operand: int) -> None:
    """Thresholds beyond what a vector may hold are decided as they read."""
    conditions: list[Condition] = [
        Comparison(ONE, operator, operand, operand) for operator in ("below", "at-most", "above", "at-least", "is")
    ]
    agree([*conditions, *map(Not, conditions)], [[-(10**9)], [0], [10**9], [None]])


def test_an_empty_range_is_unknown_where_the_measure_is() -> None:
    """A `within` that nothing can meet is false for every number and unknown for an unknown one."""
    nothing = Comparison(ONE, "within", 3000, 2000)
    agree([nothing, Not(nothing), All((low(ONE, 5), Not(low(ONE, 5))))], [[2500], [1], [None]])


def test_empty_and_constant_conditions() -> None:
    """Conditions without parts, and what is built from them, are true or false as their definitions say."""
    empty: list[Condition] = [All(()), Any(()), Some(0, ()), Some(1, ()), Some(-1, (low(ONE),)), Some(2, (low(ONE),))]
    made: list[Condition] = [
        *empty,
        *map(Not, empty),
        *(All((each, low(ONE))) for each in empty),
        *(Any((each, low(ONE))) for each in empty),
        *(Some(2, (each, low(ONE), low(TWO))) for each in empty),
        *(FindingIs(f"rule-{number:04}") for number in range(6)),
        *(Not(FindingIs(f"rule-{number:04}")) for number in range(6)),
    ]
    agree(made, [[1, 1], [5000, 1], [None, 1], [None, None], [5000, 5000]])


def test_known_is_never_unknown() -> None:
    """`known` is true or false, alone and beside comparisons with the same measure."""
    conditions: list[Condition] = [
        Known(ONE),
        Not(Known(ONE)),
        All((Known(ONE), low(ONE))),
        Any((Not(Known(ONE)), low(ONE))),
        Some(2, (Known(ONE), Known(TWO), Not(Known(THREE)))),
        Some(5, tuple(Known(each) for each in (ONE, TWO, THREE) * 3)),
    ]
    agree(conditions, [[1, None, 5000], [None, None, None], [5000, 5000, 5000]])


def test_words() -> None:
    """Words are integers like any other."""
    words = [word_value("trend", word) for word in ("falling", "steady", "rising")]
    conditions: list[Condition] = [Comparison(TREND, "is", word) for word in words]
    agree([*conditions, *map(Not, conditions)], [[word] for word in (*words, None)])


@pytest.mark.parametrize("count", [0, 1, 2, 150, 299, 300, 301])
def test_some_of_hundreds(count: int) -> None:
    """`some` over hundreds of parts counts what is true and what is possible."""
    parts = tuple(
        Any((low(ONE, number * 10), low(TWO, 3000 - number * 10))) if number % 2 else Not(low(ONE, number * 10))
        for number in range(300)
    )
    vectors: list[list[int | None]] = [[one, two] for one in (0, 1500, 3000, None) for two in (0, 1500, None)]
    agree([Some(count, parts), Not(Some(count, parts)), All((Some(count, parts), low(ONE)))], vectors)


def test_some_counts_equal_parts_each() -> None:
    """A part that is written twice counts twice."""
    conditions: list[Condition] = [Some(count, (low(ONE),) * 6 + (low(TWO),) * 2) for count in range(10)]
    agree(conditions, [[1, 1], [5000, 1], [1, 5000], [None, 1], [1, None], [None, None]])


def test_some_of_findings_and_of_counts() -> None:
    """`some` counts findings, what findings deny, and other counts."""
    findings: list[Condition] = [low(ONE, 1000 * number) for number in range(1, 8)]
    parts = tuple(
        each
        for number in range(7)
        for each in (FindingIs(f"rule-{number:04}"), Not(FindingIs(f"rule-{number:04}")), low(TWO, 100 * number))
    )
    inner = tuple(Some(count, parts) for count in range(8, 14))
    agree([*findings, *inner, Some(3, inner), Not(Some(4, inner))], [[2500, 250], [None, 250], [2500, None]])


@pytest.mark.parametrize("thresholds", [56, 500, 1500])
def test_hundreds_of_thresholds_on_one_measure(thresholds: int) -> None:
    """Hundreds of thresholds on one measure, in statements of their own and in one, are all right."""
    comparisons = [low(ONE, 10 * number) for number in range(thresholds)]
    wide: list[Condition] = [All(tuple(comparisons)), Any(tuple(comparisons)), Not(All(tuple(comparisons)))]
    agree([*comparisons, *wide], [[0], [-1], [5 * thresholds], [10 * thresholds], [None]])


def test_conjunctions_and_disjunctions_of_hundreds() -> None:
    """A condition over hundreds of measures is decided, whatever is unknown."""
    measures = [Measure("score", f"dimension-{number:03}", "members") for number in range(260)]
    parts = tuple(map(low, measures))
    pairs = tuple(Any((low(each), low(other, 10))) for each, other in pairwise(measures))
    conditions: list[Condition] = [All(parts), Any(parts), All((*parts, Any(parts[:70]), Any(parts[50:]))), All(pairs)]
    vectors: list[list[int | None]] = [[each] * 260 for each in (1, 5000, None)]
    vectors += [[*[each] * 259, other] for each in (1, 5000) for other in (1, 5000, None)]
    agree([*conditions, *map(Not, conditions)], vectors)


def test_hundreds_of_equal_conditions_and_all_of_them_true() -> None:
    """Hundreds of statements with one condition, and hundreds of others true at once, are all decided."""
    same: list[Condition] = [All((low(ONE), low(TWO)))] * 600
    many: list[Condition] = [All((low(ONE, 3000 + number), low(TWO, 4000 - number))) for number in range(700)]
    agree([*same, *many], [[1, 1], [3300, 3300], [None, 1], [1, 5000]])


def test_what_any_of_several_suffices_for_is_told_once() -> None:
    """A statement for which any of several findings or comparisons suffices is told once, however many hold."""
    limits = (low(ONE), low(TWO), low(THREE))
    findings: list[Condition] = [All((each, low(ONE, 4000))) for each in limits]
    made: list[Condition] = [
        Any(tuple(FindingIs(f"rule-{number:04}") for number in range(3))),
        Any(limits),
        All((Any(limits), low(ONE, 4000))),
        Any((low(ONE, 2000), low(ONE), FindingIs("rule-0000"))),
        All((FindingIs("rule-0003"), Not(FindingIs("rule-0001")))),
        Any((FindingIs("rule-0003"), FindingIs("rule-0004"), FindingIs("rule-0007"))),
    ]
    vectors: list[list[int | None]] = [[1, 1, 1], [1, 5000, 1], [None, 1, 5000], [5000, 5000, 1], [None, None, None]]
    agree([*findings, *made], vectors)


@pytest.mark.parametrize("length", [19, 25, 130])
def test_long_chains_of_findings(length: int) -> None:
    """Findings that need each other in a row are decided, however long the row."""
    chain: list[Condition] = [
        All((FindingIs(f"rule-{number - 1:04}"), low(TWO, 5000 - number))) if number else low(ONE)
        for number in range(length)
    ]
    agree(chain, [[1, 1], [1, 4990], [5000, 1], [None, 1], [1, None], [None, 4990]])


def test_ids_of_any_characters() -> None:
    """The ids of statements are never more than text to the compiled evaluator."""
    ids = ["it's", 'a "quoted" one', "back\\slash\n", "{brace}", "pelisäännöt", '"""', "'''", ""]
    program = stratify([*(Statement(each, low(ONE)) for each in ids), Statement("z", FindingIs("it's"))])
    for value in (1, 5000, None):
        assert Compiled(program).decide([value]) == plain.decide(program, [value])


@pytest.mark.parametrize("depth", [30, 300, 3000])
@pytest.mark.usefixtures("deep_recursion")
def test_deep_nesting(depth: int) -> None:
    """Conditions nested as deep as anyone may write them break neither evaluator."""
    negations: Condition = low(ONE)
    mixed: Condition = low(TWO)
    for level in range(depth):
        negations = Not(negations)
        mixed = All((mixed, Not(low(ONE, level)))) if level % 2 else Any((mixed, low(TWO, level)))
    vectors: list[list[int | None]] = [[1, 1], [5000, 5000], [None, 1], [1, None], [5000, 20]]
    agree([negations, mixed, Not(mixed), Some(2, (mixed, negations, low(ONE)))], vectors)


def test_one_statement_of_every_size_of_vector() -> None:
    """A vector that does not fit the program is refused by both evaluators, and the next one is decided."""
    program = stratify([Statement("rule", All((low(ONE), low(TWO))))])
    durable, compiled = Durable(program), Compiled(program)
    wrong: list[Vector] = [[], [1], [1, 1, 1], [None], [None] * 3]
    for evaluator in (durable, compiled):
        for vector in wrong:
            with pytest.raises(ValueError, match=r"vector|unpack"):
                evaluator.decide(vector)
        assert evaluator.decide([1, 1]).true == ("rule",)
    durable.close()


def test_random_seeds_make_the_same_programs() -> None:
    """A seed that failed can be had again alone."""
    found: list[str] = []
    alone = [differential.run(1, seed, found.append, vectors=1) for seed in (11, 12)]
    both = differential.run(2, 11, found.append, vectors=1)
    assert sum(figures.verdicts for figures in alone) == both.verdicts
