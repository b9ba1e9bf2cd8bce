"""The measures once more, slowly and plainly with fractions, to compare with."""

from __future__ import annotations

from decimal import Decimal, localcontext
from fractions import Fraction

from engine.content.questionnaire import Question, Questionnaire
from engine.measuring.answers import UNANSWERED, GroupAnswers

Persons = dict[int, Fraction]


def thousandths(value: Fraction) -> int:
    """Round half to even, as Python's own fractions do."""
    return round(value * 1000)


def mapped(of: Questionnaire, question: Question, answer: int) -> Fraction:
    """Turn an answer round if its question is reversed, and map it to the questionnaire's scale."""
    own, whole = of.scale_of(question), of.scale
    answer = own.from_ + own.to - answer if question.reversed else answer
    return whole.from_ + Fraction((answer - own.from_) * (whole.to - whole.from_), own.to - own.from_)


def persons(answers: GroupAnswers, dimension: str) -> Persons:
    """Compute each person's score."""
    of, found = answers.questionnaire, Persons()
    for number, row in enumerate(answers.rows):
        given, asked = [], 0
        for each, places in of.placed():
            for question, place in zip(each.questions, places, strict=True):
                if each.id == dimension and question.id in answers.asked:
                    asked += 1
                    if row[place] != UNANSWERED:
                        given.append(mapped(of, question, row[place]))
        if given and 2 * len(given) >= asked:
            found[number] = sum(given, Fraction(0)) / len(given)
    return found


def mean(values: list[Fraction]) -> Fraction:
    """Compute the mean."""
    return sum(values, Fraction(0)) / len(values)


def variance(values: list[Fraction]) -> Fraction:
    """Compute the sample variance, n − 1."""
    middle = mean(values)
    return sum(((each - middle) ** 2 for each in values), Fraction(0)) / (len(values) - 1)


def root_thousandths(value: Fraction) -> int:
    """Round a square root to thousandths, half to even, with sixty decimals."""
    with localcontext() as context:
        context.prec = 60
        root = (Decimal(value.numerator) / Decimal(value.denominator)).sqrt() * 1000
        return int(root.to_integral_value())


def share(scores: list[Fraction], of: Questionnaire, favourable: bool) -> Fraction:
    """Compute the share of persons on one side of the scale."""
    low, width = of.scale.from_, of.scale.to - of.scale.from_
    above, below = low + Fraction(5, 8) * width, low + Fraction(3, 8) * width
    return Fraction(sum(each >= above if favourable else each <= below for each in scores), len(scores))


def consensus(answers: GroupAnswers, dimension: str, people: Persons) -> Fraction | None:
    """Compute r*WG(J), clamped to 0–1."""
    of, shares = answers.questionnaire, []
    for each, places in of.placed():
        for question, place in zip(each.questions, places, strict=True):
            column = [Fraction(answers.rows[number][place]) for number in people]
            column = [value for value in column if value != UNANSWERED]
            if each.id == dimension and question.id in answers.asked and len(column) > 1:
                shares.append(variance(column) / Fraction(of.scale_of(question).options ** 2 - 1, 12))
    return max(Fraction(0), 1 - mean(shares)) if shares else None
