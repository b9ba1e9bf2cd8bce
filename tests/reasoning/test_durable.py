"""The door to durable-rules: only inside its safe subset, and whole again after any failure."""

from __future__ import annotations

import json
import sys
from random import Random

import pytest

from engine.content.conditions import All, Comparison, Condition, FindingIs, Not
from engine.content.measures import Measure
from engine.reasoning import rulesets
from engine.reasoning.durable import Durable, DurableClosed, DurableFailed, DurableUnavailable, Extension
from engine.reasoning.lowering import Lowered
from engine.reasoning.strata import Program, Statement, stratify
from tests.reasoning import generated, plain


class Failing:
    """durable-rules' extension, of which one method fails once: at the call to which it is counted down."""

    def __init__(self, extension: Extension, method: str, error: BaseException | None) -> None:
        self._extension, self._method, self._error = extension, method, error
        self.calls_left = 0

    def __getattr__(self, name: str) -> object:
        if name == self._method:
            self.calls_left -= 1
            if self.calls_left == 0:
                if self._error is None:
                    return lambda *_: None
                raise self._error
        return getattr(self._extension, name)


def some_program() -> tuple[Program, list[list[int | None]]]:
    """Give a program of several stages and vectors for it."""
    random = Random(5)
    shape = generated.Shape(statements=120, measures=10, strata=4)
    program = generated.program(random, shape)
    return program, [generated.vector(random, shape, program) for _ in range(30)]


def fnv(name: str) -> int:
    """Hash a name as durable-rules does (rules/state.c, fnv1Hash32)."""
    value = 0x811C9DC5
    for byte in name.encode():
        value = (value ^ byte) * 16777619 % 2**32
    return value


def test_the_names_in_facts_have_distinct_hashes() -> None:
    """durable-rules knows names only by 32 bits; those that meet in one fact differ in them."""
    names = [*(f"x{number}" for number in range(rulesets.FIELDS)), "guard", "id", "sid", "$s"]
    assert len({fnv(name) for name in names}) == len(names)
    assert fnv("sid") == 3593476751  # as rules/state.h has it
    assert fnv("f") != fnv("sid-s")  # the ids of our fact and of the library's own


def test_rulesets_stay_below_the_limits() -> None:
    """However many the statements, no ruleset has too many fields, rules, or tests that match at once."""
    random = Random(3)
    for shape in (
        generated.Shape(statements=2000, measures=300, values=3000, width=12),
        generated.Shape(statements=2000, measures=1, values=3000, depth=1),
    ):
        lowered = Lowered(generated.program(random, shape))
        made = [each for stage in rulesets.stages(lowered) for each in stage]
        assert len(made) > 10
        for ruleset in made:
            rules = json.loads(ruleset.definition)
            assert len(rules) <= rulesets.RULES + 1
            assert len(ruleset.numbers) + len(ruleset.flags) <= rulesets.FIELDS
            assert _piled_up(rules) <= rulesets.STACK


def _piled_up(rules: dict[str, dict[str, list[dict[str, dict[str, object]]]]]) -> int:
    """Give the most that matching can pile up, computed as research/durable-rules.md states it."""
    tree: dict[str, object] = {}
    for rule in rules.values():
        pattern = rule["all"][0]["m"]
        node = tree
        tests = pattern.get("$and", [pattern])
        assert isinstance(tests, list)
        assert len(tests) <= 50
        for test in tests:
            child = node.setdefault(json.dumps(test), {})
            assert isinstance(child, dict)
            node = child
    return _need(tree)


def _need(node: dict[str, object]) -> int:
    needs = [_need(child) for child in node.values() if isinstance(child, dict)]
    return len(needs) + max(0, max(needs, default=0) - 1)


@pytest.mark.parametrize(
    "method", ["assert_fact", "start_action_for_state", "complete_and_start_action", "retract_fact"]
)
@pytest.mark.parametrize("error", [MemoryError(), KeyboardInterrupt(), RuntimeError("error code: 303")], ids=repr)
def test_a_failure_anywhere_is_followed_by_right_answers(method: str, error: BaseException) -> None:
    """Whatever fails between the library's calls, the rulesets are freed, made again, and right."""
    program, vectors = some_program()
    durable = Durable(program)
    failing = Failing(durable._rulesets._extension, method, error)
    durable._rulesets._extension = failing  # type: ignore[assignment]
    failures = 0
    for number, vector in enumerate(vectors):
        failing.calls_left = 1 + number
        try:
            assert durable.decide(vector) == plain.decide(program, vector)
        except type(error):
            failures += 1
            assert durable._rulesets._handles == []
            assert durable.decide(vector) == plain.decide(program, vector)
    assert failures > 5
    durable.close()


def test_a_fact_that_fires_nothing_is_a_failure() -> None:
    """A fact that is taken and fires nothing, as after two starts in a row, is not taken for an answer."""
    program, vectors = some_program()
    durable = Durable(program)
    working = durable._rulesets._extension
    failing = Failing(working, "start_action_for_state", None)
    failing.calls_left = 1
    durable._rulesets._extension = failing  # type: ignore[assignment]
    with pytest.raises(DurableFailed):
        durable.decide(vectors[0])
    durable._rulesets._extension = working
    assert durable.decide(vectors[0]) == plain.decide(program, vectors[0])


def test_closing() -> None:
    """A closed evaluator holds nothing and says so; closing twice is allowed."""
    program, vectors = some_program()
    durable = Durable(program)
    durable.close()
    durable.close()
    assert durable._rulesets._handles == []
    with pytest.raises(DurableClosed):
        durable.decide(vectors[0])


def test_one_that_is_dropped_is_freed() -> None:
    """An evaluator that nobody closed frees its rulesets when it is collected."""
    durable = Durable(some_program()[0])
    handles = durable._rulesets._handles
    assert handles
    del durable
    assert handles == []


def test_values_beyond_what_rules_compare_are_refused() -> None:
    """A number that the library might cut is refused before it gets there; a fraction too."""
    measure = Measure("fact", "size")
    durable = Durable(stratify([Statement("rule", Comparison(measure, "above", 5))]))
    for value in (10**9 + 1, -(10**9) - 1, 10**20):
        with pytest.raises(ValueError, match="beyond"):
            durable.decide([value])
    with pytest.raises(TypeError):
        durable.decide([5.5])  # type: ignore[list-item]
    assert durable.decide([10**9]).true == ("rule",)
    assert durable.decide([True]).true == ()


def test_without_durable_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where durable-rules cannot be imported, the error says how to reinstall it."""
    monkeypatch.setitem(sys.modules, "durable_rules_engine", None)
    with pytest.raises(DurableUnavailable, match="CPPFLAGS=-DPyEval_CallObject=PyObject_CallObject pip install"):
        Durable(some_program()[0])


def test_ids_are_only_names() -> None:
    """Ids of any text, even quotes and braces, come back as they are."""
    measure = Measure("fact", "size")
    names = ['"', "{}", "%s", "\\", "é\u2028", "x0", "guard", "\n", "'", "000"]
    conditions: list[Condition] = [Comparison(measure, "above", number) for number in range(len(names))]
    statements = [Statement(name, condition) for name, condition in zip(names, conditions, strict=True)]
    statements += [Statement(f"reads {name}", All((FindingIs(name), Not(FindingIs('"'))))) for name in names]
    program = stratify(statements)
    for value in (0, 5, 100, None):
        assert Durable(program).decide([value]) == plain.decide(program, [value])
