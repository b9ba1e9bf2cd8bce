"""The shipped content: clean, covered by its scenarios, and nothing in it without a use."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest

from engine.advise import Adviser
from engine.advising.recommendations import UNLESS
from engine.content.conditions import FindingIs, leaves
from engine.content.model import LANGUAGES
from engine.content.rules import NEEDS_A_PLAY
from engine.scenarios import Coverage, Outcome, coverage_problems, covered, run_scenarios
from tests.small import shipped


@cache
def ran() -> tuple[list[Outcome], Coverage]:
    """Run every scenario once."""
    return run_scenarios(Adviser(shipped(), "compiled"))


def test_the_content_has_no_warnings() -> None:
    """``pelikirja check`` finds nothing to warn about."""
    assert not [str(problem) for problem in shipped().warnings]


def test_every_scenario_passes() -> None:
    """Each scenario's advice is what its coach expects."""
    outcomes, _ = ran()
    assert len(outcomes) > 100
    assert not [(each.path, each.line, each.name, each.failures) for each in outcomes if each.failures]


def test_every_rule_is_tried_both_ways(record_property: Callable[[str, object], None]) -> None:
    """Some scenario fires each rule as written, some leaves it unfired; so with both sides of thresholds."""
    _, coverage = ran()
    rules, all_rules, both, thresholds = covered(shipped(), coverage)
    record_property("thresholds tried on both sides", f"{both} of {thresholds}")
    assert (rules, both) == (all_rules, thresholds), [str(each) for each in coverage_problems(shipped(), coverage)]


def test_there_is_as_much_as_promised() -> None:
    """13 dimensions of four questions, 160 rules as written of every kind, 60 plays, 16 templates, 12 portraits."""
    made = shipped()
    review = made.questionnaires["appreciative-review"]
    assert [len(each.questions) for each in review.dimensions] == [4] * 13
    assert {"quick-check", "customer-voice", "pulse"} <= set(made.questionnaires)
    assert len({rule.written_as for rule in made.rules.values()}) >= 160
    assert {each.kind for each in made.findings.values()} == {
        "strength", "weakness", "split", "blind-spot", "possible-cause", "change", "data",
    }  # fmt: skip
    assert len(made.plays) >= 60
    assert len(made.templates) >= 16
    assert len([read for read in made.scenarios if "portraits" in read.path]) >= 12


def test_there_are_root_causes_and_levers() -> None:
    """At least 30 possible causes, and for each dimension a strength that says what it can carry."""
    made = shipped()
    assert len([each for each in made.findings.values() if each.kind == "possible-cause"]) >= 30
    levers = {id_: rule for id_, rule in made.rules.items() if rule.finding and rule.finding.kind == "strength"}
    carried = {
        leaf.finding.removeprefix("strong-")
        for id_, rule in levers.items()
        if not id_.startswith("strong-") and id_ in {finding for each in made.rules.values() for finding in each.treats}
        for leaf in leaves(rule.condition)
        if isinstance(leaf, FindingIs) and leaf.finding.startswith("strong-")
    }
    assert carried >= made.questionnaires["appreciative-review"].dimension_ids - {"customer-focus"}
    assert {"customer-focus-can-carry-goals", "customers-can-lift-spirits"} <= set(levers)


def test_every_rule_has_its_reason() -> None:
    """Each rule says in one line why its threshold stands where it does, or why it recommends its play."""
    assert not [rule.written_as for rule in shipped().rules.values() if len(rule.why.split()) < 4]


def test_every_dimension_has_two_plays() -> None:
    """For each dimension of the review at least two plays aim at it, and two answer a low score of it or its cause."""
    made = shipped()
    for dimension in made.questionnaires["appreciative-review"].dimension_ids:
        aimed = {play.id for play in made.plays.values() if str(play.file.measure) == dimension}
        low = made.replaced.get(f"low-{dimension}", f"low-{dimension}")
        causes = {id_ for id_, each in made.findings.items() if low in each.explains}
        answering = {rule.play for rule in made.rules.values() if rule.play and {low, *causes} & set(rule.treats)}
        assert len(aimed) >= 2, dimension
        assert len(answering) >= 2, dimension


def test_every_play_is_recommended() -> None:
    """Each play is recommended by a rule, or stands in for one that is."""
    made = shipped()
    recommended = {rule.play for rule in made.rules.values() if rule.play}
    instead = {str(play.file.instead) for play in made.plays.values() if play.file.instead}
    assert set(made.plays) == (recommended | instead) & set(made.plays)


def test_every_finding_that_needs_a_play_has_one() -> None:
    """Each weakness, split, blind spot and possible cause is treated by a rule."""
    made = shipped()
    treated = {finding for rule in made.rules.values() for finding in rule.treats}
    assert not {id_ for id_, each in made.findings.items() if each.kind in NEEDS_A_PLAY} - treated


def test_whatever_was_judged_counts_as_judged() -> None:
    """No dimension of a members' questionnaire is left out where the rules ask whether anything could be judged."""
    made = shipped()
    asked = {each for one in made.questionnaires.values() if one.group == "members" for each in one.dimension_ids}
    rule = made.rules["nothing-could-be-judged"]
    read = {leaf.measure.of for leaf in leaves(rule.condition) if not isinstance(leaf, FindingIs)}
    assert asked <= read


def test_every_possible_cause_explains_something() -> None:
    """A possible cause names what it may be a cause of."""
    assert not [each.id for each in shipped().findings.values() if each.kind == "possible-cause" and not each.explains]


def test_every_dimension_can_be_lifted() -> None:
    """For each dimension of the review some play aims at it, so that every team can get its next lever."""
    made = shipped()
    aimed = {str(play.file.measure) for play in made.plays.values() if play.file.measure}
    general = [play.id for play in made.plays.values() if play.file.measure is None and play.file.for_ == "team"]
    assert general or {str(each.id) for each in made.questionnaires["appreciative-review"].dimensions} <= aimed


def test_no_play_waits_for_itself_or_is_held_back_by_its_own_success() -> None:
    """What holds a play back is something else than what it answers alone."""
    made = shipped()
    for play in made.plays.values():
        assert play.id not in play.file.after
        if play.unless:
            held = {leaf.finding for leaf in leaves(play.unless) if isinstance(leaf, FindingIs)}
            treated = {each for rule in made.rules.values() if rule.play == play.id for each in rule.treats}
            assert not treated or treated - held, UNLESS + play.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_titles_are_told_apart(language: str) -> None:
    """No two findings, and no two plays, have the same title."""
    made = shipped()
    for titles in (
        [each.texts.get(language) for each in made.findings.values()],
        [each.file.title.get(language) for each in made.plays.values()],
    ):
        assert len(set(titles)) == len(titles), [each for each in titles if titles.count(each) > 1]


def test_texts_are_two_languages() -> None:
    """No text is the same in Finnish and in English, but for names."""
    made = shipped()
    pairs = [(str(each.texts.en), str(each.texts.fi)) for each in made.findings.values()]
    pairs += [(str(each.file.title.en), str(each.file.title.fi)) for each in made.plays.values()]
    pairs += [(each.texts["en"].source, each.texts["fi"].source) for each in made.plays.values()]
    for questionnaire in made.questionnaires.values():
        pairs += [(str(each.en), str(each.fi)) for each in questionnaire.dimensions]
        pairs += [(str(each.en), str(each.fi)) for each in questionnaire.all_questions]
    assert not [en for en, fi in pairs if en == fi]
