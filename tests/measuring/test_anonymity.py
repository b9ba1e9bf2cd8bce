"""What is shown, and attacks on it: from the shown figures nobody may learn what somebody answered."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations_with_replacement, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.content.measures import DIMENSION_KINDS, Group, Measure
from engine.content.questionnaire import Questionnaire
from engine.measuring import anonymity
from engine.measuring.anonymity import Figure, coarse_value, shown
from engine.measuring.answers import Facts, GroupAnswers, Round
from engine.measuring.gate import Gate
from engine.measuring.profile import Profile, measure
from tests.measuring.teams import BLANK, answers, questionnaire, review, round_of

OPEN = Gate(minimum=3)
Rows = list[list[int]]


def profile(now: Round | GroupAnswers, before: GroupAnswers | None = None, gate: Gate = OPEN) -> Profile:
    """Measure a round."""
    now = now if isinstance(now, Round) else round_of(now)
    return measure(now, round_of(before) if before else None, Facts(), gate=gate)


def of(kind: str, dimension: str = "a", group: Group = "members") -> Measure:
    """Name a measure."""
    return Measure(kind, dimension, group)


def figure(rows: Rows, kind: str, questions: int = 4, gate: Gate = OPEN) -> Figure:
    """Show one measure of one dimension."""
    return shown(profile(answers(review(1, questions), rows), gate=gate), of(kind), exact=False)


def everything(found: Profile) -> dict[Measure, Figure]:
    """Show all that can be shown of a profile, the reasons why not included."""
    kinds = {of(kind, dimension) for kind in DIMENSION_KINDS for dimension in "ab"}
    names = {*found.values, *kinds, *(of("question", f"{d}-{n}") for d in "ab" for n in range(1, 5))}
    return {name: shown(found, name, exact=False) for name in names}


# --- what is shown ----------------------------------------------------------------------------------------------------


def test_scores_are_shown_to_a_tenth_and_bounded_near_the_ends() -> None:
    """A score of 3.25 is 3.2 (half to even), 1.0 and 1.5 are “1.5 or less”, 4.75 is “4.5 or more”."""
    assert figure([[3, 3, 3, 4]] * 4, "score") == Figure(Decimal("3.2"))
    assert figure([[1] * 4] * 4, "score") == Figure(Decimal("1.5"), "or-less")
    assert figure([[1, 1, 2, 2]] * 4, "score") == Figure(Decimal("1.5"), "or-less")
    assert figure([[5, 5, 5, 4]] * 4, "score") == Figure(Decimal("4.5"), "or-more")


def test_exact_shows_thousandths() -> None:
    """Whoever holds the raw answers sees thousandths, of a unanimous group too."""
    found = profile(answers(review(), [[5, 5, 5, 4]] * 3 + [[5] * 4]))
    assert shown(found, of("score"), exact=True) == Figure(Decimal("4.812"))
    assert shown(found, of("spread"), exact=True).value == Decimal("0.125")


def test_spread_and_consensus_of_few_are_not_numbers() -> None:
    """Under ten answers there is no spread, and consensus is a word; from ten on both are numbers with a bound."""
    split = [[1] * 4, [5] * 4, [1] * 4, [5] * 4, [3] * 4]
    assert figure(split, "spread").reason is not None
    assert figure(split, "consensus").value == "split"
    assert figure([[4] * 4] * 5, "consensus").value == "alike"
    assert figure(split * 2, "spread") == Figure(Decimal("1.9"))
    assert figure([[4] * 4] * 10, "spread") == Figure(Decimal("0.5"), "or-less")
    assert figure([[4] * 4] * 10, "consensus") == Figure(Decimal("0.9"), "or-more")


def test_differences_say_when_a_part_was_bounded() -> None:
    """From “4.5 or more” to 3.0 the change is “−1.5 or less”; between two bounds of one end nothing is shown."""
    high, middle = answers(review(2), [[5] * 4 + [4] * 4] * 5), answers(review(2), [[3] * 4 + [4] * 4] * 5)
    assert shown(profile(middle, high), of("change"), exact=False) == Figure(Decimal("-1.5"), "or-less")
    assert shown(profile(high, middle), of("change"), exact=False) == Figure(Decimal("1.5"), "or-more")
    both = shown(profile(high, high), of("change"), exact=False)
    assert both.reason is not None
    assert both.reason.code == "at-the-end"
    assert shown(profile(high), of("standing"), exact=False) == Figure(Decimal("0.2"), "or-more")


def test_words_counts_and_facts_stay_as_they_are() -> None:
    """Trends are words, counts and facts are whole, a plan's state is 0 or 1."""
    facts = Facts({"size": 9, "work-mode": "hybrid"}, done=frozenset({"play"}))
    team = round_of(answers(review(), [[3] * 4] * 6))
    found = measure(team, team, facts, gate=OPEN)
    assert shown(found, of("trend"), exact=False).value == "steady"
    assert shown(found, Measure("respondents", "", "members"), exact=False).value == 6
    assert shown(found, Measure("response-rate", "", "members"), exact=False).value == Decimal("0.67")
    assert shown(found, Measure("fact", "size"), exact=False).value == 9
    assert shown(found, Measure("fact", "work-mode"), exact=False).value == "hybrid"
    assert shown(found, Measure("done", "play"), exact=False).value == 1
    assert shown(found, Measure("done", "other"), exact=False).value == 0


def test_ones_own_answers_are_shown_without_bounds() -> None:
    """A manager and a person alone read their own scores to a tenth, at the ends too; the team's part stays bounded."""
    rows = round_of({"members": answers(review(), [[5] * 4] * 3), "manager": answers(review(), [[1] * 4])})
    assert shown(profile(rows), of("score", group="manager"), exact=False) == Figure(Decimal("1.0"))
    gap = shown(profile(rows), Measure("gap", "a", "members", "manager"), exact=False)
    assert gap == Figure(Decimal("3.5"), "or-more")
    assert figure([[5] * 4], "score", gate=Gate(self_check=True)) == Figure(Decimal("5.0"))


def test_coarse_values_are_what_is_shown() -> None:
    """The number behind a figure is the bound, the rounded number or the middle of its word; None for nothing."""
    assert coarse_value(profile(answers(review(), [[5] * 4] * 20)), of("favourable")) == 900
    found = profile(answers(review(), [[5] * 4] * 5))
    assert coarse_value(found, of("score")) == 4500
    assert coarse_value(found, of("favourable")) is None
    assert coarse_value(found, of("consensus")) == 850
    assert coarse_value(found, of("spread")) is None
    assert coarse_value(found, of("score", "z")) is None


def test_made_up_values_are_only_rounded() -> None:
    """A scenario has nobody to protect."""
    found = Profile.of(
        {of("score"): 4960, of("favourable"): 1000, of("change"): -1260, Measure("nps", "", "customers"): 30_000}
    )
    assert shown(found, of("score"), exact=False) == Figure(Decimal("5.0"))
    assert shown(found, of("favourable"), exact=False) == Figure(Decimal("1.00"))
    assert shown(found, of("change"), exact=False) == Figure(Decimal("-1.3"))
    assert shown(found, Measure("nps", "", "customers"), exact=False) == Figure(Decimal(30))


def test_assumptions_are_shown_as_they_were_made() -> None:
    """What somebody assumes is rounded but not hidden, known before or not; the rest of the profile stays as it was."""
    found = profile(answers(review(2), [[5] * 4 + [3] * 4] * 5))
    names = (of("score"), of("change"), of("spread"), of("score", "z"), Measure("gap", "a", "members", "customers"))
    other = found.assuming(dict.fromkeys(names, 4960))
    assert [shown(other, name, exact=False) for name in names] == [Figure(Decimal("5.0"))] * len(names)
    assert shown(other, of("score", "b"), exact=False) == shown(found, of("score", "b"), exact=False)
    assert shown(other, of("standing", "b"), exact=False) == Figure(Decimal("-1.0"))


# --- attacks ----------------------------------------------------------------------------------------------------------


def test_below_the_minimum_only_counts_are_known() -> None:
    """Attack by small groups: two members and four customers have no measure but how many they are."""
    few = round_of({"members": answers(review(), [[3] * 4] * 2), "customers": answers(review(), [[3] * 4] * 4)})
    assert {name.kind for name in profile(few).values} == {"respondents"}
    assert {name.kind for name in profile(answers(review(), [[3] * 4] * 4), gate=Gate()).values} == {"respondents"}


def test_nothing_in_a_dimension_rests_on_other_people() -> None:
    """Attack by subtraction: dropping one question or one group never leaves a number about fewer people."""
    rows = [[4] * 4, [4] * 4, [2] * 4, [3, 3, BLANK, BLANK], [BLANK, BLANK, BLANK, 1]]
    found = profile(answers(review(), rows))
    known = {name.of for name in found.values if name.kind == "question"}
    assert known == {"a-1", "a-2"}  # answered by exactly the four whose scores make the dimension's


def test_the_gate_holds_for_each_dimension() -> None:
    """Attack by buckets: a dimension that fewer people answered is unknown although the group is large enough."""
    rows = [[4] * 4 + [4] * 4] * 2 + [[4] * 4 + [BLANK] * 4] * 3
    found = profile(answers(review(2), rows))
    assert of("score") in found.values
    why = found.why_unknown(of("score", "b"))
    assert (why.code, dict(why.data)) == ("too-few-rated", {"needed": 3, "group": "members"})
    assert not [name for name in found.values if name.of.startswith("b")]


def test_the_insider_manager_is_not_among_the_members() -> None:
    """Attack by an insider: taking or leaving the manager's answers changes no number of the members."""
    members = answers(review(), [[3] * 4, [4] * 4, [5] * 4])
    alone = profile(members).values
    both = profile(round_of({"members": members, "manager": answers(review(), [[1] * 4])})).values
    assert {name: value for name, value in both.items() if "manager" not in name} == alone


@pytest.mark.parametrize("people", [20, 21, 39, 40, 41, 60, 79, 80, 100])
def test_shown_shares_are_true_and_never_say_all_or_none(people: int) -> None:
    """A shown share lies half a step or less from the truth, beyond its bound at the ends only."""
    for count in range(people + 1):
        found = figure([[5]] * count + [[1]] * (people - count), "favourable", 1)
        assert isinstance(found.value, Decimal)
        assert 0 < found.value < 1
        if found.bound != "or-less":
            assert Decimal(count) / people >= found.value - Decimal("0.05")
        if found.bound != "or-more":
            assert Decimal(count) / people <= found.value + Decimal("0.05")


CUSTOMERS = questionnaire(
    {"a": ["id: a-1"]}, "questions: [{id: c, en: x, fi: x, measures: csat}]", group="customers"
)  # fmt: skip


@pytest.mark.parametrize("people", [*range(3, 61), 79, 80, 81, 99])
@pytest.mark.parametrize(
    ("kind", "thresholds"), [("favourable", [250]), ("unfavourable", [250]), ("csat", [700]), ("csat", [800])]
)
def test_a_shown_share_and_a_verdict_could_be_two_counts(people: int, kind: str, thresholds: list[int]) -> None:
    """Attack by rules: what is shown of a share, and whether a rule about it fires, never stand for one count only."""
    assert min(len(counts) for counts in told(people, kind, thresholds).values()) >= 2


@pytest.mark.parametrize("people", range(20, 61))
def test_a_shown_share_and_two_verdicts_could_be_two_counts(people: int) -> None:
    """Attack by two rules about satisfaction with different thresholds."""
    assert min(len(counts) for counts in told(people, "csat", [700, 800]).values()) >= 2


def told(people: int, kind: str, thresholds: list[int]) -> dict[object, list[int]]:
    """Give the counts behind everything that can be told of a share: its figure, and whether it reaches thresholds."""
    counts = defaultdict[object, list[int]](list)
    good, bad = (1, 5) if kind == "unfavourable" else (5, 1)
    for count in range(people + 1):
        column = [good] * count + [bad] * (people - count)
        if kind == "csat":
            found = profile(round_of({"customers": answers(CUSTOMERS, [[3, each] for each in column])}))
            name = Measure("csat", "", "customers")
        else:
            found, name = profile(answers(review(1, 1), [[each] for each in column])), of(kind)
        each, value = shown(found, name, exact=False), found.values.get(name)
        assert (each.value is None) == (coarse_value(found, name) is None) == (people < 20)
        if each.reason and people >= 5:
            assert each.reason.code == "fewer-than-twenty"
        verdicts = [None if value is None else value >= threshold for threshold in thresholds]
        counts[each.value, each.bound, *verdicts].append(count)
    return counts


@pytest.mark.parametrize("people", [5, 6, 9, 10, 19, 20, 40])
def test_recommendations_never_reveal_unanimity(people: int) -> None:
    """Attack by nps: what is shown when all are promoters, or all detractors, is also shown when one is not."""
    of_ = questionnaire(
        {"a": ["id: a-1"]},
        "questions: [{id: n, en: x, fi: x, measures: nps, scale: {from: 0, to: 10}}]",
        group="customers",
    )
    for all_, one in ((10, 8), (0, 7)):
        rounds = [[[3, all_]] * people, [[3, all_]] * (people - 1) + [[3, one]]]
        figures = [
            shown(profile(round_of({"customers": answers(of_, rows)})), Measure("nps", "", "customers"), exact=False)
            for rows in rounds
        ]
        assert figures[0] == figures[1]
        assert figures[0].bound


def others(rows: Rows, ends: tuple[int, int]) -> Iterator[Rows]:
    """Yield what the group could have answered instead, the first person's answers left as they are.

    One answer one option further in, or two that balance each other.
    """
    cells = [(row, place) for row in range(1, len(rows)) for place in range(len(rows[0]))]
    moves = [(cell, step) for cell in cells for step in (1, -1) if ends[0] <= rows[cell[0]][cell[1]] + step <= ends[1]]
    for chosen in (*((move,) for move in moves), *product(moves, moves)):
        changed = [list(row) for row in rows]
        for (row, place), step in chosen:
            changed[row][place] += step
        if changed != rows and all(ends[0] <= cell <= ends[1] for row in changed for cell in row):
            yield changed


@given(st.integers(3, 12), st.integers(1, 4), st.sampled_from([(1, 5), (0, 10), (1, 7), (1, 3), (1, 2)]), st.data())
def test_unanimity_is_never_certain(people: int, questions: int, ends: tuple[int, int], data: st.DataObject) -> None:
    """Attack by unanimity: whatever a whole group answered alike, another table shows the same in every figure.

    Even to one of the group, who knows one row.
    """
    whole = review(1, questions, scale=f"{{from: {ends[0]}, to: {ends[1]}}}")
    row = data.draw(st.lists(st.integers(*ends), min_size=questions, max_size=questions))
    rows = [row] * people
    seen = everything(profile(answers(whole, rows)))
    assert any(everything(profile(answers(whole, other))) == seen for other in others(rows, ends))


@pytest.mark.parametrize("people", [3, 4, 5])
def test_no_table_of_one_question_is_unanimous_for_certain(people: int) -> None:
    """Attack by unanimity, all tables: for each unanimous one there is another that shows the same."""
    seen = defaultdict(list)
    for column in combinations_with_replacement(range(1, 6), people):
        found = everything(profile(answers(review(1, 1), [[each] for each in column])))
        seen[frozenset((name, each.value, each.bound) for name, each in found.items())].append(column)
    alone = [columns for columns in seen.values() if len(columns) == 1 and len(set(columns[0])) == 1]
    assert not alone


@pytest.mark.parametrize("people", [3, 4, 5])
def test_two_rounds_do_not_reveal_unanimity(people: int) -> None:
    """Attack by change and trend: with an earlier round beside it, unanimity still has another explanation."""
    tables = {
        column: answers(REVIEW, [[each] for each in column])
        for column in combinations_with_replacement(range(1, 6), people)
    }
    alone_shown = {
        column: frozenset((name, each.value, each.bound) for name, each in everything(profile(table)).items())
        for column, table in tables.items()
    }
    seen = defaultdict(set)
    for now, before in product(tables, tables):
        found = profile(tables[now], tables[before])
        compared = [shown(found, of(kind), exact=False) for kind in ("change", "trend")]
        seen[alone_shown[now], alone_shown[before], *((each.value, each.bound) for each in compared)].add(now)
    alone = [found for found in seen.values() if len(found) == 1 and len(set(next(iter(found)))) == 1]
    assert not alone


REVIEW: Questionnaire = review(1, 1)


@given(st.lists(st.tuples(*[st.integers(4, 5)] * 8), min_size=3, max_size=9), st.data())
def test_differences_follow_from_what_is_shown(rows: list[tuple[int, ...]], data: st.DataObject) -> None:
    """Attack by standing, change and gap: they are functions of the shown scores, so they add nothing to them."""
    columns = st.lists(st.tuples(*[st.integers(1, 5)] * 8), min_size=3, max_size=9)
    before = data.draw(columns)
    found, past = profile(answers(review(2), rows), answers(review(2), before)), profile(answers(review(2), before))
    one, two = coarse_value(found, of("score")), coarse_value(past, of("score"))
    assert one is not None
    assert two is not None
    assert coarse_value(found, of("change")) in (one - two, None)
    other = coarse_value(found, of("score", "b"))
    assert other is not None
    standing = coarse_value(found, of("standing"))
    assert standing is None or abs(standing - (one - other) / 2) <= 50


def test_the_only_door_names_every_kind() -> None:
    """Every measure of a profile has a figure, and none is finer than a tenth, a hundredth for shares, or a count."""
    rows = round_of(
        {"members": answers(review(2), [[1, 2, 3, 4, 5, 4, 3, 3]] * 7), "manager": answers(review(2), [[2] * 8])}
    )
    for name, each in everything(measure(rows, rows, Facts({"size": 9}), gate=OPEN)).items():
        assert (each.value is None) == (each.reason is not None), name
        if isinstance(each.value, Decimal):
            assert -int(each.value.as_tuple().exponent) <= (
                2 if "favourable" in name.kind or "rate" in name.kind else 1
            )
    assert anonymity.Gate is Gate


def _told(total: int, people: int) -> Figure:
    """Show the mean of one question that so many people have answered with so much in all."""
    each, more = divmod(total, people)
    return figure([[each + (number < more)] for number in range(people)], "score", questions=1)


@pytest.mark.parametrize("people", [5, 8, 12, 19])
def test_a_joiner_is_not_read_from_one_question(people: int) -> None:
    """Of two rounds that differ in one newcomer, one question's two figures seldom leave a single possible answer."""
    before = {total: _told(total, people) for total in range(people, 5 * people + 1)}
    after = {total: _told(total, people + 1) for total in range(people + 1, 5 * people + 6)}
    seen, possible = Counter[tuple[Figure, Figure]](), defaultdict[tuple[Figure, Figure], set[int]](set)
    for total, newcomer in product(before, range(1, 6)):
        both = before[total], after[total + newcomer]
        seen[both] += 1
        possible[both].add(newcomer)
    assert sum(seen[both] for both, answers_ in possible.items() if len(answers_) == 1) <= 0.05 * seen.total()
    assert sum(seen[both] * len(answers_) for both, answers_ in possible.items()) >= 3.5 * seen.total()
