"""How far a mean may be shown: near the ends of its scale only a bound, elsewhere a tenth."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

from engine.content.measures import THOUSAND
from engine.measuring.asked import Part
from engine.measuring.scoring import round_ratio
from engine.measuring.unknown import Reason

Bound = Literal["", "or-less", "or-more"]


class Coarse(NamedTuple):
    """A coarsened value in thousandths, with how many decimals it is shown; or why there is none."""

    value: int | None
    bound: Bound = ""
    decimals: int = 1
    word: str = ""
    reason: Reason | None = None


class Limits(NamedTuple):
    """Between which values a mean is shown as it is, in thousandths; whole tenths."""

    low: int
    high: int


OPEN: Final = Limits(-(10**9), 10**9)
"""No limits: a person's own answers, shown to that person; or nobody's."""


def limits_of(part: Part, people: int, scale: tuple[int, int]) -> Limits:
    """Give the limits 1.5 and 4.5 of 1–5, and the same places on any scale.

    On a coarse scale, where one option more or less of one of a few people moves the mean by more than that, the limits
    move in by as much.

    Args:
        part: the questions behind the mean.
        people: how many people it rests on, 1 or more.
        scale: the ends of the scale, in scale points.
    """
    margin = max((scale[1] - scale[0]) * THOUSAND // 8, -(-part.step // people))
    return Limits(-(-(scale[0] * THOUSAND + margin) // 100) * 100, (scale[1] * THOUSAND - margin) // 100 * 100)


def coarse_score(value: int, limits: Limits) -> Coarse:
    """Round a mean to a tenth, half to even, and give only the limit where it is at or beyond one."""
    rounded = round_ratio(value, 100) * 100
    if limits.low < rounded < limits.high:
        return Coarse(rounded)
    low = 2 * rounded < limits.low + limits.high
    return Coarse(limits.low, "or-less") if low else Coarse(limits.high, "or-more")


def rounded_to(value: int, step: int) -> Coarse:
    """Round to a step of 10, 100 or 1000 thousandths, half to even, with the decimals that it needs."""
    return Coarse(round_ratio(value, step) * step, decimals={100: 1, 10: 2}.get(step, 0))
