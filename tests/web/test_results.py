"""Results: read after closing only, explained, tried out, put into practice, shared without the manager's answers."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from unittest.mock import patch

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, event

from engine.measuring.answers import UNANSWERED
from engine.measuring.reading import read_answers
from tests.small import shipped
from tests.web.conftest import CSRF, post
from tests.web.making import REVIEW, VOICE, answer, answered_round, make_team, open_round, sheet
from web.content import adviser
from web.database.connection import db
from web.database.models import Event, GroupSheets, Role, Round, Team
from web.results import results, sentences
from web.results.pages import pages
from web.results.running import running, sections
from web.rounds import pages as rounds
from web.rounds import sheets
from web.teams import pages as teams

SignIn = Callable[[Role, str], FlaskClient]
EXAMPLES = Path(__file__).parents[2] / "examples"
FACTS = {"size": 11, "work-mode": "hybrid", "months-together": 20, "rounds": 1, "invited": {"members": 11}}
PAGES = ("/result", "/why", "/why/customer-visit", "/why/blind-to-customers", "/what-if", "/plays/customer-visit",
         "/plays/customer-visit/run", "/agreements", "/agreements/working-agreement")  # fmt: skip


@pytest.fixture(autouse=True)
def all_pages(app: Flask) -> None:
    """Let the application have the pages that these lead to."""
    for each in (pages, rounds.pages, teams.pages):
        if each.name not in app.blueprints:
            app.register_blueprint(each)


@pytest.fixture
def manager(signed_in: SignIn) -> FlaskClient:
    """Give the browser of a manager."""
    return signed_in("manager", "m@example.org")


@cache
def nokka() -> Mapping[str, list[dict[str, int]]]:
    """Give the answers of nine members, a manager and six customers, by group."""
    asked = [shipped().questionnaires[each] for each in (REVIEW, VOICE)]
    groups = read_answers(EXAMPLES / "nokka.csv", asked, language="en", chosen=True).rounds["Nokka"][-1].groups
    return {
        group: [
            {str(each.id): given for each, given in zip(answers.questionnaire.all_questions, row, strict=True)
             if given != UNANSWERED} for row in answers.rows
        ] for group, answers in groups.items()
    }  # fmt: skip


def close_nokka(team: int, **others: list[dict[str, int]]) -> int:
    """Make a closed round with the answers of Nokka, but for some groups, and give its id."""
    made = open_round(team)
    db.session.get_one(Round, made).groups = {
        "members": {"questionnaire": REVIEW, "invited": 11}, "manager": {"questionnaire": REVIEW, "invited": 1},
        "customers": {"questionnaire": VOICE, "invited": None},
    }  # fmt: skip
    db.session.commit()
    for group, given in {**nokka(), **others}.items():
        answer(made, group, *given)
    assert sheets.close(made, FACTS)
    return made


@pytest.fixture
def closed(app: Flask, manager: FlaskClient) -> int:
    """Give the id of the manager's closed round."""
    with app.app_context():
        return close_nokka(make_team("m@example.org"))


def page(client: FlaskClient, path: str, status: int = 200) -> str:
    """Give a page that answers as it should."""
    response = client.get(path)
    assert response.status_code == status, path
    return response.get_data(as_text=True)


def words(html: str) -> str:
    """Give what a page says."""
    return " ".join(re.sub(r"<[^>]*>", " ", CSRF.sub("", html)).split())


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
    assert "Agreements are unclear. Agreements: 2.4 of 5." in said
    assert "90 minutes · whole team · evidence B" in said
    assert "Finding: Agreements are unclear" in said
    assert "Rule: agree-on-ground-rules" in said
    assert re.search(r"Priority 0\.\d\d \(need", said)
    assert 'aria-label="Agreements: members 2.4, manager 3.8"' in html
    assert "There is no earlier round yet" in said
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
        said = re.sub(r"Priority [^)]*\)", "", words(page(manager, f"/rounds/{closed}{each}")))
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
    assert 'class="main-button" href="/teams/1/rounds/new"' in html
    assert "Share it with the team" not in html
    with app.app_context():
        db.session.get_one(Team, 1).size = 3
        db.session.get_one(Round, made).facts = {"size": 3, "rounds": 1}
        db.session.commit()
    html = page(manager, f"/rounds/{made}/result")
    assert 'class="main-button" href="/quick-check"' in html
    assert "In a team this small" in words(html)


def test_no_shape_hides_another(app: Flask, manager: FlaskClient) -> None:
    """Where the manager and customers stand at one place the one is drawn above the line, the other below."""
    with app.app_context():
        made = [close_nokka(make_team("m@example.org"), manager=[sheet("manager", each)], customers=[
            sheet("customers", 4)] * 6) for each in (4, 1)]  # fmt: skip
    near, far = (page(manager, f"/rounds/{each}/result") for each in made)
    assert near.count('class="manager up"') == near.count('class="customers down"') == 2
    assert 'class="manager up"' not in far


def test_a_play_and_a_finding_are_explained(manager: FlaskClient, closed: int) -> None:
    """What holds is explained by measures, what does not by what it lacks; unknown ids are not found."""
    assert "Suggested to start with" in words(page(manager, f"/rounds/{closed}/why/customer-visit"))
    lacking = words(page(manager, f"/rounds/{closed}/why/clarify-goals"))
    assert "Not suggested to this team" in lacking
    assert "Shared goals: 3.4 of 5; needed under 3.2 (0.2 away)" in lacking
    assert "Found in this team" in page(manager, f"/rounds/{closed}/why/unclear-agreements")
    assert "Not found in this team" in page(manager, f"/rounds/{closed}/why/unsafe-to-speak")
    near = words(page(manager, f"/rounds/{closed}/why"))
    assert "What customers say may go unheard in the team" in near
    assert "The manager’s own view is missing" not in near
    page(manager, f"/rounds/{closed}/why/nothing-of-the-kind", 404)


def test_what_if_tells_what_would_change(app: Flask, manager: FlaskClient, closed: int) -> None:
    """Another score takes findings and plays away, and nothing is kept of it."""
    said = words(page(manager, f"/rounds/{closed}/what-if?dimension=agreements&score=3,8"))
    assert "If Agreements were 3.8" in said
    assert "You would no longer start with Agree on how we work" in said
    assert "Agreements are unclear" in said
    assert "Agree on how we work" in page(manager, f"/rounds/{closed}/result")
    assert "Nothing would change." in page(manager, f"/rounds/{closed}/what-if?dimension=agreements&score=2.4")


@pytest.mark.parametrize("score", ["9", "0", "", "much", "1e99999", "NaN", "-1", "3.8888", "3" * 5000])
def test_what_cannot_be_is_not_tried(manager: FlaskClient, closed: int, score: str) -> None:
    """A score outside the scale, or no number at all, is answered with what to write."""
    html = page(manager, f"/rounds/{closed}/what-if?dimension=agreements&score={score}")
    assert "is-invalid" in html
    assert "Would no longer be found" not in html


def test_what_if_knows_only_the_dimensions_that_were_asked(manager: FlaskClient, closed: int) -> None:
    """Another measure than the members' scores cannot be assumed."""
    for each in ("kept-agreements", "csat customers", "size", "x" * 2000):
        html = manager.get(f"/rounds/{closed}/what-if", query_string={"dimension": each, "score": "3"}).text
        assert "is-invalid" in html


def test_a_play_is_read_and_run(manager: FlaskClient, closed: int) -> None:
    """The play has this team's figures, its evidence and its limits; running it shows each step to tick off."""
    read = page(manager, f"/rounds/{closed}/plays/working-agreement-workshop")
    assert "2.4" in read
    assert "Evidence B" in words(read)
    run = page(manager, f"/rounds/{closed}/plays/working-agreement-workshop/run")
    assert run.count('type="checkbox"') >= 4
    assert "<p>" not in run.split("<label")[1].split("</label>")[0]
    page(manager, f"/rounds/{closed}/plays/none", 404)


def test_every_play_can_be_run() -> None:
    """Each shipped play has steps to tick off in both languages, with what to do before them."""
    context = {"score": lambda *_: None, "found": lambda *_: False, "team": "", "size": None, "work_mode": None}
    for play in shipped().plays.values():
        for text in play.texts.values():
            steps, before = running(sections(text.render(context)))
            assert steps, play.id
            assert len(steps.steps) >= 2, play.id
            assert before, play.id


def test_what_coaches_write_cannot_run() -> None:
    """Markup in a play's text is shown as it was written."""
    found = sections("## One\n\n1. <script>alert(1)</script>\n2. [x](javascript:alert(1))\n")
    assert "<script" not in found[0].text + "".join(found[0].steps)
    assert "javascript:" not in re.sub(r">[^<]*<", "><", found[0].text)


def test_a_play_is_marked_as_done(app: Flask, manager: FlaskClient, closed: int) -> None:
    """Done is kept with the team, said on the result, recorded in the log, and can be taken back."""
    path = f"/rounds/{closed}/plays/customer-visit"
    assert "Your team has done this" in post(manager, f"{path}/done", path)
    with app.app_context():
        assert db.session.get_one(Team, 1).done == ["customer-visit"]
        assert db.session.query(Event).order_by(Event.id.desc()).first().what == "play-done"  # type: ignore[union-attr]
    assert '<span class="done">done</span>' in page(manager, f"/rounds/{closed}/result")
    post(manager, f"{path}/not-done", path)
    with app.app_context():
        assert db.session.get_one(Team, 1).done == []


def test_what_is_done_makes_way_for_what_is_left(app: Flask, manager: FlaskClient, closed: int) -> None:
    """A done play is no card any more, only a line below the others; when all are done the next ones are offered."""
    done = first = cards(page(manager, f"/rounds/{closed}/result"))
    assert len(first) == 3
    mark(app, first[:1])
    html = page(manager, f"/rounds/{closed}/result")
    assert cards(html) == first[1:]
    assert f"/plays/{first[0]}" in html.split('<ul class="finished">')[1].split("</ul>")[0]
    assert "go on with what is left" in words(html)
    while left := cards(html):  # a rule may suggest how to go on from what was done
        done = [*done, *left]
        mark(app, done)
        html = page(manager, f"/rounds/{closed}/result")
    assert "What there was to start with is done." in words(html)
    assert "Choose the next one" in words(html)
    assert 'href="/teams/1/rounds/new"' in html
    assert html.index("Choose the next one") < html.index('class="waiting"')


def cards(html: str) -> list[str]:
    """Give the plays to start with on a result's page, by id."""
    return re.findall(r'<h3><a href="[^"]*/plays/([\w-]+)"', html)


def mark(app: Flask, plays: list[str]) -> None:
    """Keep that the team has done some plays and no others."""
    with app.app_context():
        db.session.get_one(Team, 1).done = sorted(plays)
        db.session.commit()


def test_an_agreement_is_filled_in_and_adopted(app: Flask, manager: FlaskClient, closed: int) -> None:
    """The template has its first choices filled in and the others to tick; adopted, it is offered no longer."""
    path = f"/rounds/{closed}/agreements/working-agreement"
    read = page(manager, path)
    assert "{{" not in read
    assert "We answer each other’s messages <strong>the same working day</strong>, even" in read
    assert "<li>within two working hours</li>" in read
    assert read.count("<li></li>") == 9
    before = page(manager, f"/rounds/{closed}/agreements").split("All others")
    assert "agreements/working-agreement" in before[0]
    assert "Your team works by this" in post(manager, f"{path}/adopt", path)
    after = page(manager, f"/rounds/{closed}/agreements").split("All others")
    assert "agreements/working-agreement" in after[1]
    with app.app_context():
        assert db.session.get_one(Team, 1).adopted == ["working-agreement"]
    post(manager, f"{path}/drop", path)
    page(manager, f"/rounds/{closed}/agreements/none", 404)


def test_only_what_there_is_is_marked(app: Flask, manager: FlaskClient, closed: int) -> None:
    """Ids of no play and no template are not found, and nothing is kept."""
    token = CSRF.search(page(manager, "/privacy"))
    assert token
    for each in ("plays/none/done", "agreements/none/adopt"):
        assert manager.post(f"/rounds/{closed}/{each}", data={"csrf_token": token[1]}).status_code == 404
    with app.app_context():
        assert not db.session.get_one(Team, 1).done + db.session.get_one(Team, 1).adopted


def share(app: Flask, manager: FlaskClient, made: int) -> str:
    """Share a result and give the path of the team's link."""
    post(manager, f"/rounds/{made}/share", f"/rounds/{made}/result")
    with app.app_context():
        token = db.session.get_one(Round, made).team_link
    assert len(token) >= 40
    return f"/r/{token}"


def test_a_result_is_shared_and_taken_back(app: Flask, manager: FlaskClient, closed: int) -> None:
    """Whoever has the link reads the result without an account, until it is taken back; sharing twice is one link."""
    path = share(app, manager, closed)
    shared = page(app.test_client(), path)
    assert "Our team settles its differences well." in shared
    assert "<form" not in shared.split("<main")[1]
    assert "/rounds/" not in shared
    assert "noindex" in shared
    post(manager, f"/rounds/{closed}/take-back", f"/rounds/{closed}/result")
    page(app.test_client(), path, 404)
    page(app.test_client(), "/r/", 404)
    page(app.test_client(), "/r/x", 404)
    assert share(app, manager, closed) != path


def test_the_team_learns_nothing_of_the_managers_answers(app: Flask, manager: FlaskClient) -> None:
    """Whatever the manager answered, or whether at all, the team's page is the same to the letter."""
    own = nokka()["manager"]
    changed = [dict.fromkeys(own[0], 1)]
    with app.app_context():
        made = [close_nokka(make_team("m@example.org"), manager=each) for each in (own, changed, [])]
    seen = {words(page(app.test_client(), share(app, manager, each))) for each in made}
    assert len(seen) == 1
    assert "only you" not in seen.pop()
    managers = {words(page(manager, f"/rounds/{each}/result")) for each in made}
    assert len(managers) == 3


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


def test_later_deeds_change_no_earlier_result(app: Flask, manager: FlaskClient) -> None:
    """What a team does after its next round closed does not change what was said of the round before."""
    with app.app_context():
        team = make_team("m@example.org")
        first, second = close_nokka(team), close_nokka(team)
    before = words(page(manager, f"/rounds/{first}/result"))
    path = f"/rounds/{second}/plays/customer-visit"
    post(manager, f"{path}/done", path)
    assert words(page(manager, f"/rounds/{first}/result")) == before


def test_forgotten_answers_are_shown_no_longer(app: Flask, manager: FlaskClient, closed: int) -> None:
    """Once the answers are deleted nothing of them is shown, though the page was read before."""
    path = share(app, manager, closed)
    assert "2.4" in page(manager, f"/rounds/{closed}/result")
    with app.app_context():
        db.session.execute(delete(GroupSheets))
        db.session.commit()
    for each in (page(manager, f"/rounds/{closed}/result"), page(app.test_client(), path)):
        assert "The answers of this round are no longer kept." in each
        assert "2.4" not in words(each)


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
