"""Conditions of rules in words."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from engine.content.conditions import All, Any, Comparison, Condition, FindingIs, Known, Not, Some
from engine.content.measures import Measure
from tests.small import shipped
from web.coaches.sentences import Sentence, Sentences

LOW = Comparison(Measure("score", "agreements", "members"), "below", 3000)


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        (LOW, "Agreements: under 3.0"),
        (Not(LOW), "Agreements: 3.0 or more"),
        (Known(LOW.measure), "Agreements: known"),
        (Not(Known(LOW.measure)), "Agreements: not known"),
        (FindingIs("unclear-agreements"), "Finding: Agreements are unclear"),
        (Not(FindingIs("unclear-agreements")), "No finding: Agreements are unclear"),
        (Comparison(Measure("gap", "roles", "manager", "members"), "above", 800),
         "Roles: rated over 0.8 higher by the manager than by members"),
        (Comparison(Measure("gap", "roles", "manager", "members"), "below", -800),
         "Roles, the difference manager − members: under −0.8"),
        (Comparison(Measure("trend", "roles", "members"), "is", 0), "Roles: lower than in the last round"),
        (Comparison(Measure("fact", "work-mode"), "is", 2000), "Way of working: remote"),
        (Comparison(Measure("done", "decision-log"), "at-least", 1000), "Done: Keep a decision log"),
        (Not(Comparison(Measure("done", "decision-log"), "at-least", 1000)), "Done: Keep a decision log: no"),
        (All((LOW,)), "Agreements: under 3.0"),
    ],
)  # fmt: skip
def test_a_single_test_is_a_sentence(condition: Condition, said: str) -> None:
    """Each kind of test has its words, and its opposite has the words of the opposite."""
    assert Sentences(shipped(), "en").of(condition).text == said


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        (All((LOW, LOW)), "All of these hold:"),
        (Not(All((LOW, LOW))), "Not all of these hold:"),
        (Any((LOW, LOW)), "At least one of these holds:"),
        (Not(Any((LOW, LOW))), "None of these holds:"),
        (Some(2, (LOW, LOW, LOW)), "At least 2 of these hold:"),
        (Not(Some(2, (LOW, LOW, LOW))), "Fewer than 2 of these hold:"),
    ],
)
def test_a_nested_condition_says_how_many_of_its_parts_hold(condition: Condition, said: str) -> None:
    """Above the parts stands how many of them must hold; the parts themselves stay as they were written."""
    sentence = Sentences(shipped(), "en").of(condition)
    assert sentence.text == said
    assert {part.text for part in sentence.parts} == {"Agreements: under 3.0"}


def test_every_condition_of_the_content_can_be_said_in_both_languages() -> None:
    """No rule and no play is without words, and no limit is left out of them."""
    library = shipped()
    conditions = [rule.condition for rule in library.rules.values()]
    conditions += [play.unless for play in library.plays.values() if play.unless]
    for language in ("en", "fi"):
        sentences = Sentences(library, language)
        assert all(each and "…" not in each for condition in conditions for each in said(sentences.of(condition)))


def said(sentence: Sentence) -> Iterator[str]:
    """Yield every line of a sentence."""
    yield sentence.text
    for part in sentence.parts:
        yield from said(part)
