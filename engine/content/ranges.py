"""What a measure can be at all: the ends of scales and shares."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from engine.content.measures import THOUSAND, Measure
from engine.content.questionnaire import Questionnaire

Range: TypeAlias = tuple[int, int | None]
"""The lowest and the highest value in whole units; None is without end."""


def said(possible: Range) -> str:
    """Say a range in words, such as “lies between 1 and 5”."""
    low, high = possible
    return f"is never below {low}" if high is None else f"lies between {low} and {high}"


def possible_values(questionnaires: Sequence[Questionnaire], measure: Measure) -> Range | None:
    """Give what a measure can be; None where it cannot be told, or every value can be.

    Args:
        questionnaires: where the scales stand.
        measure: any measure.
    """
    match measure.kind:
        case "question":
            scales = [_asked(each, measure.of) for each in questionnaires]
            return next((each for each in scales if each), None)
        case "score" | "spread" | "gap" | "change" | "standing":
            return _of_dimension(questionnaires, measure)
        case "favourable" | "unfavourable" | "consensus" | "csat" | "response-rate":
            return 0, 1
        case "nps":
            return -100, 100
        case "respondents" | "fact" if measure.of != "work-mode":
            return 0, None
        case _:
            return None


def tellable_values(questionnaires: Sequence[Questionnaire], measure: Measure) -> tuple[int, int] | None:
    """Give between which values, in thousandths, a limit tells no more of a small group than may be shown of it.

    Beyond them lies little but unanimity: 1.5 and 4.5 are the ends of what is shown of 1–5. None where any limit may
    be told.

    Args:
        questionnaires: where the scales stand.
        measure: any measure.
    """
    possible = possible_values(questionnaires, measure)
    if possible is None or possible[1] is None:
        return None
    low, high = possible[0] * THOUSAND, possible[1] * THOUSAND
    margin = (high - low) // 8
    match measure.kind:
        case "score" | "question":
            return low + margin, high - margin
        case "favourable" | "unfavourable" | "csat":
            return 200, 800
        case "consensus":
            return low, 900
        case "spread":
            return margin, high
        case _:
            return None


def _asked(questionnaire: Questionnaire, question: str) -> Range | None:
    for each in questionnaire.all_questions:
        if each.id == question:
            scale = questionnaire.scale_of(each)
            return scale.from_, scale.to
    return None


def _of_dimension(questionnaires: Sequence[Questionnaire], measure: Measure) -> Range | None:
    scales = [each.scale for each in questionnaires if measure.of in {str(part.id) for part in each.dimensions}]
    if not scales:
        return None
    low, high = min(scale.from_ for scale in scales), max(scale.to for scale in scales)
    if measure.kind == "score":
        return low, high
    return (0 if measure.kind == "spread" else low - high), high - low
