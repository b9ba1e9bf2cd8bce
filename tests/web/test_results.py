"""Results: read after closing only, by their manager only, from the heading to what changed."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from unittest.mock import patch

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from tests.small import shipped
from tests.web.conftest import CSRF, post
from tests.web.making import answer, answered_round, make_team, open_round, sheet
from tests.web.of_nokka import PAGES, SignIn, close_nokka, closed, manager, nokka, page, words
from web.content import adviser
from web.database.connection import db
from web.database.models import Round, Team
from web.results import results, sentences
from web.rounds import sheets

__all__ = ["closed", "manager"]


def test_a_result_begins_with_what_the_answers_say(manager: FlaskClient, closed: int) -> None:
    """The heading is a strength and what to mend; then one strength, three cards with reasons, and the profile."""
    html = page(manager, f"/rounds/{closed}/result")
    said = words(html)
    assert (
        "Your team settles its differences well. The team is sure of its customer focus, but customers are not." in said
    )
    assert "Your team has not agreed on how to work." in said
    assert "Keep this: Handling differences, 4.3 of 5, seen alike." in said
    assert html.count('<article class="card step">') == 3
    assert "Your team has not agreed on how to work (Agreements: 2.4 of 5)." in said
    assert "90 minutes · whole team · evidence B" in said
    assert "Finding: Agreements are unclear" in said
    assert "A rule suggests this play for it agree-on-ground-rules" in said
    assert 'aria-label="Agreements: members 2.4, manager 3.8"' in html
    assert "There was no earlier round to compare with. The next one shows what moved." in said
    assert "Could not be judged" in said


def test_a_result_is_whole_in_finnish(manager: FlaskClient, closed: int) -> None:
    """The same page says the same in Finnish, with Finnish figures."""
    post(manager, "/language/fi", "/privacy", back="/")
    said = words(page(manager, f"/rounds/{closed}/result"))
    assert "Tiimisi osaa selvittää erimielisyytensä." in said
    assert "Pidä kiinni tästä: Erimielisyyksien käsittely, 4,3" in said
    assert "Kahden päivän kuluessa:" in said
    assert "Sokea piste: asiakkaat näkevät asian toisin" in said


def test_an_open_round_has_no_result(app: Flask, manager: FlaskClient) -> None:
    """While a round is open each of its result pages is not found; the first says when there will be one."""
    with app.app_context():
        made = open_round(make_team("m@example.org"))
        answer(made, "members", *[sheet("members", 2)] * 7)
    assert "Not before it is closed" in page(manager, f"/rounds/{made}/result", 404)
    for each in PAGES[1:]:
        page(manager, f"/rounds/{made}{each}", 404)
    token = CSRF.search(page(manager, "/privacy"))
    assert token
    assert manager.post(f"/rounds/{made}/share", data={"csrf_token": token[1]}).status_code == 404


def test_a_result_is_its_managers_only(app: Flask, signed_in: SignIn, manager: FlaskClient, closed: int) -> None:
    """Another manager, a coach and an admin find none of its pages and can change nothing."""
    others = [signed_in("manager", "o@example.org"), signed_in("coach", "c@example.org"), signed_in("admin", "a@x.fi")]
    for client in others:
        token = CSRF.search(page(client, "/privacy"))
        assert token
        for each in PAGES:
            page(client, f"/rounds/{closed}{each}", 404)
        for act in ("share", "take-back", "plays/customer-visit/done", "agreements/working-agreement/adopt"):
            assert client.post(f"/rounds/{closed}/{act}", data={"csrf_token": token[1]}).status_code == 404
    assert app.test_client().get(f"/rounds/{closed}/result").status_code == 302
    assert manager.post(f"/rounds/{closed}/share").status_code == 400
    page(manager, f"/rounds/{10**30}/result", 404)


def test_every_page_shows_coarse_figures_only(manager: FlaskClient, closed: int) -> None:
    """No page of a round of nine shows a score with more than one decimal, or a share in small steps."""
    for each in PAGES:
        said = re.sub(r"need [01]\.\d\d · .* · ease [01]\.\d\d", "", words(page(manager, f"/rounds/{closed}{each}")))
        assert not re.findall(r"\b[1-5][.,]\d\d", said), each
        assert not set(re.findall(r"\b\d+%", said)) - {f"{10 * tens}%" for tens in range(11)}, each


def test_few_answers_show_nothing(app: Flask, manager: FlaskClient) -> None:
    """Where fewer members answered than the minimum, nothing of their answers is shown, and the page says why."""
    with app.app_context():
        made = close_nokka(make_team("m@example.org"), members=nokka()["members"][:3], customers=[])
    html = page(manager, f"/rounds/{made}/result")
    assert "Too few answered for a result." in words(html)
    assert "How it looks" not in words(html)
    assert "nothing to try with" in page(manager, f"/rounds/{made}/what-if")


def test_without_a_result_the_page_leads_on(app: Flask, manager: FlaskClient) -> None:
    """Where too few answered nothing is shared: the page leads to a new round, or a small team to the quick check."""
    with app.app_context():
        made = answered_round(make_team("m@example.org"), [2, 3, 4])
    html = page(manager, f"/rounds/{made}/result")
    assert 'class="plain-button" href="/teams/1/rounds/new"' in html
    assert "Begin with what is below, and ask again in a new round after that." in words(html)
    assert "Share it with the team" not in html
    with app.app_context():
        db.session.get_one(Team, 1).size = 3
        db.session.get_one(Round, made).facts = {"size": 3, "rounds": 1}
        db.session.commit()
    html = page(manager, f"/rounds/{made}/result")
    assert 'class="main-button" href="/quick-check"' in html
    assert "In a team this small" in words(html)


def test_the_profile_is_in_the_order_that_it_says(manager: FlaskClient, closed: int) -> None:
    """What is flagged comes first, strengths come last, and each of the three goes from low to high."""
    html = page(manager, f"/rounds/{closed}/result")
    rows = re.findall(r'<span class="say"><strong>([\d.]+)</strong>(.*?)</span>', html)
    assert len(rows) == 13
    flagged = [1 if "<em>" not in rest else 2 if "<em>Strength</em>" in rest else 0 for _, rest in rows]
    assert {0, 1, 2} == {*flagged}
    assert [*zip(flagged, (float(score) for score, _ in rows), strict=True)] == sorted(
        zip(flagged, (float(score) for score, _ in rows), strict=True)
    )


def test_a_first_round_promises_no_more_than_is_there(app: Flask, manager: FlaskClient) -> None:
    """A first result says that there was none before it, and of a next one only while there is none."""
    with app.app_context():
        team = make_team("m@example.org")
        first = answered_round(team, [2, 3, 4, 3, 2, 3])
    said = "There was no earlier round to compare with."
    assert f"{said} The next one shows what moved." in words(page(manager, f"/rounds/{first}/result"))
    with app.app_context():
        answered_round(team, [2, 3, 4, 3, 2, 3])
    again = words(page(manager, f"/rounds/{first}/result"))
    assert said in again
    assert "The next one shows" not in again


def test_what_rose_is_not_told_as_lower(app: Flask, manager: FlaskClient) -> None:
    """A dimension that rose since the last round is said to be rated higher, wherever it is named."""
    with app.app_context():
        team = make_team("m@example.org")
        answered_round(team, [2, 2, 3, 3, 2, 3, 2, 3, 2])
        second = answered_round(team, [4, 4, 4, 3, 4, 4, 5, 4, 4])
    said = words(page(manager, f"/rounds/{second}/result"))
    assert "rates this higher than last time" in said
    assert "rates this lower" not in said


def test_a_round_is_compared_with_the_last_that_asked_the_same(app: Flask, manager: FlaskClient) -> None:
    """A pulse, or a round that nobody answered, between two reviews does not take their comparison away."""
    with app.app_context():
        team = make_team("m@example.org")
        first = answered_round(team, [2, 2, 3, 3, 2, 3, 2, 3, 2])
        pulse, empty = answered_round(team, [3] * 6), answered_round(team, [])
        made = db.session.get_one(Round, pulse)
        made.groups = {**made.groups, "members": {**made.groups["members"], "questionnaire": "pulse"}}
        db.session.commit()
        last = answered_round(team, [4, 4, 4, 3, 4, 4, 5, 4, 4])
        assert [db.session.get_one(Round, each).number for each in (first, pulse, empty, last)] == [1, 2, 3, 4]
    said = words(page(manager, f"/rounds/{last}/result"))
    assert "Compared with round 1, closed on" in said
    assert "Higher" in said


def test_what_others_wait_for_comes_before_them(manager: FlaskClient, closed: int) -> None:
    """In the list of what can wait no play stands before one of the list that it waits for."""
    html = page(manager, f"/rounds/{closed}/result").split("Leave these until")[1].split("Could not be judged")[0]
    rows = re.findall(r'plays/([a-z-]+)">([^<]+)</a></strong>(.*?)</li>', html, re.DOTALL)
    titles = [title for _, title, _ in rows]
    assert len(titles) > 4
    for place, (_, title, rest) in enumerate(rows):
        first = re.search(r"First: ([^<]+)<", rest)
        for each in first[1].split(", ") if first else ():
            assert each not in titles[place:], (title, each)


def test_no_shape_hides_another(app: Flask, manager: FlaskClient) -> None:
    """Where the manager and customers stand at one place the one is drawn above the line, the other below."""
    with app.app_context():
        made = [close_nokka(make_team("m@example.org"), manager=[sheet("manager", each)], customers=[
            sheet("customers", 4)] * 6) for each in (4, 1)]  # fmt: skip
    near, far = (page(manager, f"/rounds/{each}/result") for each in made)
    assert near.count('class="manager up"') == near.count('class="customers down"') == 2
    assert 'class="manager up"' not in far


def test_change_is_told_honestly(app: Flask, manager: FlaskClient) -> None:
    """What moved beyond chance is named, the rest is not called a change, and the earlier round is what it was."""
    with app.app_context():
        team = make_team("m@example.org")
        first = answered_round(team, [2, 2, 3, 3, 2, 3, 2, 3, 2])
        second = open_round(team)
        answer(second, "members", *[sheet("members", each, agreements=5) for each in (2, 3, 2, 3, 2, 3, 3, 2, 2)])
        assert sheets.close(second, {"size": 9, "rounds": 2})
    said = words(page(manager, f"/rounds/{second}/result"))
    assert "Higher Agreements" in said
    assert "Lower" not in said.split("Since the last round")[1].split("Later")[0].replace("No clear change", "")
    assert "No clear change" in said
    assert "larger than chance" in said
    assert "Compared with round 1" in said
    assert "The team had 8 people then and 9 in this round" in said
    assert "A later round of this team is closed." in page(manager, f"/rounds/{first}/result")


def test_advice_is_worked_out_once(app: Flask, manager: FlaskClient, closed: int) -> None:
    """The second reading of a result asks the rules no more and the database only a handful of times."""
    page(manager, f"/rounds/{closed}/result")
    with app.app_context():
        spied, engine = adviser(), db.engine
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    with patch.object(spied, "advise", side_effect=AssertionError("advised again")):
        page(manager, f"/rounds/{closed}/result")
    event.remove(engine, "before_cursor_execute", note)
    assert len(asked) <= 7
    assert results._advised.cache_info().maxsize
    assert results._presented.cache_info().maxsize


def test_every_dimension_has_its_sentences() -> None:
    """For each dimension of the shipped content there is a sentence for a strength and one for a low score."""
    assert set(sentences.STRONG) == set(sentences.WEAK) == set(shipped().dimensions)


def headings(client: FlaskClient, made: list[int]) -> Iterator[str]:
    """Yield the headings of results."""
    for each in made:
        found = re.search(r"<h1[^>]*>(.*?)</h1>", page(client, f"/rounds/{each}/result"))
        assert found
        yield found[1]


def test_headings_fit_the_answers(app: Flask, manager: FlaskClient) -> None:
    """A team without a strength is told of none; one without a weakness of none; one of nobody that nobody answered."""
    with app.app_context():
        teams_ = [make_team("m@example.org", secrets.token_hex(4)) for _ in range(3)]
        made = [answered_round(teams_[0], [2] * 4 + [3] * 5), answered_round(teams_[1], [4] * 4 + [5] * 5)]
        made.append(answered_round(teams_[2], []))
    low, high, nobody = headings(manager, made)
    assert low.startswith("Your team ")
    assert "not" in low or "little" in low or "seldom" in low
    assert high == "Every dimension is on the good side: you may aim higher."
    assert nobody == "Nobody in the team answered."
