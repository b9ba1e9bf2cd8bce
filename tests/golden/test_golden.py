"""The samples' outputs, compared with what they were when somebody last looked at them."""

from __future__ import annotations

import pytest

from tests.golden.rebuild import HERE, OUTPUTS, printed


@pytest.mark.parametrize("name", OUTPUTS)
def test_the_output_is_what_it_was(name: str) -> None:
    """What the command prints for a sample has not changed without anybody meaning it to."""
    kept = (HERE / name).read_text(encoding="utf-8")
    again = f"{name} is not what it was; if that is meant: python -m tests.golden.rebuild, and look at the difference"
    assert printed(name) == kept, again


def test_nothing_else_is_kept() -> None:
    """Every file beside this one is made by the rebuild command."""
    kept = {path.name for path in HERE.iterdir() if path.suffix in (".txt", ".md", ".json")}
    assert kept == set(OUTPUTS)
