"""The order of recommendations: design/rules.md, “Meaning”, 6, and docs/how-advice-is-made.md."""

from __future__ import annotations

from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.advise import Adviser
from engine.advising.advice import Advice
from engine.content.library import Library
from engine.content.measures import Measure
from engine.measuring.profile import Profile
from tests.advising.test_recommendations import chosen
from tests.small import advise, finding, library, play, recommending

DIMENSIONS = ("agreements", "roles", "customer-focus")


def needs(severity: str, score: float, *, kind: str = "weakness") -> int:
    """Give the need of a finding of a severity, at a score whose threshold is 3.0."""
    made = library(
        [finding("f", "{score: roles, below: 3.0}", kind, severity), recommending("r", "p", "f")], {"p": play()}
    )
    return chosen(advise(made, {"roles": score}), "p").terms.need


@pytest.mark.parametrize(("severity", "top"), [("critical", 1000), ("high", 750), ("medium", 500), ("low", 250)])
def test_need_lies_in_the_band_of_the_severity(severity: str, top: int) -> None:
    """Need is the top of the severity's band at the worst score, and up to 0.2 less near the threshold."""
    assert needs(severity, 1.0) == top
    assert needs(severity, 2.0) == top - 100
    assert top - 200 <= needs(severity, 2.9) < needs(severity, 2.0)


def test_the_default_severity_of_each_kind() -> None:
    """What needs a play is of medium severity, a change or a lack of data of low, unless the rule says otherwise."""
    assert {kind: needs("", 1.0, kind=kind) for kind in ("weakness", "split", "blind-spot", "possible-cause")} == {
        "weakness": 500, "split": 500, "blind-spot": 500, "possible-cause": 500,
    }  # fmt: skip
    assert [needs("", 1.0, kind=kind) for kind in ("change", "data")] == [250, 250]


def test_the_formula() -> None:
    """The priority is the weighted sum of its five terms, as the documentation says."""
    evidence = "{grade: A, sources: [x], limits: {en: x, fi: x}}"
    made = library(
        [finding("f", "{score: roles, below: 3.0}", severity="high"), recommending("r", "p", "f")],
        {"p": play(effect="large", evidence=evidence, minutes=30)},
    )
    found = chosen(advise(made, {"roles": 1.0}), "p")
    terms = found.terms
    assert (terms.need, terms.customers, terms.effect, terms.evidence, terms.effort) == (750, 0, 1000, 1000, 1000)
    assert found.priority == 540 + 80 + 50 + 50


@pytest.mark.parametrize(("minutes", "effort"), [(5, 1000), (30, 1000), (31, 800), (60, 800), (61, 600), (121, 400)])
def test_effort(minutes: int, effort: int) -> None:
    """A shorter sitting counts as less effort, in the steps of the documentation."""
    made = library(
        [finding("f", "{score: roles, below: 3.0}"), recommending("r", "p", "f")], {"p": play(minutes=minutes)}
    )
    assert chosen(advise(made, {"roles": 1.0}), "p").terms.effort == effort


def explaining(*, explained_fires: bool = True, steps: int = 1) -> Advice:
    """Give advice with a mild possible cause that explains a critical weakness, perhaps through others."""
    chain = ["worst", *(f"between-{place}" for place in range(steps - 1)), "cause"]
    rules = [finding("worst", "{score: agreements, below: 3.0}", severity="critical")]
    for explained, cause in pairwise(chain):
        rules.append(finding(cause, "{score: roles, below: 3.0}", "possible-cause", "low", [explained]))
    made = library(
        [*rules, recommending("r", "p", "cause"), recommending("s", "q", "worst")], {"p": play(), "q": play()}
    )
    return advise(made, {"agreements": 1.0 if explained_fires else 4.0, "roles": 2.9})


@pytest.mark.parametrize("steps", [1, 2, 3])
def test_what_a_finding_explains_gives_its_need(steps: int) -> None:
    """A play for a possible cause has the need of what the cause explains, also through other causes."""
    advice = explaining(steps=steps)
    assert chosen(advice, "p").terms.need == chosen(advice, "q").terms.need == 1000


def test_what_did_not_fire_gives_no_need() -> None:
    """A cause that explains what did not fire has only its own need."""
    assert chosen(explaining(explained_fires=False), "p").terms.need < 100


def test_customers_come_first_at_equal_need() -> None:
    """At equal need a finding about customers comes first, whatever effect, evidence and effort say."""
    best = play(effect="large", minutes=5, evidence="{grade: A, sources: [x], limits: {en: x, fi: x}}")
    worst = play(effect="small", minutes=500, evidence="{grade: C, sources: [x], limits: {en: x, fi: x}}")
    made = library(
        [finding("inside", "{score: customer-focus, below: 3.0}"),
         finding("outside", "{score: customer-focus, group: customers, below: 3.0}"),
         recommending("r", "a-inside", "inside"), recommending("s", "b-outside", "outside")],
        {"a-inside": best, "b-outside": worst},
    )  # fmt: skip
    advice = advise(made, {"customer-focus": 2.0, "score customer-focus customers": 2.0})
    first, second = advice.start_here
    assert (first.play, second.play) == ("b-outside", "a-inside")
    assert first.terms.need == second.terms.need
    assert (first.terms.customers, second.terms.customers) == (1000, 0)


@pytest.mark.parametrize(
    ("condition", "about"),
    [
        ("{csat: customers, below: 0.9}", True),
        ("{nps: customers, below: 50}", True),
        ("{gap: customer-focus, of: members, minus: customers, above: 0.1}", True),
        ("{finding: read}", True),
        ("{score: customer-focus, below: 4.0}", False),
    ],
)
def test_what_is_about_customers(condition: str, about: bool) -> None:
    """A finding is about customers when it rests on what customers said, also through the findings it reads."""
    made = library(
        [finding("read", "{score: customer-focus, group: customers, below: 3.0}"), finding("f", condition),
         recommending("r", "p", "f")],
        {"p": play()},
    )  # fmt: skip
    measures = {
        "csat customers": 0.5, "nps customers": 0, "gap customer-focus members customers": 1.0,
        "customer-focus": 3.5, "score customer-focus customers": 2.5,
    }  # fmt: skip
    assert bool(chosen(advise(made, measures), "p").terms.customers) is about


def test_equal_priority_goes_by_the_plays_id() -> None:
    """Plays of equal priority stand in the order of their ids, not of files or rules."""
    rules = [finding("f", "{score: roles, below: 3.0}")]
    for id_ in ("zebra", "ant", "mole"):
        rules.append(recommending(f"r-{id_}", id_, "f"))
    made = library(rules, {"zebra": play(), "ant": play(), "mole": play()})
    assert [each.play for each in advise(made, {"roles": 2.0}).recommendations] == ["ant", "mole", "zebra"]


def _condition(random: Random, findings: list[str], depth: int = 2) -> str:
    if depth and random.random() < 0.5:
        parts = [_condition(random, findings, depth - 1) for _ in range(random.randint(1, 3))]
        head = random.choice(("all", "any", "not", f"some: {random.randint(1, len(parts))}, of"))
        return f"{{not: {parts[0]}}}" if head == "not" else f"{{{head}: [{', '.join(parts)}]}}"
    if findings and random.random() < 0.2:
        return f"{{finding: {random.choice(findings)}}}"
    limit = random.randrange(11, 50)
    how = random.choice(("below", "at-most", "above", "at-least", "within"))
    upper = min(limit + random.randrange(10), 49)
    value = f"[{limit / 10}, {upper / 10}]" if how == "within" else str(limit / 10)
    about = random.choice((*DIMENSIONS, "customer-focus, group: customers"))
    return f"{{score: {about}, {how}: {value}}}"


def random_library(random: Random) -> Library:
    """Give a library of rules about scores, with findings that read and explain each other, and plays for them."""
    rules: list[str] = []
    ids: list[str] = []
    for place in range(random.randint(2, 8)):
        kind = random.choice(("weakness", "weakness", "split", "blind-spot", "possible-cause", "data", "strength"))
        severity = random.choice(("critical", "high", "medium", "low"))
        explains = random.sample(ids, min(len(ids), 1)) if kind == "possible-cause" else []
        rules.append(finding(f"f-{place}", _condition(random, ids), kind, severity, explains))
        ids.append(f"f-{place}")
    plays = {}
    for place in range(random.randint(1, 6)):
        keys: dict[str, object] = {"minutes": random.choice((30, 90)), "effect": random.choice(("small", "large"))}
        if random.random() < 0.3:
            keys["unless"] = _condition(random, ids, 1)
        plays[f"p-{place}"] = play(**keys)
        treated = random.sample(ids, random.randint(1, min(3, len(ids))))
        rules.append(recommending(f"r-{place}", f"p-{place}", *treated))
    return library(rules, plays)


def random_values(random: Random) -> dict[Measure, int]:
    """Give random scores, sometimes unknown, often near each other and near thresholds."""
    groups = [("members", each) for each in DIMENSIONS] + [("customers", "customer-focus")]
    return {
        Measure("score", of, group): random.randrange(1000, 5001, random.choice((1, 50)))
        for group, of in groups
        if random.random() < 0.9
    }


@settings(max_examples=40)
@given(st.integers(0, 10**9))
def test_a_worse_score_never_lowers_a_priority(seed: int) -> None:
    """While the same statements are true and unknown, no priority falls when a score falls."""
    random = Random(seed)
    made = random_library(random)
    adviser = Adviser(made, "compiled")
    compared = 0
    for _ in range(60):
        values = random_values(random)
        if not values:
            continue
        worse = dict(values)
        lowered = random.choice(sorted(values))
        worse[lowered] = random.randint(1000, values[lowered])
        before, after = (adviser.conclude(Profile.of(each)) for each in (values, worse))
        if (before.situation.true, before.situation.unknown) != (after.situation.true, after.situation.unknown):
            continue
        compared += 1
        priorities = {each.play: each.priority for each in after.recommendations if not each.lever}
        for each in before.recommendations:
            if not each.lever:
                assert priorities[each.play] >= each.priority, (values, lowered, worse[lowered], each.play)
    assert compared or not made.rules


@settings(max_examples=40)
@given(st.integers(0, 10**9))
def test_what_is_to_start_with(seed: int) -> None:
    """At most three start; they share a finding only where no weakness is left open, and no room is left unused."""
    random = Random(seed)
    made = random_library(random)
    adviser = Adviser(made, "compiled")
    for _ in range(40):
        advice = adviser.conclude(Profile.of(random_values(random)))
        start = [each for each in advice.start_here if not each.lever]
        passed_over = [each for each in advice.later if not each.after and not each.uncertain and each.treats]
        assert len(advice.start_here) <= 3
        treated = [id_ for each in start for id_ in each.treats]
        weak = {
            each.id for each in advice.findings if each.kind in ("weakness", "split", "blind-spot", "possible-cause")
        }
        left = weak - set(treated)
        if len(treated) != len(set(treated)):
            assert not left
        if len(start) < 3:
            assert all(set(each.treats) & set(treated) for each in passed_over)
            assert not left or not any(left <= set(each.treats) for each in passed_over)
        for one, two in pairwise(start):
            assert (-one.priority, one.play) < (-two.priority, two.play)
        assert not {each.play for each in advice.held_back} & {each.play for each in advice.recommendations}
