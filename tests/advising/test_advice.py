"""Advice as a whole: design/rules.md, “Meaning”, 2 and 7–10."""

from __future__ import annotations

import pytest

from engine.advise import Adviser
from engine.advising.advice import Advice
from engine.measuring.answers import Facts, Round
from engine.measuring.gate import Gate
from tests.small import advise, finding, library, play, presenter, recommending, round_of

WEAK = [finding(f"low-{of}", f"{{score: {of}, below: 3.0}}") for of in ("agreements", "roles", "customer-focus")]
STRONG = finding("strong", "{score: agreements, at-least: 4.0}", "strength")
PLAYS = {"talk": play(measure="roles"), "write": play(measure="agreements"), "visit": play(measure="customer-focus")}
MADE = library(
    [*WEAK, STRONG, recommending("r", "talk", "low-roles"), recommending("s", "write", "low-agreements"),
     recommending("t", "visit", "low-customer-focus")],
    PLAYS,
)  # fmt: skip


def members(agreements: int, roles: int, focus: int, people: int = 6) -> Round:
    """Give a round in which members answer alike on each dimension but for two, so that nothing is unanimous."""
    row = [agreements, agreements, roles, roles, focus, focus]
    odd = [row[:], row[:]]
    odd[0][0], odd[1][0] = row[0] - 1, row[0] + 1
    return round_of(MADE, {"review": [row] * (people - 2) + odd})


def given(round_: Round, facts: Facts = Facts()) -> Advice:  # noqa: B008  # it is immutable
    """Give advice on a round."""
    return Adviser(MADE, "compiled").advise(round_, facts=facts)


def test_a_team_without_a_weakness_gets_its_next_lever() -> None:
    """Where nothing is weak, strengths come, and the lowest standing with a play that aims at it."""
    advice = given(members(4, 3, 4))
    assert [each.id for each in advice.strengths] == ["strong"]
    assert advice.lever == "roles"
    (lever,) = advice.start_here
    assert (lever.play, lever.lever, lever.rules, lever.treats) == ("talk", "roles", (), ())


@pytest.mark.parametrize(("language", "name"), [("en", "Roles"), ("fi", "Roolit")])
def test_the_next_lever_says_why(language: str, name: str) -> None:
    """The reason for the next lever names its dimension in the reader's language."""
    advice = given(members(4, 3, 4))
    (why,) = presenter(MADE, advice, language).why(advice.start_here[0])
    assert why.endswith(name)


def test_a_team_with_a_weakness_has_no_next_lever() -> None:
    """Where a weakness has something to start with, no lever is added."""
    advice = given(members(4, 2, 4))
    assert advice.lever is None
    assert [each.play for each in advice.start_here] == ["talk"]


def test_the_lowest_standing_is_the_lever_not_the_first_dimension() -> None:
    """The lever is the dimension that stands lowest among the team's own, whatever its place."""
    assert given(members(3, 4, 4)).lever == "agreements"
    assert given(members(4, 4, 3)).lever == "customer-focus"


def test_one_dimension_is_not_called_the_lowest() -> None:
    """Where one dimension is known, only a play that aims at it is offered, and nobody speaks of the lowest."""
    advice = advise(MADE, {"roles": 3.5})
    assert advice.lever == "roles"
    assert "lowest" not in presenter(MADE, advice).why(advice.start_here[0])[0]
    assert advise(library([*WEAK], {"walk": play()}), {"roles": 3.5}).lever is None


def test_a_held_back_play_is_no_lever() -> None:
    """A play whose ``unless`` is true or unknown is not put forward to lift the lowest dimension."""
    for unless in ("{score: agreements, above: 3.0}", "{csat: customers, below: 0.5}"):
        made = library([*WEAK], {"talk": play(measure="roles", unless=unless), "walk": play()})
        advice = advise(made, {"agreements": 4.0, "roles": 3.5})
        assert [each.play for each in advice.start_here] == ["walk"]


def test_nobody_is_told_that_no_weakness_stood_out_when_one_did() -> None:
    """A team whose weakness has nothing to start with is not told that it has no weakness."""
    made = library(
        [*WEAK, recommending("s", "write", "low-agreements")],
        {"write": play(unless="{score: roles, above: 3.0}"), "talk": play(measure="agreements")},
    )
    advice = advise(made, {"agreements": 2.0, "roles": 3.5})
    assert [each.id for each in advice.findings] == ["low-agreements"]
    shown = presenter(made, advice)
    assert not any("No weakness" in why for each in advice.start_here for why in shown.why(each))


def test_a_lever_waits_for_what_comes_first() -> None:
    """A play that waits for a recommended prerequisite does not start as the next lever."""
    made = library(
        [finding("quiet", "{respondents: members, below: 9}", "data"), recommending("r", "invite", "quiet"),
         recommending("s", "talk", "quiet")],
        {"talk": play(measure="roles", after="[invite]"), "invite": play(minutes=10)},
    )  # fmt: skip
    advice = advise(made, {"agreements": 4.0, "roles": 3.5, "respondents members": 6})
    assert "talk" not in [each.play for each in advice.start_here]


def test_nothing_known_still_gives_advice() -> None:
    """With nothing known there is advice without findings, and nothing breaks."""
    advice = advise(MADE, {})
    assert (advice.strengths, advice.findings, advice.lever) == ((), (), None)
    assert presenter(MADE, advice).data()["recommendations"] == []


ASKS = library(
    [*WEAK, finding("unheard", "{csat: customers, below: 0.5}"),
     finding("fell", "{trend: roles, is: falling}", "change"), finding("large", "{fact: size, above: 9}", "data"),
     finding("both", "{all: [{finding: low-roles}, {csat: customers, below: 0.5}]}"),
     finding("done", "{done: talk}", "data"), recommending("r", "talk", "unheard")],
    {"talk": play()},
)  # fmt: skip


def missing(round_: Round) -> dict[str, set[str]]:
    """Give the rules that were not evaluated, by what was missing."""
    advice = Adviser(ASKS, "compiled").advise(round_)
    found: dict[str, set[str]] = {}
    for each in advice.not_evaluated:
        found.setdefault(each.missing, set()).update(each.rules)
    return found


def test_what_could_not_be_judged_is_listed_by_what_was_missing() -> None:
    """An unknown rule stands under what it lacked: the customers, an earlier round, a fact."""
    row = [4, 4, 2, 2, 4, 4]
    found = missing(round_of(ASKS, {"review": [row] * 6}))
    assert found["customers"] == {"unheard", "both", "r"}
    assert found["members"] == {"fell"}
    assert found["size"] == {"large"}
    assert not any("done" in rules for rules in found.values())


def test_what_nobody_was_asked_about_is_not_listed() -> None:
    """A rule about dimensions that no questionnaire of the round has is not applicable, and not listed."""
    found = missing(round_of(ASKS, {"short": [[2]] * 6}))
    listed = set().union(*found.values())
    assert {"low-roles", "low-customer-focus", "fell"}.isdisjoint(listed)
    assert "unheard" in found["customers"]


def test_too_few_answers_are_the_reason() -> None:
    """Below the minimum group every rule about members lacks members, and the reason tells how many are needed."""
    round_ = round_of(ASKS, {"review": [[4, 4, 2, 2, 4, 4]] * 4})
    assert missing(round_)["members"] >= {"low-agreements", "low-roles", "low-customer-focus"}
    advice = Adviser(ASKS, "compiled").advise(round_)
    assert {"4 answers; 5 are needed"} <= {each.reason.text("en") for each in advice.not_evaluated}


@pytest.mark.parametrize(
    ("language", "title"), [("en", "Possible cause: Found why"), ("fi", "Mahdollinen syy: Löytyi why")]
)
def test_a_possible_cause_is_worded_as_one(language: str, title: str) -> None:
    """A possible cause is called one wherever it is named, since answers at one moment prove no cause."""
    made = library(
        [*WEAK, finding("why", "{score: agreements, below: 3.2}", "possible-cause", explains=["low-roles"]),
         recommending("r", "talk", "why")],
        {"talk": play()},
    )  # fmt: skip
    advice = advise(made, {"agreements": 3.1, "roles": 2.0})
    data = presenter(made, advice, language).data()
    assert [each["title"] for each in data["findings"] if each["id"] == "why"] == [title]
    assert data["recommendations"][0]["reasons"][0].startswith(title)


def test_findings_stand_by_how_serious_they_are() -> None:
    """Findings are listed most serious first, then by id; strengths with the highest score first."""
    made = library(
        [finding("a", "{score: roles, below: 3.0}", severity="low"),
         finding("b", "{score: roles, below: 3.0}", severity="critical"),
         finding("c", "{score: roles, below: 3.0}", severity="critical"),
         finding("s", "{score: agreements, above: 4.0}", "strength"),
         finding("t", "{score: customer-focus, above: 4.0}", "strength")],
        {},
    )  # fmt: skip
    advice = advise(made, {"roles": 2.0, "agreements": 4.2, "customer-focus": 4.6})
    assert [each.id for each in advice.findings] == ["b", "c", "a"]
    assert [each.id for each in advice.strengths] == ["t", "s"]


def test_one_persons_own_answers() -> None:
    """A self-check skips the gate, and leaves unknown what needs several people."""
    row = [4, 4, 2, 2, 4, 4]
    advice = Adviser(ASKS, "compiled").advise(round_of(ASKS, {"review": [row]}), gate=Gate(self_check=True))
    assert [each.id for each in advice.findings] == ["low-roles"]
    figures = presenter(ASKS, advice).data()["profile"]["members"]["roles"]
    assert figures["score"]["value"] == 2
    assert [kind for kind, each in figures.items() if each["value"] is not None] == ["score", "standing"]


def test_an_agreement_that_is_adopted_is_not_suggested() -> None:
    """A template that the team has adopted is not offered again."""
    made = library([*WEAK], {}, template_for="low-roles")
    for adopted, offered in ((frozenset[str](), ["meetings"]), (frozenset({"meetings"}), [])):
        advice = advise(made, {"roles": 2.0}, Facts(adopted=adopted))
        assert [each["id"] for each in presenter(made, advice).data()["agreements"]] == offered
