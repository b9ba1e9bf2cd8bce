"""A short look at what ``python -m tests.reasoning.endurance`` looks at for longer."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.reasoning import endurance

pytestmark = pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="there is no /proc here")


@pytest.mark.slow
def test_evaluations_leave_nothing_behind() -> None:
    """Thousands of live evaluations leave memory and the number of threads as they were."""
    found = endurance.evaluations(4000, 1000)
    assert found.memory < 2 * endurance.MEGABYTE
    assert found.threads == 0


@pytest.mark.slow
def test_replacements_leave_nothing_behind() -> None:
    """Dozens of replaced reasoners, closed or only dropped, leave memory and the number of threads as they were."""
    found = endurance.replacements(40, 30)
    assert found.memory < 4 * endurance.MEGABYTE
    assert found.threads == 0
