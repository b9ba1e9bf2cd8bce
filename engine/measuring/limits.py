"""How far a mean may be shown: near the ends of its scale only a bound, elsewhere a tenth, or half a point."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

from engine.content.measures import THOUSAND
from engine.measuring.asked import Part
from engine.measuring.scoring import round_ratio
from engine.measuring.unknown import Reason

Bound = Literal["", "or-less", "or-more"]

TENTH: Final = 100
MANY: Final = 20
"""From so many people on, a tenth of one question's mean hides what any one of them answered."""
LONG: Final = 8
"""A scale of so many scale points and more from end to end is shown in whole points where others are in halves."""


class Coarse(NamedTuple):
    """A coarsened value in thousandths, with how many decimals it is shown; or why there is none."""

    value: int | None
    bound: Bound = ""
    decimals: int = 1
    word: str = ""
    reason: Reason | None = None
    about: bool = False


class Limits(NamedTuple):
    """Between which values a mean is shown as it is, and to which steps it is rounded; in thousandths, whole tenths."""

    low: int
    high: int
    step: int = TENTH


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
    low, high = -(-(scale[0] * THOUSAND + margin) // 100) * 100, (scale[1] * THOUSAND - margin) // 100 * 100
    return Limits(low, high, _step_of(part, people, scale))


def coarse_score(value: int, limits: Limits) -> Coarse:
    """Round a mean to its step, half to even, and give only the limit where it is at or beyond one."""
    about = limits.step > TENTH
    rounded = round_ratio(value, limits.step) * limits.step
    if limits.low < min(value, rounded) and max(value, rounded) < limits.high:
        return Coarse(rounded, about=about)
    low = 2 * value < limits.low + limits.high
    return Coarse(limits.low, "or-less", about=about) if low else Coarse(limits.high, "or-more", about=about)


def _step_of(part: Part, people: int, scale: tuple[int, int]) -> int:
    """Give the step to which a mean is rounded.

    Of one question a few people's mean moves by a tenth or more whenever one of them answers otherwise, so that tenths
    would give the sum of all answers away, and the next round with one person more the answer of that person.
    """
    if len(part.questions) > 1 or people >= MANY:
        return TENTH
    return THOUSAND if scale[1] - scale[0] >= LONG else THOUSAND // 2


def rounded_to(value: int, step: int) -> Coarse:
    """Round to a step of 10, 100 or 1000 thousandths, half to even, with the decimals that it needs."""
    return Coarse(round_ratio(value, step) * step, decimals={100: 1, 10: 2}.get(step, 0))
