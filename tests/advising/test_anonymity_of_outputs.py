"""What nobody may learn from any output without ``--exact``: issue 2, “What it must show”, 5."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from random import Random
from typing import Any

import pytest

from engine.advising.advice import Advice
from engine.advising.evidence import Evidence
from engine.advising.wording import WORDS
from engine.content.conditions import Comparison, Operator
from engine.content.measures import Measure
from engine.measuring.answers import UNANSWERED, Facts
from tests import small
from tests.advising.outputs import LANGUAGES, Row, advise, everything, presenter, random_round, round_, rows
from tests.small import shipped

DECIMALS = re.compile(r"(?<![\d.,])\d+[.,]\d+(?![\d.,]*\d)")
SEEDS = range(6)
FEW_IDS = (
    "low-agreements",
    "unclear-agreements",
    "customers-differ-customer-focus",
    "customer-visit",
    "speak-up-round",
)


@cache
def decimals_in_content() -> frozenset[str]:
    """Give every figure with decimals that the coaches' own texts hold."""
    library = shipped()
    texts = [
        text
        for play in library.plays.values()
        for language in LANGUAGES
        for text in (
            play.texts[language].source, play.first_steps[language].source, play.file.evidence.limits.get(language),
            *play.file.evidence.sources,
        )
    ]  # fmt: skip
    texts += [rule.why for rule in library.rules.values()]
    return frozenset(found for text in texts for found in DECIMALS.findall(text))


def without_priorities(text: str) -> str:
    """Leave out the lines about priorities, whose terms have two decimals and rest on coarse figures alone."""
    heads = tuple(WORDS["priority"][language].split("{")[0] for language in LANGUAGES)
    return "\n".join(line for line in text.split("\n") if not line.lstrip("│├└─ ").startswith(heads))


def profile_figures(shown: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield each figure of the JSON's profile with its kind."""
    for figures in shown["profile"].values():
        for name, figure in figures.items():
            if "value" in figure:
                yield name, figure["value"]
            else:
                yield from ((kind, each["value"]) for kind, each in figure.items())


@cache
def shown_of(seed: int) -> tuple[Advice, dict[str, str]]:
    """Give a random small team's advice and everything that is shown of it, by language."""
    random = Random(seed)
    previous = random_round(random) if seed % 3 == 0 else None
    advice = advise(random_round(random), random.choice((3, 5)), previous=previous, facts=Facts({"size": 13}))
    return advice, {language: everything(advice, [language]) for language in LANGUAGES}


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_figure_is_finer_than_it_may_be(seed: int, language: str) -> None:
    """In text, Markdown, reasons and what-if no figure has more than one decimal, and no percentage has any."""
    advice, shown = shown_of(seed)
    text = without_priorities(shown[language]).replace(data_of(advice, language), "")
    for figure in set(DECIMALS.findall(text)) - decimals_in_content():
        assert len(re.split("[.,]", figure)[1]) == 1, figure
    percentages = re.findall(r"(\d+(?:[.,]\d+)?) ?%", text)
    assert not [each for each in percentages if not each.isdigit() and each not in decimals_in_content()]


def data_of(advice: Advice, language: str) -> str:
    """Give the advice as JSON."""
    return json.dumps(presenter(advice, language).data(), ensure_ascii=False)


@pytest.mark.parametrize("seed", SEEDS)
def test_no_figure_of_the_json_is_finer_than_it_may_be(seed: int) -> None:
    """In JSON scores and differences have one decimal, shares are in steps of five hundredths, and counts are whole."""
    advice, _ = shown_of(seed)
    for kind, value in profile_figures(json.loads(data_of(advice, "en"))):
        if isinstance(value, str) or value is None or kind == "response-rate":
            continue
        if kind in ("favourable", "unfavourable", "csat"):
            assert round(value * 20, 6) == round(value * 20), (kind, value)
        elif kind in ("nps", "respondents"):
            assert value == int(value), (kind, value)
        else:
            assert round(value * 10, 6) == round(value * 10), (kind, value)


@pytest.mark.parametrize("seed", SEEDS)
def test_priorities_and_terms_have_two_decimals(seed: int) -> None:
    """In JSON no priority and no term has more than two decimals."""
    advice, _ = shown_of(seed)
    for each in json.loads(data_of(advice, "en"))["recommendations"]:
        assert all(round(value, 2) == value for value in (each["priority"], *each["terms"].values()))


@pytest.mark.parametrize("seed", SEEDS)
def test_no_exact_thousandth_appears(seed: int) -> None:
    """No measure that is not itself a whole tenth appears anywhere to its thousandth, as number or percentage."""
    advice, by_language = shown_of(seed)
    shown = "\n".join(by_language.values())
    figures = set(re.findall(r"\d+(?:[.,]\d+)?", shown)) - decimals_in_content()
    for measure, value in advice.profile.values.items():
        if measure.kind in ("fact", "respondents", "response-rate", "done", "adopted") or value % 100 == 0:
            continue
        exact = f"{abs(value) / 1000:.3f}"
        # Terms and priorities are thousandths too; they are made of coarse figures, and tested below.
        terms = {str(each) for each in terms_of(advice)}
        written = {exact.rstrip("0"), exact.rstrip("0").replace(".", ",")} if value % 10 else {exact}
        assert not (written & figures) - terms, measure
        if measure.kind in ("favourable", "unfavourable", "csat") and value % 10:
            assert f"{value / 10:.1f}%" not in shown


def terms_of(advice: Advice) -> Iterator[float]:
    """Yield every priority and term of a team's recommendations as JSON shows them."""
    for each in advice.recommendations:
        yield each.priority / 1000
        yield from (getattr(each.terms, name) / 1000 for name in each.terms.__slots__)


def moved(members: Sequence[Row], place: int, up: int, down: int) -> list[Row]:
    """Move one person's answer to a question up by one option, and another person's down."""
    rows = [list(row) for row in members]
    rows[up][place] += 1
    rows[down][place] -= 1
    return [tuple(row) for row in rows]


@pytest.mark.parametrize(("people", "answer"), [(3, 1), (3, 3), (4, 5), (5, 5), (5, 2), (9, 4), (12, 1), (12, 5)])
def test_unanimity_cannot_be_told(people: int, answer: int) -> None:
    """Whatever a unanimous team answers, somebody could have answered differently with all outputs the same."""
    alike: list[Row] = [(answer,) * 52] * people
    one_off = [({1: 2, 5: 4}.get(answer, answer), *alike[0][1:]), *alike[1:]]
    other = one_off if answer in (1, 5) else moved(alike, 0, 0, 1)
    one, two = (advise(round_(each), 3) for each in (alike, other))
    assert everything(one, ["en"]) == everything(two, ["en"])


@pytest.mark.parametrize("answer", [1, 5])
def test_at_the_ends_only_bounds_are_shown(answer: int) -> None:
    """A unanimous team at an end of the scale shows “1.5 or less” or “4.5 or more” for every score."""
    advice = advise(round_([(answer,) * 52] * 6))
    members = presenter(advice, "en").data()["profile"]["members"]
    scores = [each["score"] for each in members.values() if "score" in each]
    assert len(scores) == 13
    wanted = {"value": 1.5, "bound": "or-less", "reason": None} if answer == 1 else None
    assert all(each == (wanted or {"value": 4.5, "bound": "or-more", "reason": None}) for each in scores)


@pytest.mark.parametrize("seed", range(3))
def test_the_team_learns_nothing_of_the_manager(seed: int) -> None:
    """What is shown for the team is the same to the byte whatever the manager answered."""
    random = Random(seed)
    members, customers = rows(random, 7), rows(random, 6, "customer-voice")
    shown = {
        everything(advise(round_(members, manager, customers), viewer="team"), ["en"], FEW_IDS)
        for manager in ([], [(1,) * 52], [(5,) * 52], rows(random, 1), [(UNANSWERED,) * 51 + (3,)])
    }
    assert len(shown) == 1


@pytest.mark.parametrize("people", [1, 2, 3, 4])
def test_below_the_minimum_nothing_is_learnt_of_the_members(people: int) -> None:
    """Below the minimum group every output is the same whatever the people answered."""
    random = Random(people)
    shown = {everything(advise(round_(each)), ["en"], FEW_IDS) for each in ([(1,) * 52] * people, rows(random, people))}
    assert len(shown) == 1


@pytest.mark.parametrize("people", [1, 2, 3, 4])
def test_below_the_minimum_nothing_is_learnt_of_the_customers(people: int) -> None:
    """Fewer than five customers say nothing in any output, even where three members are enough."""
    random = Random(people)
    members = rows(random, 7)
    width = len(shipped().questionnaires["customer-voice"].all_questions)
    shown = {
        everything(advise(round_(members, customers=each), 3), ["en"], FEW_IDS)
        for each in ([(1,) * width] * people, [(5,) * width] * people)
    }
    assert len(shown) == 1


@pytest.mark.parametrize("seed", range(10))
def test_two_minimums_show_the_same_people_or_nobody(seed: int) -> None:
    """A figure that both a minimum of 3 and one of 5 show is the same figure, of the same people; others are absent."""
    random = Random(seed)
    now = random_round(random, random.randint(3, 9))
    loose, strict = (advise(now, minimum).profile for minimum in (3, 5))
    for group, counted in strict.counted.items():
        for about, people in counted.people.items():
            if counted.known(about):
                assert loose.counted[group].people[about] == people
    # How a dimension stands against the others, and whether it moved beyond chance, depends on which others are known.
    for measure, value in strict.values.items():
        if measure.kind not in ("standing", "trend"):
            assert loose.values[measure] == value
    few = [about for each in loose.counted.values() for about in each.people if each.known(about)]
    assert set(strict.values) <= set(loose.values) or not few


@pytest.mark.parametrize("seed", range(12))
def test_priorities_rest_on_what_is_shown(seed: int) -> None:
    """Two teams that look alike, and for which the same rules fire, have the same priorities and terms."""
    random = Random(seed)
    members = [tuple(3 if answer == UNANSWERED else answer for answer in row) for row in rows(random, 6)]
    place = next(at for at in range(52) if 1 < members[0][at] < 5 and 1 < members[1][at] < 5)
    one, two = (advise(round_(each)) for each in (members, moved(members, place, 0, 1)))
    assert {key: each for key, each in one.profile.values.items() if key.kind == "score"} == {
        key: each for key, each in two.profile.values.items() if key.kind == "score"
    }
    if one.situation.true == two.situation.true:
        assert list(terms_of(one)) == list(terms_of(two))


def test_the_order_of_answers_shows_nowhere() -> None:
    """The same answers in any order of people give the same output."""
    random = Random(5)
    members = rows(random, 6)
    shown = [everything(advise(round_(each)), ["en"], FEW_IDS) for each in (members, members[::-1])]
    assert all(one == two for one, two in pairwise(shown))


def test_an_exact_reader_sees_thousandths() -> None:
    """With ``--exact`` the figures have three decimals; only so."""
    advice = advise(random_round(Random(3), 7))
    for exact in (False, True):
        members = small.presenter(shipped(), advice, exact=exact).data()["profile"]["members"]
        scores = [each["score"]["value"] for each in members.values() if "score" in each]
        assert any(round(each, 1) != each for each in scores) is exact


@pytest.mark.parametrize(
    ("kind", "operator", "limit", "english", "finnish"),
    [
        ("score", "at-least", 4999, "Agreements: at least 4.5 of 5",
         "Yhteiset sopimukset: vähintään 4,5\u00a0/\u00a05"),
        ("score", "at-least", 4500, "Agreements: at least 4.5 of 5 (4.5 or more)",
         "Yhteiset sopimukset: vähintään 4,5\u00a0/\u00a05 (vähintään 4,5)"),
        ("unfavourable", "at-most", 1, "Agreements, share who rate it low: …",
         "Yhteiset sopimukset, heikoksi arvioivien osuus: …"),
        ("spread", "below", 1, "Agreements, spread of answers: …", "Yhteiset sopimukset, vastausten hajonta: …"),
    ],
)  # fmt: skip
def test_no_limit_tells_what_is_hidden(kind: str, operator: Operator, limit: int, english: str, finnish: str) -> None:
    """A coach's limit beyond what may be shown is left out of the reasons; only that the rule fired remains."""
    advice = advise(round_([(5,) * 52] * 6))
    leaf = Comparison(Measure(kind, "agreements", "members"), operator, limit)
    evidence = Evidence(leaf, wanted=True, truth=True, distance=None)
    for language, words in (("en", english), ("fi", finnish)):
        figures = small.presenter(shipped(), advice, language).figures
        assert figures.sentence(evidence) == words
        assert (figures.asked(leaf, True) == "…") is (limit != 4500)
    assert "…" not in small.presenter(shipped(), advice, exact=True).figures.sentence(evidence)
