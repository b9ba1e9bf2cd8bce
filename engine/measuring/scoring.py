"""The formulas of single measures, in whole numbers: sums, ratios of sums, and one rounding at the end."""

from __future__ import annotations

from collections.abc import Sequence
from math import isqrt, lcm
from operator import mul
from typing import Final, NamedTuple

from engine.content.measures import THOUSAND
from engine.measuring.answers import UNANSWERED
from engine.measuring.asked import AskedQuestion, Part

_BLANK: Final = bytes([UNANSWERED])
_SQUARES_THAT_FIT: Final = bytes(number * number for number in range(16))
_SQUARES: Final = _SQUARES_THAT_FIT.ljust(256, b"\0")


class Answered(NamedTuple):
    """The rows of those who answered anything.

    Args:
        rows: one per respondent.
        complete: whether nobody left anything out.
        everyone: the numbers of all rows.
    """

    rows: Sequence[bytes]
    complete: bool
    everyone: tuple[int, ...]


class Columns(NamedTuple):
    """Some people's answers, added up by question; each list has one number per place of a row.

    Args:
        people: how many people.
        counts: how many of them answered.
        totals: the sum of their answers.
        squares: the sum of their squares.
    """

    people: int
    counts: Sequence[int]
    totals: Sequence[int]
    squares: Sequence[int]


class Sample(NamedTuple):
    """Persons' scores in units of one ``unit``-th scale point.

    Args:
        scores: one per person who answered at least half of the questions.
        total: their sum.
        unit: how many units make a scale point.
        people: the numbers of those persons' rows.
    """

    scores: Sequence[int]
    total: int
    unit: int
    people: tuple[int, ...]


def round_ratio(numerator: int, denominator: int) -> int:
    """Round a ratio to a whole number, half to even; the denominator is positive."""
    halves, twice = 2 * numerator + denominator, 2 * denominator
    quotient = halves // twice
    return quotient - 1 if quotient & 1 and quotient * twice == halves else quotient


def round_root(numerator: int, denominator: int) -> int:
    """Round the square root of a ratio (not negative) to a whole number, half to even."""
    root = isqrt(numerator // denominator)
    # Above the middle between root and root + 1 exactly when the ratio is above that middle's square.
    excess = 4 * numerator - (2 * root + 1) ** 2 * denominator
    return root + 1 if excess > 0 or (excess == 0 and root & 1) else root


def answered(rows: Sequence[bytes], parts: Sequence[Part]) -> Answered:
    """Give the rows of those who answered at least one of the questions that were asked."""
    if UNANSWERED not in b"".join(rows):
        return Answered(rows, True, tuple(range(len(rows))))
    places = [each.place for part in parts for each in part.questions]
    rows = [row for row in rows if any(row[place] != UNANSWERED for place in places)]
    return Answered(rows, False, tuple(range(len(rows))))


def sample(given: Answered, part: Part) -> Sample:
    """Compute persons' scores: the mean of their answers, where they answered at least half of what was asked."""
    start, stop = part.start, part.stop
    if not part.plain:
        answers = [_mapped(row, part) for row in given.rows]
    elif given.complete:
        sums = [sum(row[start:stop]) for row in given.rows]
        return Sample(sums, sum(sums), stop - start, given.everyone)
    else:
        answers = [row[start:stop].replace(_BLANK, b"") for row in given.rows]
    return _means(answers, part)


def _mapped(row: bytes, part: Part) -> Sequence[int]:
    return [each.offset + each.factor * row[each.place] for each in part.questions if row[each.place] != UNANSWERED]


def _means(answers: Sequence[Sequence[int]], part: Part) -> Sample:
    """Compute the mean of each person who answered enough, all with one denominator."""
    counts = [len(each) for each in answers]
    people = tuple([number for number, count in enumerate(counts) if count >= part.needed])
    common = lcm(*{counts[number] for number in people})
    scores = [sum(answers[number]) * (common // counts[number]) for number in people]
    return Sample(scores, sum(scores), common * part.unit, people)


def columns(rows: Sequence[bytes]) -> Columns:
    """Add up the answers to each question, and their squares."""
    joined = b"".join(rows)
    counts = [len(rows)] * (len(rows[0]) if rows else 0)
    if UNANSWERED in joined:
        counts = [len(rows) - column.count(UNANSWERED) for column in zip(*rows, strict=True)]
        rows = [row.replace(_BLANK, b"\0") for row in rows]
        joined = b"".join(rows)
    totals = [sum(column) for column in zip(*rows, strict=True)]
    if max(joined, default=0) < len(_SQUARES_THAT_FIT):
        squared = [row.translate(_SQUARES) for row in rows]
        return Columns(len(rows), counts, totals, [sum(column) for column in zip(*squared, strict=True)])
    return Columns(len(rows), counts, totals, [sum(map(mul, each, each)) for each in zip(*rows, strict=True)])


def score(of: Sample) -> int:
    """Compute the mean of persons' scores, in thousandths of a scale point."""
    return round_ratio(THOUSAND * of.total, len(of.scores) * of.unit)


def question_score(of: Columns, question: AskedQuestion, unit: int) -> int | None:
    """Compute the mean of one question on its questionnaire's scale, in thousandths.

    Args:
        of: the answers of the people that the dimension's score rests on.
        question, unit: how the answers map to the scale.

    Returns:
        None where one of them left it out: it would then rest on fewer people than the dimension, and the difference
        of the two would be about those who did not answer.
    """
    people = of.people
    if of.counts[question.place] != people:
        return None
    return round_ratio(
        THOUSAND * (question.offset * people + question.factor * of.totals[question.place]), people * unit
    )


def favourable(of: Sample, low: int, high: int) -> int:
    """Compute the share of persons at or above 3.5 of 1–5, or the same place on any scale, in thousandths."""
    threshold = -(-(8 * low + 5 * (high - low)) * of.unit // 8)
    return round_ratio(THOUSAND * sum([each >= threshold for each in of.scores]), len(of.scores))


def unfavourable(of: Sample, low: int, high: int) -> int:
    """Compute the share of persons at or below 2.5 of 1–5, or the same place on any scale, in thousandths."""
    threshold = (8 * low + 3 * (high - low)) * of.unit // 8
    return round_ratio(THOUSAND * sum([each <= threshold for each in of.scores]), len(of.scores))


def deviations(of: Sample) -> int:
    """Compute n·Σx² − (Σx)² of persons' scores in squared units: n(n − 1) times their sample variance."""
    squares: int = sum(map(mul, of.scores, of.scores))
    return len(of.scores) * squares - of.total * of.total


def spread(of: Sample) -> int:
    """Compute the sample standard deviation (n − 1) between two or more persons, in thousandths of a scale point."""
    count = len(of.scores)
    return round_root(THOUSAND * THOUSAND * deviations(of), count * (count - 1) * of.unit * of.unit)


def consensus(of: Columns, questions: Sequence[AskedQuestion]) -> int | None:
    """Compute r*WG(J), clamped to 0–1, in thousandths (Lindell, Brandt & Whitney 1999, on each question's own scale).

    Args:
        of: the answers of the people that the dimension's score rests on.
        questions: the dimension's questions.

    Returns:
        None where no question has two answers.
    """
    compared, tops = 0, dict[int, int]()
    for question in questions:
        place = question.place
        count, total = of.counts[place], of.totals[place]
        if count > 1:
            # s²/σ² = 12 (n Σx² − (Σx)²) / (n (n − 1) (A² − 1)); the twelve waits until the end.
            below = count * (count - 1) * question.spread_of_chance
            tops[below] = tops.get(below, 0) + count * of.squares[place] - total * total
            compared += 1
    if not compared:
        return None
    bottom = lcm(*tops)
    top = sum([bottom // below * each for below, each in tops.items()])
    return round_ratio(THOUSAND * max(0, compared * bottom - 12 * top), compared * bottom)


def standings(samples: Sequence[Sample]) -> list[int]:
    """Compute each score minus the mean of all of them, in thousandths of a scale point."""
    counts = [len(each.scores) * each.unit for each in samples]
    common = lcm(*counts)
    scores = [each.total * (common // count) for each, count in zip(samples, counts, strict=True)]
    total, many = sum(scores), len(samples)
    return [round_ratio(THOUSAND * (each * many - total), common * many) for each in scores]


def difference(first: Sample, second: Sample) -> int:
    """Compute the first mean minus the second, in thousandths of a scale point."""
    one, two = len(first.scores) * first.unit, len(second.scores) * second.unit
    return round_ratio(THOUSAND * (first.total * two - second.total * one), one * two)


def satisfied(column: bytes) -> int:
    """Compute the share of answers 4–5 of five, in thousandths."""
    return round_ratio(THOUSAND * (column.count(4) + column.count(5)), len(column))


def promoters(column: bytes) -> int:
    """Compute the per cent of answers 9–10 minus the per cent of 0–6, in thousandths: −100 000 to 100 000."""
    balance = column.count(9) + column.count(10) - sum([each <= 6 for each in column])
    return round_ratio(100 * THOUSAND * balance, len(column))
