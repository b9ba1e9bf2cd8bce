"""How fired rules become recommendations: design/rules.md, “Meaning”, 5."""

from __future__ import annotations

import pytest

from engine.advising.advice import Advice
from engine.advising.recommendations import HeldBack, Recommendation
from engine.content.library import Library
from engine.errors import ProblemsFound
from engine.measuring.answers import Facts
from tests.small import advise, finding, library, play, presenter, recommending

LOW = {"agreements": 2.0, "roles": 2.0, "customer-focus": 2.0}
AGREEMENTS = finding("unclear", "{score: agreements, below: 3.0}")
ROLES = finding("roles-open", "{score: roles, below: 3.0}")
CUSTOMERS = finding("unheard", "{csat: customers, below: 0.5}", severity="high")


def recommended(advice: Advice, id_: str) -> Recommendation | None:
    """Give the recommendation of a play, if there is one."""
    found = [each for each in advice.recommendations if each.play == id_]
    assert len(found) <= 1, f"{id_} is recommended {len(found)} times"
    return found[0] if found else None


def chosen(advice: Advice, id_: str) -> Recommendation:
    """Give the recommendation of a play that must be recommended."""
    found = recommended(advice, id_)
    assert found is not None, [each.play for each in advice.recommendations]
    return found


def test_all_fired_rules_for_a_play_merge_into_one_recommendation() -> None:
    """Rules for one play give one recommendation, with all the rules, all the findings and a reason for each."""
    made = library(
        [AGREEMENTS, ROLES, recommending("talk-of-agreements", "talk", "unclear"),
         recommending("talk-of-roles", "talk", "roles-open")],
        {"talk": play()},
    )  # fmt: skip
    advice = advise(made, LOW)
    (only,) = advice.recommendations
    assert only.rules == ("talk-of-agreements", "talk-of-roles")
    assert only.treats == ("roles-open", "unclear")
    reasons = "\n".join(presenter(made, advice).why(only))
    assert "Found unclear. Agreements: 2.0 of 5 (under 3.0)" in reasons
    assert "Found roles-open. Roles: 2.0 of 5 (under 3.0)" in reasons


def test_only_fired_rules_and_findings_are_named() -> None:
    """A rule that did not fire, and a finding that did not, give no reason."""
    made = library(
        [AGREEMENTS, ROLES, recommending("talk-of-agreements", "talk", "unclear", "roles-open"),
         recommending("talk-of-roles", "talk", "roles-open")],
        {"talk": play()},
    )  # fmt: skip
    (only,) = advise(made, {**LOW, "roles": 4.0}).recommendations
    assert only.rules == ("talk-of-agreements",)
    assert only.treats == ("unclear",)


def test_when_takes_the_place_of_treats() -> None:
    """A rule recommends when its own ``when`` holds; without one, when any of what it treats fired."""
    made = library(
        [AGREEMENTS, ROLES, recommending("a", "talk", "unclear", when="{score: roles, below: 3.0}"),
         recommending("b", "write", "unclear", "roles-open")],
        {"talk": play(), "write": play()},
    )  # fmt: skip
    assert recommended(advise(made, {"agreements": 2.0, "roles": 4.0}), "talk") is None
    assert chosen(advise(made, {"agreements": 2.0, "roles": 4.0}), "write").treats == ("unclear",)
    assert chosen(advise(made, {"agreements": 4.0, "roles": 2.0}), "talk").treats == ()


def test_unless_holds_a_play_back_whatever_recommends_it() -> None:
    """A play whose ``unless`` is true is not recommended by any rule, and stands under what is held back."""
    made = library(
        [AGREEMENTS, ROLES, CUSTOMERS, recommending("a", "talk", "unclear"), recommending("b", "talk", "unheard")],
        {"talk": play(unless="{finding: roles-open}")},
    )
    advice = advise(made, {**LOW, "csat customers": 0.1})
    assert recommended(advice, "talk") is None
    assert advice.held_back == (HeldBack("talk", ("unclear", "unheard"), None),)
    assert presenter(made, advice).data()["held_back"][0]["because"] == "Finding: Found roles-open"


def test_unless_that_is_false_holds_nothing_back() -> None:
    """A play whose ``unless`` is false is recommended as if it had none."""
    made = library(
        [AGREEMENTS, ROLES, recommending("a", "talk", "unclear")], {"talk": play(unless="{finding: roles-open}")}
    )
    advice = advise(made, {**LOW, "roles": 4.0})
    assert chosen(advice, "talk").when == "start-here"
    assert not advice.held_back


def chain(*, held: int, depth: int = 3) -> tuple[Library, Advice]:
    """Give advice in which plays a-0, a-1 … stand for each other, the first ``held`` of them held back."""
    plays = {}
    for place in range(depth):
        condition = "{score: roles, below: 3.0}" if place < held else "{score: roles, above: 3.0}"
        instead = {"instead": f"a-{place + 1}"} if place + 1 < depth else {}
        plays[f"a-{place}"] = play(unless=condition, **instead)
    made = library([AGREEMENTS, recommending("a", "a-0", "unclear")], plays)
    return made, advise(made, LOW)


def test_instead_is_recommended_with_the_same_need() -> None:
    """The play that stands in ``instead`` takes over the rules, what they treat, and the need."""
    _, free = chain(held=0)
    _, advice = chain(held=1)
    took_over = chosen(advice, "a-1")
    assert took_over.terms.need == chosen(free, "a-0").terms.need > 0
    assert (took_over.rules, took_over.treats, took_over.instead_of) == (("a",), ("unclear",), ("a-0",))
    assert took_over.when == "start-here"
    assert advice.held_back == (HeldBack("a-0", ("unclear",), "a-1"),)


def test_instead_of_instead() -> None:
    """Where the play in ``instead`` is held back itself, its own ``instead`` is recommended."""
    _, advice = chain(held=2)
    assert [each.play for each in advice.recommendations] == ["a-2"]
    assert chosen(advice, "a-2").treats == ("unclear",)
    assert advice.held_back[0] == HeldBack("a-0", ("unclear",), "a-2")


def test_a_chain_of_instead_that_ends_held_back_recommends_nothing() -> None:
    """Where the last ``instead`` is held back too, nothing takes the play's place."""
    _, advice = chain(held=3)
    assert advice.held_back[0] == HeldBack("a-0", ("unclear",), None)
    assert all(each.lever for each in advice.recommendations)


def test_instead_merges_with_what_recommends_it_already() -> None:
    """A play that is recommended for itself and in place of another has the reasons of both."""
    made = library(
        [AGREEMENTS, ROLES, recommending("a", "talk", "unclear"), recommending("b", "write", "roles-open")],
        {"talk": play(unless="{finding: roles-open}", instead="write"), "write": play()},
    )
    (only,) = advise(made, LOW).recommendations
    assert (only.play, only.rules, only.treats) == ("write", ("a", "b"), ("roles-open", "unclear"))
    assert only.instead_of == ("talk",)


@pytest.mark.parametrize("keys", [{"unless": "{finding: x}", "instead": "a"}, {"after": "[b]"}])
def test_circles_are_content_errors(keys: dict[str, str]) -> None:
    """Plays that stand for each other, or wait for each other, in a circle are refused when they are loaded."""
    other = {key: "b" if key == "instead" else "[a]" if key == "after" else value for key, value in keys.items()}
    with pytest.raises(ProblemsFound, match="circle"):
        library(
            [finding("x", "{score: roles, below: 3.0}"), recommending("r", "a", "x"), recommending("s", "b", "x")],
            {"a": play(**other), "b": play(**keys)},
        )


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Find out first: Roles: not known, not given; needed under 3.0"),
        ("fi", "Selvitä ensin: Roolit: ei tiedossa, ei annettu; tarvitaan alle 3,0"),
    ],
)
def test_unless_that_is_unknown_sends_a_play_to_later(language: str, words: str) -> None:
    """A play whose ``unless`` is unknown is never to start with, and says what must be found out first."""
    made = library(
        [AGREEMENTS, recommending("a", "talk", "unclear")], {"talk": play(unless="{score: roles, below: 3.0}")}
    )
    advice = advise(made, {"agreements": 1.5})
    uncertain = chosen(advice, "talk")
    assert (uncertain.when, uncertain.uncertain) == ("later", True)
    assert not advice.held_back
    assert presenter(made, advice, language).cautions(uncertain) == (words,)


def test_an_uncertain_play_takes_no_place_from_others() -> None:
    """However needed, a play whose ``unless`` is unknown leaves its place to one that can be started."""
    made = library(
        [finding("worst", "{score: agreements, below: 3.0}", severity="critical"), ROLES,
         recommending("a", "talk", "worst"), recommending("b", "write", "roles-open")],
        {"talk": play(unless="{csat: customers, below: 0.5}"), "write": play()},
    )  # fmt: skip
    advice = advise(made, LOW)
    assert [each.play for each in advice.start_here] == ["write"]
    assert [each.play for each in advice.later] == ["talk"]


def test_instead_whose_own_unless_is_unknown_is_for_later() -> None:
    """The play in ``instead`` is not to start with either while its own ``unless`` is unknown."""
    made = library(
        [AGREEMENTS, recommending("a", "talk", "unclear")],
        {"talk": play(unless="{score: roles, below: 3.0}", instead="write"),
         "write": play(unless="{csat: customers, below: 0.5}")},
    )  # fmt: skip
    advice = advise(made, LOW)
    assert chosen(advice, "write").uncertain
    assert "write" not in [each.play for each in advice.start_here]


AFTER = library(
    [AGREEMENTS, ROLES, recommending("a", "talk", "unclear"), recommending("b", "write", "roles-open")],
    {"talk": play(effect="large", after="[write]"), "write": play(unless="{csat: customers, below: 0.5}")},
)
SATISFIED = {"csat customers": 0.9}


@pytest.mark.parametrize(
    ("measures", "done", "when", "first"),
    [
        ({**LOW, **SATISFIED}, [], "later", ("write",)),
        ({**LOW, **SATISFIED}, ["write"], "start-here", ()),
        ({**LOW, **SATISFIED, "roles": 4.0}, [], "start-here", ()),
        ({**LOW, "csat customers": 0.1}, [], "start-here", ()),
    ],
    ids=["recommended, not done", "recommended and done", "not recommended", "held back"],
)
def test_after(measures: dict[str, object], done: list[str], when: str, first: tuple[str, ...]) -> None:
    """A play waits for the plays of ``after`` that are recommended and not yet done, and for no others."""
    advice = advise(AFTER, measures, Facts(done=frozenset(done)))
    waiting = chosen(advice, "talk")
    assert (waiting.when, waiting.after) == (when, first)
    cautions = presenter(AFTER, advice).cautions(waiting)
    assert cautions == (("First: Play write",) if first else ())


def test_after_waits_for_what_is_recommended_instead_too() -> None:
    """A prerequisite that is recommended in place of another play comes first as well."""
    made = library(
        [AGREEMENTS, ROLES, recommending("a", "talk", "unclear"), recommending("b", "visit", "roles-open")],
        {"talk": play(after="[write]"), "write": play(),
         "visit": play(unless="{score: customer-focus, below: 3.0}", instead="write")},
    )  # fmt: skip
    assert chosen(advise(made, LOW), "talk").after == ("write",)


def test_at_most_three_to_start_with() -> None:
    """However many plays are recommended, three are to start with, the most important ones; the rest come later."""
    rules, plays = [], {}
    for place, limit in enumerate((2.1, 2.3, 2.5, 2.7, 2.9)):
        rules += [
            finding(f"f-{place}", f"{{score: roles, below: {limit}}}"),
            recommending(f"r-{place}", f"p-{place}", f"f-{place}"),
        ]
        plays[f"p-{place}"] = play()
    advice = advise(library(rules, plays), LOW)
    assert [each.play for each in advice.start_here] == ["p-4", "p-3", "p-2"]
    assert [each.play for each in advice.later] == ["p-1", "p-0"]


def test_no_finding_is_answered_twice_while_another_has_nothing() -> None:
    """Two plays for one finding do not both start while a weakness is left without one, however small its need."""
    made = library(
        [finding("worst", "{score: agreements, below: 3.0}", severity="critical"),
         finding("mild", "{score: roles, below: 3.0}", severity="low"),
         recommending("a", "p-1", "worst"), recommending("b", "p-2", "worst"), recommending("c", "p-3", "worst"),
         recommending("d", "p-4", "mild")],
        {f"p-{place}": play() for place in range(1, 5)},
    )  # fmt: skip
    advice = advise(made, LOW)
    assert [each.play for each in advice.start_here] == ["p-1", "p-4"]
    assert [each.play for each in advice.later] == ["p-2", "p-3"]
