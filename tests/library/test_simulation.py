"""Advice for simulated teams: everybody is helped, few things are suggested, and no play is for everyone or no one."""

from __future__ import annotations

from functools import cache

import pytest

from engine.advise import Adviser
from engine.advising.data import Presenter
from engine.advising.document import Document
from engine.advising.figures import Figures
from engine.advising.wording import word
from engine.content.model import LANGUAGES
from tests.library.simulation import Distribution, simulate, teams
from tests.small import shipped

TEAMS = 2_000
"""Enough for the shares; `python -m tests.library.simulation` runs 10,000."""


@cache
def distribution(bare: bool) -> Distribution:
    """Advise the teams once, with what is known of them besides their answers or without."""
    return simulate(shipped(), TEAMS, seed=7, bare=bare)


@pytest.mark.slow
@pytest.mark.parametrize("bare", [False, True])
def test_every_team_gets_one_to_three_things_to_start_with(bare: bool) -> None:
    """No team is left without a play to start with, and none gets more than three."""
    assert set(distribution(bare).places) <= {1, 2, 3}


@pytest.mark.slow
@pytest.mark.parametrize("bare", [False, True])
def test_no_play_is_for_everyone(bare: bool) -> None:
    """No play takes more than a quarter of the places to start with."""
    assert max(distribution(bare).shares.values()) <= 0.25


@pytest.mark.slow
def test_nearly_every_play_finds_its_team() -> None:
    """At least nine of ten plays are suggested to some team."""
    found = distribution(bare=False)
    assert len(found.never) <= len(found.library.plays) / 10, found.never


@pytest.mark.slow
@pytest.mark.parametrize("bare", [False, True])
def test_no_finding_is_answered_twice_while_a_weakness_has_nothing(bare: bool) -> None:
    """Two plays to start with share a finding only where every weakness has one."""
    assert distribution(bare).doubled == []


@pytest.mark.slow
@pytest.mark.parametrize("bare", [False, True])
def test_what_is_very_low_is_not_passed_over(bare: bool) -> None:
    """A team with a very low score starts with something that answers one, or what may be its cause."""
    assert distribution(bare).passed_over == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_team_hears_of_a_strength_or_that_there_is_none(language: str) -> None:
    """The first screen names a strength to keep, or says honestly that none is clear yet."""
    adviser, honest = Adviser(shipped(), "compiled"), 0
    for team in teams(shipped(), 60, seed=3):
        advice = adviser.advise(team.now, team.previous, team.facts)
        keep = Document(Presenter(advice, Figures(shipped(), advice.profile, language))).keep
        assert keep
        assert (keep == word("no-strength", language)) is not bool(advice.strengths)
        honest += not advice.strengths
    assert 0 < honest < 60
