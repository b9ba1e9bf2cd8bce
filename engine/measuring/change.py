"""Whether a change is larger than chance: a bound that holds for all compared dimensions at once."""

from __future__ import annotations

from functools import lru_cache
from math import atan, ceil, cos, pi, sin, sqrt
from typing import Final, NamedTuple

from engine.content.measures import THOUSAND, word_value
from engine.measuring.asked import Part
from engine.measuring.scoring import Sample, deviations

ERROR_RATE: Final = 0.05
"""How often a team in which nothing changed may see any change at all."""

MOST_DEGREES: Final = 1000
"""More degrees of freedom are taken as this many; the quantile is then wider by less than 0.2 %."""

FALLING: Final = word_value("trend", "falling")
STEADY: Final = word_value("trend", "steady")
RISING: Final = word_value("trend", "rising")


class Compared(NamedTuple):
    """One dimension in two rounds that asked the same; two people or more in each."""

    now: Sample
    before: Sample
    part: Part


class Difference(NamedTuple):
    """The variance of a difference of two means, as whole numbers with one denominator.

    Args:
        one: the square root of the denominator: each mean's number of persons times its unit, multiplied.
        now, before: each mean's variance times ``one``² and ``scale``.
        scale: the variances' own further denominator.
        degrees: degrees of freedom, 1 or more (Welch 1947; Satterthwaite 1946), rounded down.
    """

    one: int
    now: int
    before: int
    scale: int
    degrees: int


def trend(compared: Compared, family: int) -> int:
    """Decide whether a score fell, rose or neither.

    The score must have moved by at least half a scale point and by more than Welch's two-sided bound at
    ERROR_RATE, divided by the number of comparisons (Bonferroni): if nothing changed anywhere, a false change in
    any of them is as rare as ERROR_RATE. Two rounds of the same people are more alike than independent ones, so
    the bound errs to the careful side.

    Args:
        compared: the dimension in both rounds.
        family: how many dimensions are compared at once, 1 or more.

    Returns:
        The value of ``trend``'s word.
    """
    one, two = (len(each.scores) * each.unit for each in (compared.now, compared.before))
    return trend_of(compared.now.total * two - compared.before.total * one, one * two, compared, family)


def trend_of(difference: int, one: int, compared: Compared, family: int) -> int:
    """Decide about a given difference with the spreads of two rounds; otherwise as ``trend``.

    Args:
        difference: now minus before, ``one`` of which make a scale point.
        one: above 0.
        compared, family: as for ``trend``.
    """
    if 2 * abs(difference) < one:
        return STEADY
    of = welch(compared)
    bound = (student(of.degrees, family) * one) ** 2 * (of.now + of.before)
    if (difference * of.one * THOUSAND) ** 2 * of.scale <= bound:
        return STEADY
    return RISING if difference > 0 else FALLING


def welch(compared: Compared) -> Difference:
    """Prepare the exact comparison of two means whose variances may differ (Welch 1947).

    A few people who happen to agree are not measured without error. Each round's variance between persons is therefore
    at least that of two people who moved one option apart in one question, so that the verdict never tells
    unanimity from that; and the rounding of the answers themselves is added: an option stands for anything
    within half an option, a variance of 1/12 (Sheppard 1898).
    """
    first, second, part = compared
    many, more = len(first.scores), len(second.scores)
    one, two = many * first.unit, more * second.unit
    scale = 12 * len(part.questions) ** 2
    # A mean's variance times one² and scale · (many − 1), and then brought to one denominator for both rounds.
    now = _variance(first, part, scale) * two * two * (more - 1)
    before = _variance(second, part, scale) * one * one * (many - 1)
    both = now * now * (more - 1) + before * before * (many - 1)
    degrees = max(1, (now + before) ** 2 * (many - 1) * (more - 1) // both)
    return Difference(one * two, now, before, scale * (many - 1) * (more - 1), degrees)


def _variance(of: Sample, part: Part, scale: int) -> int:
    """Give a sample's variance times n(n − 1) and the scale, in squared units, with its floor and the rounding."""
    count, finer = len(of.scores), of.unit // part.unit
    squares = [(each.factor * finer) ** 2 for each in part.questions]
    # Two persons one option apart from the rest have n(n − 1)s² = 2n options², each divided by the number of questions.
    floor = 12 * 2 * count * max(squares)
    return max(scale * deviations(of), floor) + count * (count - 1) * sum(squares)


@lru_cache(maxsize=4096)
def student(degrees: int, family: int) -> int:
    """Give the two-sided quantile of Student's t at ERROR_RATE / family, rounded up to thousandths.

    Args:
        degrees: degrees of freedom, 1 or more.
        family: how many comparisons share the error rate, 1 or more.
    """
    degrees = min(degrees, MOST_DEGREES)
    wanted = 1 - ERROR_RATE / family
    low, high = 0.0, 2.0
    while within(high, degrees) < wanted:
        low, high = high, 2 * high
    while high - low > 1e-7 * high:
        middle = (low + high) / 2
        low, high = (middle, high) if within(middle, degrees) < wanted else (low, middle)
    return ceil(high * THOUSAND)


def within(t: float, degrees: int) -> float:
    """Compute how much of Student's distribution lies between −t and t (Abramowitz & Stegun 1964, 26.7.3 and 26.7.4).

    Args:
        t: 0 or more.
        degrees: degrees of freedom, 1 or more; the finite series are exact for whole numbers.
    """
    angle = atan(t / sqrt(degrees))
    odd = degrees % 2
    if degrees == 1:
        return 2 * angle / pi
    term = total = cos(angle) if odd else 1.0
    for step in range(3 if odd else 2, degrees - 1, 2):
        term *= cos(angle) ** 2 * (step - 1) / step
        total += term
    return 2 / pi * (angle + sin(angle) * total) if odd else sin(angle) * total
