"""Statistics for authors of questionnaires, and the published values of real data."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path
from random import Random

import pytest

from engine.content.measures import Measure
from engine.measuring.answers import Facts, Round
from engine.measuring.gate import Gate
from engine.measuring.profile import measure
from engine.measuring.statistics import DimensionStatistics, statistics
from tests.measuring.teams import BLANK, answers, questionnaire, review, round_of

PUBLISHED = Path(__file__).parents[2].parent / "shared" / "data" / "lq2002.csv"
LEAD = [f"LEAD{number:02}" for number in range(1, 12)]
TSIG = [f"TSIG{number:02}" for number in range(1, 4)]


@pytest.fixture(scope="module")
def companies() -> dict[str, list[dict[str, str]]]:
    """Give the rows of each company in the published data."""
    if not PUBLISHED.exists():
        pytest.skip(f"the published data is not here: {PUBLISHED}")
    found = defaultdict(list)
    with PUBLISHED.open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            found[row["COMPID"]].append(row)
    return dict(found)


@pytest.fixture(scope="module")
def rounds(companies: dict[str, list[dict[str, str]]]) -> dict[str, Round]:
    """Give the companies as rounds of a questionnaire with two dimensions."""
    whole = questionnaire(
        {"lead": [f"id: {each.lower()}" for each in LEAD], "tsig": [f"id: {each.lower()}" for each in TSIG]}
    )
    return {
        name: Round(name, "", {"members": answers(whole, [[int(row[key]) for key in LEAD + TSIG] for row in rows])})
        for name, rows in companies.items()
    }


def test_published_values(rounds: dict[str, Round]) -> None:
    """RWG(J) and alpha of Bliese, Halverson & Schriesheim (2002) come out as the R package “multilevel” gives them."""
    lead, tsig = statistics(rounds.values(), exact=True)
    assert lead.rwg == pytest.approx((0.774900, 0.867785, 0.942307), abs=5e-7)
    assert tsig.rwg == pytest.approx((0, 0.584713, 0.819538), abs=5e-7)
    assert lead.alpha == pytest.approx(0.9022, abs=5e-5)
    assert tsig.alpha == pytest.approx(0.8231, abs=5e-5)
    assert (lead.complete, len(lead.teams)) == (2042, 49)


def test_scores_equal_the_published_means(companies: dict[str, list[dict[str, str]]], rounds: dict[str, Round]) -> None:
    """The score of each company is its published mean, to three decimals."""
    for name, round_ in rounds.items():
        values = measure(round_, None, Facts(), gate=Gate()).values
        for dimension, column in (("lead", "GLEAD"), ("tsig", "GTSIG")):
            published = float(companies[name][0][column])
            assert abs(values[Measure("score", dimension, "members")] - 1000 * published) <= 0.501


def noise(people: int, seed: int = 1) -> list[list[int]]:
    """Draw answers to four questions that have something in common."""
    random = Random(seed)
    leanings = [random.uniform(2, 4) for _ in range(people)]
    return [[min(5, max(1, round(leaning + random.gauss(0, 0.7)))) for _ in range(4)] for leaning in leanings]


def one(rows: list[list[int]], exact: bool = False) -> DimensionStatistics:
    """Describe one team's only dimension."""
    return statistics([round_of(answers(review(), rows))], exact=exact)[0]


def test_alpha_needs_thirty_complete_respondents() -> None:
    """With 29 who answered everything there is no alpha, whoever asks; with 30 there is."""
    rows = noise(30)
    assert one(rows).alpha is not None
    rows[0][0] = BLANK
    found = one(rows, exact=True)
    assert found.alpha is None
    assert found.reason is not None
    assert found.reason.text("en") == "29 answers; 30 are needed"
    assert found.reason.text("fi") == "29 vastausta; tarvitaan 30"


def test_small_teams_are_coarsened() -> None:
    """Means need thirty answers and a team's rWG(J) ten; it never says that all answered alike."""
    few = one(noise(29))
    assert few.questions[0].mean is None
    assert one(noise(29), exact=True).questions[0].mean is not None
    assert one(noise(9)).teams[0].rwg is None
    assert one([[4] * 4] * 12).teams[0].rwg == 0.95
    assert one([[4] * 4] * 12, exact=True).teams[0].rwg == 1.0
    mean = one(noise(40)).questions[0].mean
    assert mean is not None
    assert mean == round(mean, 2)


def test_a_reversed_question_correlates_like_the_others() -> None:
    """Turning a question round changes neither alpha nor its correlations."""
    rows = noise(60)
    turned = questionnaire({"a": ["id: a-1, reversed: true", "id: a-2", "id: a-3", "id: a-4"]})
    found = statistics([round_of(answers(turned, [[6 - row[0], *row[1:]] for row in rows]))], exact=True)[0]
    assert found.alpha == pytest.approx(one(rows, exact=True).alpha)
    assert found.questions[0].rest == pytest.approx(one(rows, exact=True).questions[0].rest)
    assert found.questions[0].correlations[0] == pytest.approx(1)


def test_constant_questions_have_no_correlation() -> None:
    """Where everybody gave the same answer there is nothing to correlate, and nothing fails."""
    found = one([[4] * 4] * 40)
    assert found.alpha is None
    assert found.reason is not None
    assert found.reason.code == "no-alpha"
    assert found.questions[0].rest is None
    assert found.questions[0].correlations == (None,) * 4


def test_only_what_was_asked_alike_is_pooled() -> None:
    """Teams whose questions stand elsewhere in the row are pooled; those with other words are not."""
    rows, wide = noise(20), questionnaire({"z": ["id: z-1"], "a": [f"id: a-{number}" for number in range(1, 5)]})
    other = questionnaire({"a": [f"id: a-{number}, reversed: true" for number in range(1, 5)]})
    teams = [answers(review(), rows), answers(wide, [[1, *row] for row in rows]), answers(other, rows)]
    found = {each.dimension: each for each in statistics([round_of(each) for each in teams], exact=True)}
    assert found["a"].complete == 40
    assert found["z"].complete == 20
