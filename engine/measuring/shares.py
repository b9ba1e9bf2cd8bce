"""Shares of people as they are shown: in steps that fit the group's size, and never all or none."""

from __future__ import annotations

from functools import lru_cache

from engine.content.measures import THOUSAND
from engine.measuring.limits import Bound, Coarse
from engine.measuring.scoring import round_ratio


def _steps(people: int) -> int:
    """Give the step of shares in thousandths that fits the group's size."""
    return next((step for below, step in ((10, 250), (20, 200), (40, 100)) if people < below), 50)


def share(value: int, people: int) -> Coarse:
    """Coarsen a share of people.

    Args:
        value: the exact share in thousandths.
        people: of how many, 1 or more.
    """
    return _levels(people)[round_ratio(value * people, THOUSAND)]


@lru_cache(maxsize=1024)
def _levels(people: int) -> tuple[Coarse, ...]:
    """Give what is shown for each count from 0 to everybody: never something that only one count can mean.

    A count goes to the nearest level between one step and all but one step, halves towards the middle. A level
    that is left with a single count takes its neighbours' nearest counts, or joins the level above where they would
    then have only one themselves.
    """
    step = _steps(people)
    levels = range(step, THOUSAND, step)
    homes = [min(levels, key=lambda level: (abs(count * THOUSAND - level * people), abs(2 * level - THOUSAND)))
             for count in range(people + 1)]  # fmt: skip
    joined = set[int]()
    for level in levels:
        if homes.count(level) == 1:
            place = homes.index(level)
            if homes.count(homes[place - 1]) > 2 and homes.count(homes[place + 1]) > 2:
                homes[place - 1] = homes[place + 1] = level
            else:
                homes = [level if home > level else home for home in homes]
                joined.add(level)
    return tuple(Coarse(home, _end(home, step, joined), 2) for home in homes)


def _end(level: int, step: int, joined: set[int]) -> Bound:
    if level in joined or level == THOUSAND - step:
        return "or-more"
    return "or-less" if level == step else ""


def promoters(value: int, people: int) -> Coarse:
    """Coarsen per cent minus per cent, which one person can move by up to two steps; the ends are bounds.

    Args:
        value: −100 000 to 100 000 thousandths.
        people: how many answered, 1 or more.
    """
    step = _steps(people) * 100
    most = 100 * THOUSAND - step
    rounded = round_ratio(value, step) * step
    if abs(rounded) < most:
        return Coarse(rounded, decimals=0)
    return Coarse(most, "or-more", 0) if rounded > 0 else Coarse(-most, "or-less", 0)
