"""Shares of people as they are shown: not at all of small groups, then in steps, and never all or none."""

from __future__ import annotations

from typing import Final

from engine.content.measures import THOUSAND
from engine.measuring.limits import Bound, Coarse
from engine.measuring.scoring import round_ratio
from engine.measuring.unknown import Reason

TWENTY: Final = 20
"""From so many answers on, shares of answers are shown."""

_STEPS: Final = {"csat": ((40, 200), (80, 100)), "favourable": ((80, 100),), "unfavourable": ((80, 100),)}
"""Steps in thousandths below so many answers; 50 from there on.

A rule tells on which side of its threshold a share lies. Whatever is shown, that must leave two counts: no shipped
threshold cuts a step so that one count is left (0.25 of high and low ratings, 0.7 and 0.8 of satisfied customers).
"""


def share(value: int, people: int, kind: str) -> Coarse:
    """Coarsen a share of answers.

    A share between two levels goes to the upper one, as a share at a threshold counts as “at least”.

    Args:
        value: the exact share in thousandths.
        people: of how many, 1 or more.
        kind: ``favourable``, ``unfavourable`` or ``csat``.
    """
    if people < TWENTY:
        return Coarse(None, reason=Reason("fewer-than-twenty"))
    step = next((step for below, step in _STEPS[kind] if people < below), 50)
    least, most = step, THOUSAND - step
    level = min(max((value + step // 2) // step * step, least), most)
    bounds: dict[int, Bound] = {least: "or-less", most: "or-more"}
    return Coarse(level, bounds.get(level, ""), 2)


def promoters(value: int, people: int) -> Coarse:
    """Coarsen per cent minus per cent, which one person can move by up to two steps; the ends are bounds.

    Args:
        value: −100 000 to 100 000 thousandths.
        people: how many answered, 1 or more.
    """
    step = next((step for below, step in ((10, 25), (20, 20), (40, 10)) if people < below), 5) * THOUSAND
    most = 100 * THOUSAND - step
    rounded = round_ratio(value, step) * step
    if abs(rounded) < most:
        return Coarse(rounded, decimals=0)
    return Coarse(most, "or-more", 0) if rounded > 0 else Coarse(-most, "or-less", 0)
