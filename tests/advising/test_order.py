"""Advice does not depend on order: design/rules.md, “Meaning”, 4."""

from __future__ import annotations

import json
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.content.library import Library
from tests.small import advise, finding, library, play, presenter, recommending

RULES = (
    finding("unclear", "{score: agreements, below: 3.0}", severity="high"),
    finding("roles-open", "{score: roles, below: 3.0}", explains=["unclear"], kind="possible-cause"),
    finding("unheard", "{any: [{csat: customers, below: 0.5}, {finding: unclear}]}", "blind-spot"),
    finding(
        "both", "{some: 2, of: [{finding: unclear}, {finding: unheard}, {finding: roles-open}]}", severity="critical"
    ),
    finding("strong", "{score: customer-focus, above: 3.9}", "strength"),
    finding("stronger", "{score: customer-focus, above: 3.5}", "strength"),
    finding("few", "{respondents: members, below: 9}", "data"),
    recommending("r-1", "talk", "unclear", "roles-open"),
    recommending("r-2", "talk", "both"),
    recommending("r-3", "write", "unclear"),
    recommending("r-4", "visit", "unheard"),
    recommending("r-5", "wait", "few"),
    recommending("r-6", "walk", "both", "few"),
)
PLAYS = {
    "talk": play(after="[wait]", measure="agreements"),
    "write": play(unless="{finding: roles-open}", instead="walk"),
    "visit": play(unless="{fact: size, above: 9}"),
    "wait": play(minutes=10),
    "walk": play(effect="large"),
}
TEAMS = (
    {"agreements": 2.0, "roles": 2.9, "customer-focus": 4.2, "csat customers": 0.25},
    {"agreements": 2.9, "roles": 3.4, "customer-focus": 3.6, "size": 7, "respondents members": 6},
    {"agreements": 4.2, "roles": 3.0, "standing roles members": -0.6, "size": 12},
)


def shown(made: Library) -> str:
    """Give everything that is shown of the advice for a few teams."""
    advice = [advise(made, measures) for measures in TEAMS]
    return json.dumps([presenter(made, each, language).data() for each in advice for language in ("en", "fi")])


USUAL = library(RULES, PLAYS, template_for="unclear")
SHOWN = shown(USUAL)


@settings(max_examples=30)
@given(st.integers(0, 10**9))
def test_files_and_the_order_of_rules_and_keys_do_not_change_advice(seed: int) -> None:
    """Rules dealt over files in any order, and plays with their keys in any order, give equal advice and one digest."""
    random = Random(seed)
    files: dict[str, list[str]] = {name: [] for name in random.sample(["a", "b", "m", "z"], random.randint(1, 4))}
    for rule in random.sample(RULES, len(RULES)):
        files[random.choice(sorted(files))].append(rule)
    plays = {
        id_: dict(random.sample(list(PLAYS[id_].items()), len(PLAYS[id_]))) for id_ in random.sample(list(PLAYS), 5)
    }
    made = library(files, plays, template_for="unclear")
    assert made.digest == USUAL.digest
    assert shown(made) == SHOWN


def test_the_digest_tells_contents_apart() -> None:
    """Another threshold, or another title, is another release."""
    other = library([RULES[0].replace("3.0", "3.1"), *RULES[1:]], PLAYS, template_for="unclear")
    named = library([RULES[0].replace("Löytyi", "Löytyy"), *RULES[1:]], PLAYS, template_for="unclear")
    assert len({USUAL.digest, other.digest, named.digest}) == 3
