"""What if: change measures or facts, and see what would change in the advice."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final

from engine.advising.advice import Advice
from engine.content.library import Library
from engine.content.measures import (
    DIMENSION_KINDS,
    FACTS,
    GROUP_KINDS,
    GROUPS,
    THOUSAND,
    WORDS,
    Measure,
    word_value,
)  # fmt: skip
from engine.content.ranges import possible_values, said
from engine.content.suggestions import did_you_mean
from engine.errors import PelikirjaError

MOST: Final = 1_000_000
"""No count of people, months or rounds is larger."""


@dataclass(frozen=True, slots=True)
class Changes:
    """How advice would change.

    Args:
        findings_gained, findings_lost: ids of findings.
        started, stopped: ids of plays that would join, or leave, what to start with.
    """

    findings_gained: tuple[str, ...]
    findings_lost: tuple[str, ...]
    started: tuple[str, ...]
    stopped: tuple[str, ...]


def changes(before: Advice, after: Advice) -> Changes:
    """Tell how two pieces of advice differ."""
    was, is_ = ({each.id for each in (*advice.strengths, *advice.findings)} for advice in (before, after))
    did, does = ({each.play for each in advice.start_here} for advice in (before, after))
    return Changes(*(tuple(sorted(each)) for each in (is_ - was, was - is_, does - did, did - does)))


def read_measure(name: str, library: Library) -> Measure:
    """Read the full name of a measure, or the short form for members' scores and facts.

    Args:
        name: such as ``score agreements members``, ``gap customer-focus members customers``, ``csat customers``,
            ``agreements`` or ``size``.
        library: knows the dimensions and questions.

    Raises:
        PelikirjaError: there is no such measure; the text says what was meant, perhaps.
    """
    kind, *rest = name.split() or [""]
    if not rest and kind in FACTS:
        return Measure("fact", kind)
    if not rest and kind in library.dimensions:
        return Measure("score", kind, "members")
    match rest:
        case [of, *group] if kind in (*DIMENSION_KINDS, "question") and len(group) <= 1:
            known = library.dimensions if kind != "question" else _questions(library)
            return Measure(kind, _one_of(of, known, name), _one_of((group or ["members"])[0], GROUPS, name))
        case [of, first, second] if kind == "gap":
            groups = (_one_of(first, GROUPS, name), _one_of(second, GROUPS, name))
            return Measure("gap", _one_of(of, library.dimensions, name), *groups)
        case [group] if kind in GROUP_KINDS:
            return Measure(kind, group=_one_of(group, GROUPS, name))
        case [fact] if kind == "fact":
            return Measure("fact", _one_of(fact, FACTS, name))
        case [of] if kind in ("done", "adopted"):
            return Measure(kind, _one_of(of, library.plays if kind == "done" else library.templates, name))
    kinds = (*DIMENSION_KINDS, "question", "gap", *GROUP_KINDS, "fact", "done", "adopted")
    hint = did_you_mean(kind, (*kinds, *FACTS, *library.dimensions))
    raise PelikirjaError(f"“{name}” is not a measure; write it as “score agreements members”; {hint}".rstrip("; "))


def read_value(measure: Measure, text: object, library: Library) -> int:
    """Read a measure's value into thousandths.

    Args:
        measure: what it is a value of.
        text: a number, or one of the measure's words.
        library: knows the scales.

    Raises:
        PelikirjaError: it is neither, or the measure can never be so.
    """
    kind = measure.of if measure.kind == "fact" else measure.kind
    if kind in WORDS:
        return word_value(kind, _one_of(str(text), WORDS[kind], measure.kind))
    try:
        value = Decimal(str(text).replace(",", ".").replace("−", "-"))
        thousandths = int((value * THOUSAND).to_integral_value())
    except (InvalidOperation, ValueError, OverflowError):
        raise PelikirjaError(f"“{text}” is not a value of {kind}; write a number") from None
    possible = possible_values(tuple(library.questionnaires.values()), measure)
    if possible and (value < possible[0] or value > (MOST if possible[1] is None else possible[1])):
        raise PelikirjaError(f"{kind} cannot be {text}: it {said(possible)}")
    return thousandths


def _one_of(word: str, known: object, name: str) -> str:
    names = set(known)  # type: ignore[call-overload]  # any collection of names
    if word not in names:
        raise PelikirjaError(f"“{word}” in “{name}” is not known; {did_you_mean(word, names)}".rstrip("; "))
    return word


def _questions(library: Library) -> set[str]:
    return {str(each.id) for found in library.questionnaires.values() for each in found.all_questions}
