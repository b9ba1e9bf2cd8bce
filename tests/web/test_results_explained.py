"""Reasons: why something is suggested, why something else is not, and what would change that."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.web.of_nokka import closed, manager, page, words

__all__ = ["closed", "manager"]


def test_a_play_and_a_finding_are_explained(manager: FlaskClient, closed: int) -> None:
    """What holds is explained by measures, what does not by what it lacks; unknown ids are not found."""
    said = words(page(manager, f"/rounds/{closed}/why/customer-visit"))
    assert "Suggested to start with" in said
    assert "It is suggested, because" in said
    assert re.search(r"Its priority: 0\.\d\d Of what suits .* need 0\.\d\d · customers [01]\.\d\d · effect", said)
    lacking = words(page(manager, f"/rounds/{closed}/why/clarify-goals"))
    assert "Not suggested to this team" in lacking
    assert "Shared goals: 3.4 of 5; needed under 3.2 (0.2 away)" in lacking
    assert "Found in this team" in page(manager, f"/rounds/{closed}/why/unclear-agreements")
    assert "Not found in this team" in page(manager, f"/rounds/{closed}/why/unsafe-to-speak")
    near = words(page(manager, f"/rounds/{closed}/why"))
    assert "People do not know what they may decide themselves" in near
    assert "The manager’s own view is missing" not in near
    page(manager, f"/rounds/{closed}/why/nothing-of-the-kind", 404)


def test_what_if_tells_what_would_change(app: Flask, manager: FlaskClient, closed: int) -> None:
    """Another score takes findings and plays away, and nothing is kept of it."""
    said = words(page(manager, f"/rounds/{closed}/what-if?dimension=agreements&score=3,8"))
    assert "If Agreements were 3.8" in said
    assert "You would no longer start with Agree on how we work" in said
    assert "Agreements are unclear" in said
    assert "Agree on how we work" in page(manager, f"/rounds/{closed}/result")
    assert "Nothing would change." in page(manager, f"/rounds/{closed}/what-if?dimension=agreements&score=2.4")


@pytest.mark.parametrize("score", ["9", "0", "", "much", "1e99999", "NaN", "-1", "3.8888", "3" * 5000])
def test_what_cannot_be_is_not_tried(manager: FlaskClient, closed: int, score: str) -> None:
    """A score outside the scale, or no number at all, is answered with what to write."""
    html = page(manager, f"/rounds/{closed}/what-if?dimension=agreements&score={score}")
    assert "is-invalid" in html
    assert "Would no longer be found" not in html


def test_what_if_knows_only_the_dimensions_that_were_asked(manager: FlaskClient, closed: int) -> None:
    """Another measure than the members' scores cannot be assumed."""
    for each in ("kept-agreements", "csat customers", "size", "x" * 2000):
        html = manager.get(f"/rounds/{closed}/what-if", query_string={"dimension": each, "score": "3"}).text
        assert "is-invalid" in html
