"""The benchmark's workload, and that what it times is right."""

from __future__ import annotations

import pytest

from benchmarks.workload import MEASURES, make, vectors
from engine.reasoning.compiled import Compiled
from tests.reasoning.plain import decide


def test_equal_seeds_give_equal_workloads() -> None:
    """Two machines that run the benchmark with one seed must time the same rules on the same profiles."""
    assert make(60, 20, seed=7) == make(60, 20, seed=7)


def test_another_seed_gives_another_workload() -> None:
    """A seed must reach both the rules and the profiles."""
    one, other = make(60, 20, seed=7), make(60, 20, seed=8)
    assert one.program != other.program
    assert one.profiles != other.profiles


def test_the_rules_stand_in_three_layers() -> None:
    """A workload must have as many rules as asked for, in three strata, and use every measure once it is large."""
    workload = make(1_000, 1)
    assert workload.size == 1_000
    assert len(workload.program.strata) == 3
    assert workload.program.measures == tuple(sorted(MEASURES))
    assert len(workload.actions) == 250


def test_about_four_in_a_hundred_measures_are_unknown_in_the_profiles_with_gaps() -> None:
    """Gaps must be what is left of the whole profiles, without about 4 % of the measures."""
    workload = make(20, 400)
    assert all(gap.items() <= whole.items() for gap, whole in zip(workload.gaps, workload.profiles, strict=True))
    missing = 1 - sum(map(len, workload.gaps)) / sum(map(len, workload.profiles))
    assert 0.03 < missing < 0.05


@pytest.mark.parametrize("rules", [30, 300])
def test_compiled_agrees_with_the_plain_reference(rules: int) -> None:
    """Compiled must give the reference's true and unknown rules, in the same order, with and without gaps."""
    workload = make(rules, 50)
    compiled = Compiled(workload.program)
    for vector in vectors(workload.program, [*workload.profiles, *workload.gaps]):
        assert compiled.decide(vector) == decide(workload.program, vector)
