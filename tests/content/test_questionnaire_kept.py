"""Questionnaires that are kept with answers: written down whole, and read back the same."""

from __future__ import annotations

import pytest

from engine.content.questionnaire import read_written, written
from engine.errors import PelikirjaError
from tests.small import shipped


@pytest.mark.parametrize("id_", sorted(shipped().questionnaires))
def test_a_questionnaire_is_read_as_it_was_written(id_: str) -> None:
    """Every shipped questionnaire comes back equal: words, scales, what is reversed, what mirrors what."""
    questionnaire = shipped().questionnaires[id_]
    assert read_written(written(questionnaire)) == questionnaire


def test_what_is_no_questionnaire_is_said_to_be_none() -> None:
    """Something else where a questionnaire should be is a clear error, no stack trace."""
    with pytest.raises(PelikirjaError, match="cannot be read"):
        read_written('{"id": "x"}')
