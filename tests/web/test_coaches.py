"""The rule base as pages: read by coaches and admins, found, and tried."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from tests.small import shipped
from tests.web.coaching import SignIn, base, coach, read
from tests.web.conftest import post
from web.coaches.rule_base import RuleBase, Wanted

__all__ = ["base", "coach"]
PAGES = (
    "/rules", "/rules/unclear-agreements", "/rules/low-%3Cdimension%3E", "/rules/low-commitment", "/plays",
    "/plays/decision-log", "/agreements", "/agreements/working-agreement", "/questionnaires",
    "/questionnaires/customer-voice", "/check", "/scenarios",
)  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_only_coaches_and_admins_see_the_rule_base(path: str, signed_in: SignIn, client: FlaskClient) -> None:
    """Coach and admin get the page, a manager learns of none, and whoever is not signed in is asked to sign in."""
    assert signed_in("coach", "c@example.org").get(path).status_code == 200
    assert signed_in("admin", "a@example.org").get(path).status_code == 200
    assert signed_in("manager", "m@example.org").get(path).status_code == 404
    assert client.get(path).status_code == 302


def test_every_rule_play_template_and_questionnaire_has_its_page(coach: FlaskClient, base: RuleBase) -> None:
    """Nothing of the content is without a page that can be reached by its id."""
    library = base.library
    paths = [f"/rules/{id_}" for id_ in base.written]
    paths += [f"/plays/{id_}" for id_ in library.plays]
    paths += [f"/agreements/{id_}" for id_ in library.templates]
    paths += [f"/questionnaires/{id_}" for id_ in library.questionnaires]
    for path in paths:
        assert coach.get(path).status_code == 200, path


@pytest.mark.parametrize("path", ["/rules/nothing", "/plays/nothing", "/agreements/nothing", "/questionnaires/nothing"])
def test_what_is_not_there_is_not_found(coach: FlaskClient, path: str) -> None:
    """An id that nothing has is a page that does not exist."""
    assert coach.get(path).status_code == 404


def test_a_rule_is_told_in_words_with_what_hangs_together_with_it(coach: FlaskClient) -> None:
    """A rule's page has its condition in words, its reason, what treats and reads it, scenarios, place and YAML."""
    page = read(coach, "/rules/unclear-agreements")
    for said in (
        "Agreements are unclear", "Agreements: under 3.0", "3.0 is the middle of the scale", "serious",
        "/plays/working-agreement-workshop", "goodwill-instead-of-structure", "A team that never agreed on anything",
        "rules/agreements.yaml:5:", "replaces: low-agreements",
    ):  # fmt: skip
        assert said in page, said


def test_a_rule_is_told_in_finnish(coach: FlaskClient) -> None:
    """The same page in Finnish names the finding, the dimension and the limit in Finnish."""
    post(coach, "/language/fi", "/account")
    page = read(coach, "/rules/unclear-agreements")
    assert "Yhteiset sopimukset ovat epäselviä" in page
    assert "alle 3,0" in page
    assert "Toteutuu, kun" in page


def test_a_rule_for_every_dimension_leads_to_its_instances(coach: FlaskClient) -> None:
    """A for-each rule has a page as written and one for each instance; a replaced one leads to what took its place."""
    page = read(coach, "/rules/low-%3Cdimension%3E")
    assert "Low score: &lt;dimension&gt;" in page
    assert "/rules/low-commitment" in page
    assert "Low score: Commitment" in read(coach, "/rules/low-commitment")
    assert coach.get("/rules/low-agreements").location == "/rules/unclear-agreements"


def test_rules_are_found_by_words_file_kind_and_dimension(base: RuleBase) -> None:
    """Every filter narrows what is shown, and all of them must fit."""
    ids = {each.id for _, found in base.find(Wanted(words="goodwill")) for each in found}
    assert "goodwill-instead-of-structure" in ids
    assert [topic for topic, _ in base.find(Wanted(topic="agreements"))] == ["agreements"]
    kinds = {each.kind for _, found in base.find(Wanted(kind="blind-spot")) for each in found}
    assert kinds == {"blind-spot"}
    about = {each.id for _, found in base.find(Wanted(dimension="agreements")) for each in found}
    assert {"unclear-agreements", "agreements-not-known", "agree-on-ground-rules", "strong-<dimension>"} <= about
    assert "low-joy" not in about
    assert base.find(Wanted(words="goodwill", topic="joy")) == []


def test_all_rules_are_an_overview_and_found_ones_are_open(coach: FlaskClient, base: RuleBase) -> None:
    """Without a search each file is one line that opens; what a search finds is open at once."""
    page = read(coach, "/rules")
    files = re.findall(r'<details class="file"( open)?>', page)
    assert files == [""] * len(base.topics)
    assert re.search(r"agreements.yaml</code></h2> <span[^>]*>17 rules: .*5 × weak area", page)
    assert '<details class="file" open>' in read(coach, "/rules?words=goodwill")
    assert '<details class="file">' not in read(coach, "/rules?topic=joy")


def test_a_search_without_a_result_says_what_to_do(coach: FlaskClient) -> None:
    """Where nothing fits, the page says so and how to go on; what was typed is shown as text, never as HTML."""
    page = read(coach, "/rules?words=%3Cscript%3E&kind=nonsense")
    assert "No rule fits" in page
    assert "<script>" not in page


def test_a_play_is_shown_without_a_team(coach: FlaskClient) -> None:
    """A play's page has its text without placeholders, its evidence, what holds it back and what suggests it."""
    page = read(coach, "/plays/disagreement-process")
    assert "{{" not in page
    assert "{%" not in page
    for part in ("It is held back when", "/rules/unsafe-to-speak", "/plays/speak-up-round", "Evidence: grade"):
        assert part in page, part


def test_sources_are_listed_where_there_are_any(coach: FlaskClient) -> None:
    """A play's page lists its sources; one without any has no list, and says in its limits that none is known."""
    assert '<ul class="sources"><li lang="en">Grant et al. 2007' in read(coach, "/plays/customer-visit")
    page = read(coach, "/plays/ask-and-offer")
    assert "sources" not in page
    assert "We know of no study" in page


def test_scenarios_are_run_and_their_coverage_is_told(coach: FlaskClient) -> None:
    """The page says how many scenarios pass and how many rules and thresholds they try."""
    page = read(coach, "/scenarios")
    assert f"All {len(shipped().scenarios)} scenarios come out as expected" in page
    assert "Rules tried both ways" in page
