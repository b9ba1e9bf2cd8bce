"""The rule base as pages: read by coaches and admins, found, told in words, checked and tried."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from shutil import copytree

import pytest
from flask import Flask
from flask.testing import FlaskClient

from engine.cli.shared import built_in
from engine.content.conditions import All, Any, Comparison, Condition, FindingIs, Known, Not, Some
from engine.content.measures import Measure
from tests.small import shipped
from web.coaches.checking import Checks, path_below
from web.coaches.pages import pages
from web.coaches.rule_base import RuleBase, Wanted
from web.coaches.sentences import Sentence, Sentences
from web.coaches.written import written
from web.database.models import Role

SignIn = Callable[[Role, str], FlaskClient]

LOW = Comparison(Measure("score", "agreements", "members"), "below", 3000)
PAGES = (
    "/rules", "/rules/unclear-agreements", "/rules/low-%3Cdimension%3E", "/rules/low-commitment", "/plays",
    "/plays/decision-log", "/agreements", "/agreements/working-agreement", "/questionnaires",
    "/questionnaires/customer-voice", "/check", "/scenarios",
)  # fmt: skip


@pytest.fixture(autouse=True)
def with_pages(app: Flask) -> None:
    """Give the application the pages of coaches where it has none yet."""
    if "coaches" not in app.blueprints:
        app.register_blueprint(pages)


@pytest.fixture
def coach(signed_in: SignIn) -> FlaskClient:
    """Give a coach's browser."""
    return signed_in("coach", "c@example.org")


@pytest.fixture(scope="module")
def base() -> RuleBase:
    """Give the shipped rule base."""
    return RuleBase(shipped())


@pytest.fixture
def files(app: Flask, tmp_path: Path) -> Path:
    """Give a copy of the content's files, which the application takes for its own."""
    folder = tmp_path / "content"
    for part in ("rules", "playbooks"):
        copytree(built_in() / part, folder / part)
    app.config["PELIKIRJA"] = replace(app.config["PELIKIRJA"], content=folder)
    return folder


def read(client: FlaskClient, path: str) -> str:
    """Give a page that must be there."""
    response = client.get(path)
    assert response.status_code == 200, path
    return response.get_data(as_text=True)


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
    with coach.session_transaction() as session:
        session["language"] = "fi"
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


def test_a_look_at_the_files_was_just_now(coach: FlaskClient) -> None:
    """The moment is told as a person would."""
    assert "<dd>just now</dd>" in read(coach, "/check")


def test_a_search_without_a_result_says_what_to_do(coach: FlaskClient) -> None:
    """Where nothing fits, the page says so and how to go on; what was typed is shown as text, never as HTML."""
    page = read(coach, "/rules?words=%3Cscript%3E&kind=nonsense")
    assert "No rule fits" in page
    assert "<script>" not in page


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        (LOW, "Agreements: under 3.0"),
        (Not(LOW), "Agreements: 3.0 or more"),
        (Known(LOW.measure), "Agreements: known"),
        (Not(Known(LOW.measure)), "Agreements: not known"),
        (FindingIs("unclear-agreements"), "Finding: Agreements are unclear"),
        (Not(FindingIs("unclear-agreements")), "No finding: Agreements are unclear"),
        (Comparison(Measure("gap", "roles", "manager", "members"), "above", 800),
         "Roles: rated over 0.8 higher by the manager than by members"),
        (Comparison(Measure("gap", "roles", "manager", "members"), "below", -800),
         "Roles, the difference manager − members: under −0.8"),
        (Comparison(Measure("trend", "roles", "members"), "is", 0), "Roles: lower than in the last round"),
        (Comparison(Measure("fact", "work-mode"), "is", 2000), "Way of working: remote"),
        (Comparison(Measure("done", "decision-log"), "at-least", 1000), "Done: Keep a decision log"),
        (Not(Comparison(Measure("done", "decision-log"), "at-least", 1000)), "Done: Keep a decision log: no"),
        (All((LOW,)), "Agreements: under 3.0"),
    ],
)  # fmt: skip
def test_a_single_test_is_a_sentence(condition: Condition, said: str) -> None:
    """Each kind of test has its words, and its opposite has the words of the opposite."""
    assert Sentences(shipped(), "en").of(condition).text == said


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        (All((LOW, LOW)), "All of these hold:"),
        (Not(All((LOW, LOW))), "Not all of these hold:"),
        (Any((LOW, LOW)), "At least one of these holds:"),
        (Not(Any((LOW, LOW))), "None of these holds:"),
        (Some(2, (LOW, LOW, LOW)), "At least 2 of these hold:"),
        (Not(Some(2, (LOW, LOW, LOW))), "Fewer than 2 of these hold:"),
    ],
)
def test_a_nested_condition_says_how_many_of_its_parts_hold(condition: Condition, said: str) -> None:
    """Above the parts stands how many of them must hold; the parts themselves stay as they were written."""
    sentence = Sentences(shipped(), "en").of(condition)
    assert sentence.text == said
    assert {part.text for part in sentence.parts} == {"Agreements: under 3.0"}


def test_every_condition_of_the_content_can_be_said_in_both_languages() -> None:
    """No rule and no play is without words, and no limit is left out of them."""
    library = shipped()
    conditions = [rule.condition for rule in library.rules.values()]
    conditions += [play.unless for play in library.plays.values() if play.unless]
    for language in ("en", "fi"):
        sentences = Sentences(library, language)
        assert all(each and "…" not in each for condition in conditions for each in said(sentences.of(condition)))


def said(sentence: Sentence) -> Iterator[str]:
    """Yield every line of a sentence."""
    yield sentence.text
    for part in sentence.parts:
        yield from said(part)


def test_every_rule_is_shown_as_it_was_written() -> None:
    """The YAML shown for a rule is its own, and says what the loaded content says."""
    library = shipped()
    for rule in library.rules.values():
        found = written(rule, library)
        assert found.current, rule.id
        assert f"id: {rule.written_as}" in found.text


def test_a_rule_that_was_edited_after_loading_says_so(files: Path) -> None:
    """Where the file says something else than what is in use, the two are told apart."""
    library = shipped()
    rule = library.rules["unclear-agreements"]
    path = files / "rules" / "agreements.yaml"
    moved = replace(rule, path=str(path))
    assert written(moved, library).current
    path.write_text(path.read_text().replace("below: 3.0}", "below: 3.1}", 1))
    assert not written(moved, library).current
    path.write_text("rules: [")
    assert written(moved, library).text == ""


def test_a_fault_in_the_files_is_named_with_file_line_and_column(coach: FlaskClient, files: Path) -> None:
    """A misspelt finding on disk is listed with its place and a hint, while the release in use stays as it was."""
    path = files / "rules" / "agreements.yaml"
    path.write_text(path.read_text().replace("{finding: unclear-agreements}", "{finding: unclear-agrements}", 1))
    page = read(coach, "/check")
    for part in ("The files have 1 error", "unknown-finding", "did you mean", "rules/agreements.yaml"):
        assert part in page, part
    assert str(files) not in page
    assert read(coach, "/rules/unclear-agreements")


def test_unchanged_files_are_in_order(coach: FlaskClient) -> None:
    """Where the files say what is in use, the page says so and shows the release."""
    page = read(coach, "/check")
    assert "The files are in order</h1>" in page
    assert shipped().digest in page


def test_the_files_are_loaded_once_a_minute_at_most(files: Path) -> None:
    """Changed files are looked at again only after a minute; until then the last look is shown, and called old."""
    clock = [0.0]
    checks = Checks(shipped(), files, clock=lambda: clock[0])
    first = checks.latest()
    assert checks.latest() is first
    (files / "rules" / "joy.yaml").write_text("rules: [")
    assert checks.latest().stale
    assert checks.latest().problems == first.problems
    clock[0] = 61.0
    assert checks.latest().problems[0].path == str(files / "rules" / "joy.yaml")


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    """Where the content is gone, that is what the check says."""
    assert "no such folder" in Checks(shipped(), tmp_path / "gone").latest().fault


def test_paths_are_told_below_the_content() -> None:
    """A coach reads the name of the file, not where the server keeps it."""
    assert path_below("/srv/content/rules/joy.yaml", Path("/srv/content")) == "rules/joy.yaml"
    assert path_below("elsewhere.yaml", Path("/srv/content")) == "elsewhere.yaml"


def test_a_play_is_shown_without_a_team(coach: FlaskClient) -> None:
    """A play's page has its text without placeholders, its evidence, what holds it back and what suggests it."""
    page = read(coach, "/plays/disagreement-process")
    assert "{{" not in page
    assert "{%" not in page
    for part in ("It is held back when", "/rules/unsafe-to-speak", "/plays/speak-up-round", "Evidence: grade"):
        assert part in page, part


def test_scenarios_are_run_and_their_coverage_is_told(coach: FlaskClient) -> None:
    """The page says how many scenarios pass and how many rules and thresholds they try."""
    page = read(coach, "/scenarios")
    assert f"All {len(shipped().scenarios)} scenarios come out as expected" in page
    assert "Rules tried both ways" in page
