"""From answers to a profile."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.content.measures import Group, Measure
from engine.content.questionnaire import Questionnaire
from engine.measuring.answers import Facts, GroupAnswers, Round
from engine.measuring.gate import Gate
from engine.measuring.profile import Profile, measure
from tests.measuring import reference
from tests.measuring.teams import BLANK, answers, questionnaire, review, round_of

OPEN = Gate(minimum=3)


def profile(now: GroupAnswers | Round, before: GroupAnswers | None = None, gate: Gate = OPEN) -> Profile:
    """Measure a round."""
    now = now if isinstance(now, Round) else round_of(now)
    return measure(now, round_of(before) if before else None, Facts(), gate=gate)


def of(kind: str, dimension: str = "a", group: Group = "members") -> Measure:
    """Name a measure."""
    return Measure(kind, dimension, group)


@st.composite
def questionnaires(draw: st.DrawFn) -> Questionnaire:
    """Draw a questionnaire with reversed questions and scales of their own."""
    scales = st.sampled_from(
        ["", ", scale: {from: 0, to: 10}", ", scale: {from: 1, to: 4}", ", scale: {from: 1, to: 2}"]
    )
    dimensions = {
        name: [
            f"id: {name}-{n}" + draw(st.sampled_from(["", "", ", reversed: true"])) + draw(st.just("") | scales)
            for n in range(draw(st.integers(1, 5)))
        ]
        for name in ("a", "b", "c")
    }
    scale = draw(st.sampled_from(["{from: 1, to: 5}", "{from: 0, to: 10}", "{from: 1, to: 7}", "{from: 0, to: 100}"]))
    return questionnaire(dimensions, scale=scale)


@st.composite
def tables(draw: st.DrawFn, of: Questionnaire | None = None) -> GroupAnswers:
    """Draw a table of answers, with blanks and with questions that were not asked."""
    of = of or draw(questionnaires())
    ids = [str(each.id) for each in of.all_questions]
    asked = draw(st.just(ids) | st.lists(st.sampled_from(ids), min_size=1, unique=True))
    blanks = draw(st.booleans())
    cells = []
    for question in of.all_questions:
        scale = of.scale_of(question)
        options = st.integers(scale.from_, scale.to)
        cells.append((options | st.just(BLANK)) if blanks else options)
        if question.id not in asked:
            cells[-1] = st.just(BLANK)
    return answers(of, draw(st.lists(st.tuples(*cells), max_size=9)), asked)


@given(tables())
def test_integers_equal_fractions(table: GroupAnswers) -> None:
    """Every measure of a dimension is what plain fractions give, rounded once, and unknown when they give nothing."""
    values, expected = profile(table).values, {}
    people = {dimension: reference.persons(table, dimension) for dimension in ("a", "b", "c")}
    respondents = sum(any(cell != BLANK for cell in row) for row in table.rows)
    people = {key: found for key, found in people.items() if len(found) >= 3 and respondents >= 3}
    means = {key: reference.mean(list(found.values())) for key, found in people.items()}
    for key, found in people.items():
        scores = list(found.values())
        expected[of("score", key)] = reference.thousandths(means[key])
        expected[of("spread", key)] = reference.root_thousandths(reference.variance(scores))
        if len(scores) >= 5:
            expected[of("favourable", key)] = reference.thousandths(reference.share(scores, table.questionnaire, True))
            expected[of("unfavourable", key)] = reference.thousandths(
                reference.share(scores, table.questionnaire, False)
            )
        alike = reference.consensus(table, key, found)
        if alike is not None:
            expected[of("consensus", key)] = reference.thousandths(alike)
        if len(means) > 1:
            standing = means[key] - reference.mean(list(means.values()))
            expected[of("standing", key)] = reference.thousandths(standing)
        expected |= question_scores(table, key, found)
    assert {key: value for key, value in values.items() if key.kind != "respondents"} == expected
    assert values[Measure("respondents", "", "members")] == 1000 * respondents


def question_scores(table: GroupAnswers, dimension: str, people: reference.Persons) -> dict[Measure, int]:
    """Compute the scores of single questions with fractions."""
    whole, found = table.questionnaire, {}
    for each, places in whole.placed():
        for question, place in zip(each.questions, places, strict=True):
            column = [table.rows[number][place] for number in people]
            if each.id == dimension and question.id in table.asked and BLANK not in column:
                score = reference.mean([reference.mapped(whole, question, answer) for answer in column])
                found[of("question", str(question.id))] = reference.thousandths(score)
    return found


@given(tables(), st.randoms(use_true_random=False))
def test_row_order_does_not_matter(table: GroupAnswers, random: Random) -> None:
    """The same answers in another order give the same profile."""
    rows = list(table.rows)
    random.shuffle(rows)
    assert profile(answers(table.questionnaire, rows, sorted(table.asked))).values == profile(table).values


@given(tables(), st.data())
def test_a_lower_answer_never_raises_a_score(table: GroupAnswers, data: st.DataObject) -> None:
    """Lowering one answer (raising one that is reversed) raises neither its score nor the share of favourable."""
    cells = [
        (row, place) for row, cell in enumerate(table.rows) for place, answer in enumerate(cell) if answer != BLANK
    ]
    if not cells:
        return
    row, place = data.draw(st.sampled_from(cells))
    question = table.questionnaire.all_questions[place]
    scale = table.questionnaire.scale_of(question)
    now = table.rows[row][place]
    worse = data.draw(st.integers(now, scale.to) if question.reversed else st.integers(scale.from_, now))
    rows = [bytearray(each) for each in table.rows]
    rows[row][place] = worse
    before, after = profile(table).values, profile(answers(table.questionnaire, rows, sorted(table.asked))).values
    assert before.keys() == after.keys()
    for key, value in after.items():
        if key.kind in ("score", "question", "favourable"):
            assert value <= before[key]
        if key.kind == "unfavourable":
            assert value >= before[key]


def test_a_known_team() -> None:
    """Scores of five people that can be checked by hand."""
    found = profile(
        answers(review(2, 2), [[4, 5, 1, 1], [3, 4, 2, 2], [2, 2, 3, 3], [5, 5, 4, 4], [1, 4, 5, 5]])
    ).values
    assert found[of("score")] == 3500
    assert found[of("question", "a-1")] == 3000
    assert found[of("favourable")] == 600
    assert found[of("unfavourable")] == 400
    assert found[of("spread")] == 1275  # √1.625 = 1.27475…
    assert found[of("consensus", "b")] == 0  # the variance of 1–5 is 2.5, more than chance
    assert found[of("standing")] == 250


def test_half_of_the_asked_questions_are_needed() -> None:
    """Someone who answered two of four questions has a score, someone who answered one has none."""
    rows = [[4, 4, 4, 4], [4, 4, 4, 4], [2, 2, BLANK, BLANK], [1, BLANK, BLANK, BLANK]]
    found = profile(answers(review(), rows))
    assert found.values[of("score")] == round(1000 * (4 + 4 + 2) / 3)
    assert found.respondents == {"members": 4}


def test_a_question_that_a_contributor_left_out_is_unknown() -> None:
    """Within a dimension all numbers rest on the same people; a question that one of them left out has no score."""
    rows = [[4, 4, 4, 4], [4, 4, 4, 4], [2, 2, 2, 2], [3, 3, 3, BLANK]]
    found = profile(answers(review(), rows))
    assert of("question", "a-3") in found.values
    assert found.why_unknown(of("question", "a-4")).code == "too-few-in-common"


def test_change_needs_the_same_questions() -> None:
    """A change is the difference of two rounds that asked the same, in the same words, on the same scale."""
    now, before = [[4, 4], [4, 4], [5, 4]], [[3, 3], [3, 3], [3, 4]]
    same = profile(answers(review(1, 2), now), answers(review(1, 2), before))
    assert same.values[of("change")] == 1000
    reworded = questionnaire({"a": ["id: a-1", "id: a-2, reversed: true"]})
    for other in (
        answers(reworded, before),
        answers(review(1, 2), before, ["a-1"]),
        answers(review(2, 2), [[3] * 4] * 3),
    ):
        found = profile(answers(review(1, 2), now), other)
        known = other.questionnaire.dimensions[1:]  # a second dimension does not change the first
        assert (of("change") in found.values) == bool(known)
        assert known or found.why_unknown(of("change")).code == "different-questions"
        assert known or found.why_unknown(of("trend")).code == "different-questions"


CUSTOMERS = """
questions:
  - {id: csat, en: x, fi: x, measures: csat}
  - {id: nps, en: x, fi: x, measures: nps, scale: {from: 0, to: 10}}
"""


def voice(rows: list[list[int]]) -> GroupAnswers:
    """Give customers' answers to a form that mirrors two of the members' questions."""
    questions = {"a": ["id: a-1-customers, mirrors: a-1", "id: a-2-customers, mirrors: a-2, scale: {from: 0, to: 10}"]}
    return answers(questionnaire(questions, CUSTOMERS, group="customers"), rows)


def test_gap_is_over_mirrored_questions_only() -> None:
    """The gap compares the first two questions, on the members' scale, and is the same from the other side."""
    members = answers(review(), [[5, 5, 1, 1], [4, 4, 1, 1], [3, 3, 1, 1]])
    customers = voice([[2, 5, 4, 9], [2, 5, 4, 9], [3, 5, 2, 3], [3, 5, 5, 10], [3, 5, 1, 7]])
    found = profile(round_of({"members": members, "customers": customers}))
    assert found.values[Measure("gap", "a", "members", "customers")] == 4000 - 2800
    assert found.values[Measure("gap", "a", "customers", "members")] == 2800 - 4000
    assert found.parts[Measure("gap", "a", "members", "customers")] == (4000, 2800)
    assert found.values[Measure("csat", "", "customers")] == 600
    assert found.values[Measure("nps", "", "customers")] == 40_000


def test_gap_needs_the_dimensions_own_people() -> None:
    """Someone in the score but not in the gap would be told by the difference; then there is no gap."""
    members = answers(review(), [[5, 5, 1, 1], [4, 4, 1, 1], [3, 3, 1, 1], [BLANK, BLANK, 1, 1]])
    found = profile(round_of({"members": members, "customers": voice([[3, 5, 4, 9]] * 5)}))
    assert found.values[of("score")]
    assert found.why_unknown(Measure("gap", "a", "members", "customers")).code == "too-few-in-common"


def test_the_managers_numbers_are_one_persons() -> None:
    """The manager gets scores, standing and a gap; what needs several people is unknown; the team sees none of it."""
    members, manager = answers(review(2, 2), [[3, 3, 4, 4]] * 3), answers(review(2, 2), [[5, 5, 4, 4]])
    both = round_of({"members": members, "manager": manager})
    found = profile(both)
    assert found.values[of("score", group="manager")] == 5000
    assert found.values[of("standing", group="manager")] == 500
    assert found.values[Measure("gap", "a", "manager", "members")] == 2000
    assert found.respondents == {"members": 3, "manager": 1}
    for kind in ("spread", "consensus", "favourable", "unfavourable", "trend"):
        assert found.why_unknown(of(kind, group="manager")).code == "one-answer"
    team = profile(both, gate=Gate(minimum=3, viewer="team"))
    assert not [key for key in team.values if "manager" in key]
    assert team.why_unknown(of("score", group="manager")).code == "left-out-for-team"
    assert team.values == profile(members).values


def test_several_managers_are_a_group_like_any() -> None:
    """Two managers would read each other's answers out of their mean; from the minimum on they have measures."""
    few = profile(round_of({"manager": answers(review(), [[5] * 4, [4] * 4])}), gate=Gate())
    assert {key.kind for key in few.values} == {"respondents"}
    why = few.why_unknown(of("score", group="manager"))
    assert (why.code, dict(why.data)) == ("too-few-answers", {"answers": 2, "needed": 5, "group": "manager"})
    several = profile(round_of({"manager": answers(review(), [[5] * 4, [4] * 4] * 3)}), gate=Gate())
    assert several.values[of("score", group="manager")] == 4500
    assert several.values[of("spread", group="manager")] == 548


def test_the_team_is_told_that_the_manager_is_left_out() -> None:
    """Every measure about the manager has that reason for the team, whether the manager answered, or was asked."""
    members, manager = answers(review(), [[3] * 4] * 3), answers(review(), [[5] * 4])
    gate = Gate(minimum=3, viewer="team")
    whole, alone = round_of({"members": members, "manager": manager}), round_of(members)
    found = [measure(each, None, Facts({}, {"manager": 1}), gate=gate) for each in (whole, alone)]
    names = [of(kind, group="manager") for kind in ("score", "spread", "change")]
    names += [Measure(kind, "", "manager") for kind in ("respondents", "response-rate")]
    names += [Measure("gap", "a", "members", "manager"), Measure("gap", "a", "manager", "members")]
    assert {each.why_unknown(name).code for each in found for name in names} == {"left-out-for-team"}
    assert found[0] == found[1]


def test_shares_need_five_people() -> None:
    """Of three people a share under a quarter is nobody's: favourable and unfavourable wait for five."""
    found = profile(answers(review(), [[3] * 4] * 4))
    assert of("score") in found.values
    for kind in ("favourable", "unfavourable"):
        assert of(kind) not in found.values
        assert found.why_unknown(of(kind)).data == {"needed": 5, "group": "members"}


def test_self_check_is_one_persons_view() -> None:
    """One person alone gets scores and standings; what needs several people is unknown."""
    gate = Gate(self_check=True)
    found = profile(answers(review(2, 1), [[2, 4]]), answers(review(2, 1), [[1, 4]]), gate)
    assert found.values[of("score")] == 2000
    assert found.values[of("standing")] == -1000
    assert found.values[of("change")] == 1000
    for kind in ("spread", "consensus", "favourable", "unfavourable", "trend"):
        assert found.why_unknown(of(kind)).code == "one-person"
    assert of("score") not in profile(answers(review(), [[2] * 4] * 2), gate=gate).values


def test_why_unknown_says_who_and_what() -> None:
    """Each reason is the first that applies: nobody, too few, not asked, no earlier round."""
    found = profile(round_of({"members": answers(review(), [[3] * 4] * 3), "customers": voice([[3, 5, 4, 9]] * 4)}))
    codes = {
        of("score", "a", "manager"): "group-absent",
        of("score", "a", "customers"): "too-few-answers",
        of("score", "b"): "not-asked",
        of("standing"): "one-dimension",
        of("change"): "no-earlier-round",
        of("trend"): "no-earlier-round",
        Measure("csat", "", "customers"): "too-few-answers",
        Measure("csat", "", "members"): "not-asked",
        Measure("gap", "a", "members", "customers"): "too-few-answers",
        Measure("gap", "a", "members", "manager"): "group-absent",
        Measure("response-rate", "", "members"): "not-counted",
        Measure("respondents", "", "manager"): "group-absent",
        Measure("fact", "size"): "fact-not-given",
    }
    assert {key: found.why_unknown(key).code for key in codes} == codes
    assert found.why_unknown(of("score", "a", "customers")).data["answers"] == 4


def test_reasons_have_words_in_both_languages() -> None:
    """A reason reads well for none, one and several, and says when the earlier round is meant."""
    before = answers(review(), [[3] * 4] * 2)
    found = profile(answers(review(), [[3] * 4] * 3), before).why_unknown(of("change"))
    assert found.text("en") == "earlier round: 2 answers; 3 are needed"
    assert found.text("fi") == "aiempi kierros: 2 vastausta; tarvitaan 3"


def test_asks_tells_not_applicable_from_not_evaluated() -> None:
    """A dimension is asked when any group's questionnaire has it; satisfaction waits for an absent group."""
    found = profile(answers(review(), [[3] * 4] * 3))
    assert found.asks(of("score", "a", "customers"))
    assert not found.asks(of("score", "z"))
    assert found.asks(of("question", "a-1"))
    assert not found.asks(of("question", "z-1"))
    assert found.asks(Measure("csat", "", "customers"))
    assert not found.asks(Measure("csat", "", "members"))
    assert found.asks(Measure("fact", "size"))


def test_facts_are_measures() -> None:
    """Facts, plans and the response rate stand among the values; the rate never exceeds one."""
    facts = Facts({"size": 2, "work-mode": "remote"}, {"customers": 10}, frozenset({"play"}), frozenset({"meetings"}))
    found = measure(round_of(answers(review(), [[3] * 4] * 3)), None, facts, gate=OPEN).values
    assert found[Measure("fact", "size")] == 2000
    assert found[Measure("fact", "work-mode")] == 2000
    assert found[Measure("done", "play")] == 1000
    assert found[Measure("adopted", "meetings")] == 1000
    assert found[Measure("response-rate", "", "members")] == 1000
    assert found[Measure("response-rate", "", "customers")] == 0


def test_a_profile_of_values_knows_nothing_else() -> None:
    """A scenario's profile has what it was given; all else is “not given”, and every rule applies to it."""
    found = Profile.of({of("score"): 2400}, Facts({"size": 8}), {"members": 6})
    assert found.values[Measure("respondents", "", "members")] == 6000
    assert found.why_unknown(of("spread")).code == "not-given"
    assert found.asks(of("score", "anything"))


@pytest.mark.parametrize("keys", [{"minimum": 2}, {"customers_minimum": 4}, {"viewer": "everybody"}])
def test_a_gate_that_protects_nobody_is_refused(keys: dict[str, int]) -> None:
    """A minimum under three members or five customers is an error with words."""
    with pytest.raises(ValueError, match=r"not allowed|not for"):
        Gate(**keys)  # type: ignore[arg-type]  # wrong on purpose
