"""What if: assumed measures and what would change."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.advise import Adviser
from engine.advising.what_if import Changes, changes, read_measure, read_value
from engine.content.measures import Measure
from engine.errors import PelikirjaError
from engine.measuring.profile import Profile
from tests.advising.test_priority import random_library, random_values
from tests.small import advise, finding, library, play, profile, recommending

MADE = library(
    [finding("low", "{score: roles, below: 3.0}"), finding("high", "{score: roles, at-least: 4.0}", "strength"),
     recommending("r", "talk", "low")],
    {"talk": play(unless="{fact: work-mode, is: remote}", instead="write"), "write": play()},
    template_for="low",
)  # fmt: skip


def test_what_would_appear_and_go() -> None:
    """Changes name findings that would appear or go, and plays that would join or leave what to start with."""
    before = advise(MADE, {"roles": 2.0, "work-mode": "onsite"})
    after = advise(MADE, {"roles": 4.0, "work-mode": "onsite"})
    lever = {each.play for each in after.start_here}
    assert changes(before, after).findings_gained == ("high",)
    assert changes(before, after).findings_lost == ("low",)
    assert changes(before, after).stopped == tuple({"talk"} - lever)


def test_assuming_what_is_so_changes_nothing() -> None:
    """A measure assumed to be what it is changes nothing."""
    given_ = profile(MADE, {"roles": 2.0, "work-mode": "onsite"})
    adviser = Adviser(MADE, "compiled")
    same = given_.assuming({Measure("score", "roles", "members"): 2000})
    assert changes(adviser.conclude(given_), adviser.conclude(same)) == Changes((), (), (), ())


@settings(max_examples=30)
@given(st.integers(0, 10**9))
def test_what_if_is_advice_on_the_changed_profile(seed: int) -> None:
    """Advice on assumed measures is the advice for a team that has them."""
    random = Random(seed)
    adviser = Adviser(random_library(random), "compiled")
    for _ in range(20):
        values, assumed = random_values(random), random_values(random)
        supposed = adviser.conclude(Profile.of(values).assuming(assumed))
        real = adviser.conclude(Profile.of({**values, **assumed}))
        assert (supposed.findings, supposed.strengths) == (real.findings, real.strengths)
        assert (supposed.recommendations, supposed.held_back) == (real.recommendations, real.held_back)
        assert (supposed.lever, supposed.not_evaluated) == (real.lever, real.not_evaluated)


@pytest.mark.parametrize(
    ("name", "measure"),
    [
        ("roles", Measure("score", "roles", "members")),
        ("score roles", Measure("score", "roles", "members")),
        ("score roles manager", Measure("score", "roles", "manager")),
        ("question roles-clear", Measure("question", "roles-clear", "members")),
        ("gap roles members manager", Measure("gap", "roles", "members", "manager")),
        ("csat customers", Measure("csat", "", "customers")),
        ("size", Measure("fact", "size")),
        ("fact work-mode", Measure("fact", "work-mode")),
        ("done talk", Measure("done", "talk")),
        ("adopted meetings", Measure("adopted", "meetings")),
    ],
)
def test_measures_are_read_by_name(name: str, measure: Measure) -> None:
    """Every kind of measure has a name, with short forms for members' scores and facts."""
    assert read_measure(name, MADE) == measure


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("rolse", "did you mean “roles”"),
        ("score rolse", "did you mean “roles”"),
        ("score roles membres", "did you mean “members”"),
        ("csat", "not a measure"),
        ("gap roles members", "not a measure"),
        ("done tlak", "did you mean “talk”"),
        ("", "not a measure"),
        ("score roles members manager", "not a measure"),
    ],
)
def test_a_wrong_name_is_explained(name: str, words: str) -> None:
    """A name that is no measure is refused in words, with what was meant, perhaps."""
    with pytest.raises(PelikirjaError, match=words):
        read_measure(name, MADE)


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [("roles", "3.5", 3500), ("roles", "3,5", 3500), ("nps customers", "−20", -20000), ("work-mode", "remote", 2000),
     ("trend roles", "falling", 0), ("done talk", "1", 1000), ("size", "12", 12000)],
)  # fmt: skip
def test_values_are_read(name: str, text: str, value: int) -> None:
    """Numbers are read with point, comma and real minus sign; words by their place."""
    assert read_value(read_measure(name, MADE), text, MADE) == value


@pytest.mark.parametrize(
    ("name", "text"),
    [("roles", "x"), ("roles", ""), ("roles", "nan"), ("roles", "inf"), ("work-mode", "remot"), ("trend roles", "3")],
)
def test_a_wrong_value_is_explained(name: str, text: str) -> None:
    """A value that cannot be is refused in words."""
    with pytest.raises(PelikirjaError, match=f"“{text}”"):
        read_value(read_measure(name, MADE), text, MADE)


@pytest.mark.parametrize(
    ("name", "text"),
    [("roles", "9"), ("roles", "-3"), ("csat customers", "90"), ("size", "-5"), ("nps customers", "500")],
)
def test_an_impossible_value_is_refused(name: str, text: str) -> None:
    """A value outside of what the measure can be is refused, as it is in rules and scenarios."""
    with pytest.raises(PelikirjaError):
        read_value(read_measure(name, MADE), text, MADE)
