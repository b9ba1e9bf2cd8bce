"""What a team does with its result: plays that are led and done, agreements that are adopted."""

from __future__ import annotations

import re

from flask import Flask
from flask.testing import FlaskClient

from tests.small import shipped
from tests.web.conftest import CSRF, post
from tests.web.making import answered_round, make_team
from tests.web.of_nokka import close_nokka, closed, manager, page, words
from web.database.connection import db
from web.database.models import Event, Round, Team
from web.days import today
from web.results.running import running, sections

__all__ = ["closed", "manager"]


def test_a_play_is_read_and_run(manager: FlaskClient, closed: int) -> None:
    """The play has this team's figures, its evidence and its limits; running it shows each step to tick off."""
    read = page(manager, f"/rounds/{closed}/plays/working-agreement-workshop")
    assert "2.4" in read
    assert "Evidence B" in words(read)
    run = page(manager, f"/rounds/{closed}/plays/working-agreement-workshop/run")
    assert run.count('type="checkbox"') >= 4
    assert "<p>" not in run.split("<label")[1].split("</label>")[0]
    page(manager, f"/rounds/{closed}/plays/none", 404)


def test_sources_are_listed_where_there_are_any(manager: FlaskClient, closed: int) -> None:
    """The play's page lists its sources; one without any has no list and says that no study is known."""
    listed = '<ul class="quiet-text"><li lang="en">'
    assert listed in page(manager, f"/rounds/{closed}/plays/working-agreement-workshop")
    read = page(manager, f"/rounds/{closed}/plays/ask-and-offer")
    assert listed not in read
    assert not re.search(r"<ul[^>]*>\s*</ul>", read)
    assert "We know of no study" in read


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
        assert db.session.get_one(Team, 1).adopted == {"working-agreement": today().isoformat()}
    post(manager, f"{path}/drop", path)
    page(manager, f"/rounds/{closed}/agreements/none", 404)


def test_an_adopted_agreement_stays_as_it_was_agreed(app: Flask, manager: FlaskClient, closed: int) -> None:
    """Adopting changes no clause and no number of one; the page tells when it was agreed and when it is looked at."""
    path = f"/rounds/{closed}/agreements/working-agreement"
    clauses = re.compile(r'<ol class="clauses">.*?</ol>', re.DOTALL)
    before = page(manager, path)
    assert "If you agree on it today" in before
    after = post(manager, f"{path}/adopt", path)
    assert clauses.findall(after) == clauses.findall(before)
    [agreed] = re.findall(r"Agreed on ([^<]+)\. We look at this again on", after)
    with app.app_context():
        assert agreed == f"{today():%-d %B %Y}"
    assert "If you agree on it today" not in after


def test_adopting_twice_keeps_the_day(app: Flask, manager: FlaskClient, closed: int) -> None:
    """Pressing once more later does not change the day on which a team agreed."""
    path = f"/rounds/{closed}/agreements/meetings"
    with app.app_context():
        db.session.get_one(Team, 1).adopted = {"meetings": "2026-02-03"}
        db.session.commit()
    assert "Agreed on 3 February 2026. The day to look at this again was 17 March 2026." in post(
        manager, f"{path}/adopt", path
    )


def test_a_result_asks_nothing_of_an_agreement_made_after_it(manager: FlaskClient, closed: int) -> None:
    """What the team adopts after a round changes nothing in that round's advice: nobody has answered about it yet."""
    before = words(page(manager, f"/rounds/{closed}/result"))
    post(manager, f"/rounds/{closed}/agreements/working-agreement/adopt", f"/rounds/{closed}/result")
    after = page(manager, f"/rounds/{closed}/result")
    assert (
        words(after).replace(
            "It is kept that your team works by this. Look at it again together on the review day. ", ""
        )
        == before
    )


def test_only_what_there_is_is_marked(app: Flask, manager: FlaskClient, closed: int) -> None:
    """Ids of no play and no template are not found, and nothing is kept."""
    token = CSRF.search(page(manager, "/privacy"))
    assert token
    for each in ("plays/none/done", "agreements/none/adopt"):
        assert manager.post(f"/rounds/{closed}/{each}", data={"csrf_token": token[1]}).status_code == 404
    with app.app_context():
        assert not db.session.get_one(Team, 1).done
        assert not db.session.get_one(Team, 1).adopted


def test_later_deeds_change_no_earlier_result(app: Flask, manager: FlaskClient) -> None:
    """What a team does after its next round closed does not change what was said of the round before."""
    with app.app_context():
        team = make_team("m@example.org")
        first, second = close_nokka(team), close_nokka(team)
    before = words(page(manager, f"/rounds/{first}/result"))
    path = f"/rounds/{second}/plays/customer-visit"
    post(manager, f"{path}/done", path)
    assert words(page(manager, f"/rounds/{first}/result")) == before


def test_the_next_round_tells_what_was_done_and_how_it_moved(app: Flask, manager: FlaskClient) -> None:
    """What was done or agreed on between two rounds stands beside how what it was for has moved, for the team too."""
    with app.app_context():
        team = make_team("m@example.org")
        first = answered_round(team, [2, 2, 3, 3, 2, 3, 2, 3, 2])
        db.session.get_one(Round, first).facts = {"size": 9, "rounds": 1, "done": ["customer-visit"]}
        second = answered_round(team, [4, 4, 4, 3, 4, 4, 5, 4, 4])
        done = ["customer-visit", "clarify-goals"]
        db.session.get_one(Round, second).facts = {"size": 9, "rounds": 2, "done": done, "adopted": ["meetings"]}
        db.session.get_one(Round, second).team_link = "x" * 32
        db.session.commit()
    for path in (f"/rounds/{second}/result", f"/r/{'x' * 32}"):
        said = words(page(manager, path))
        assert "What you did in between" in said
        assert "Make the goals clear Shared goals: higher than in the last round" in said
        assert "Our meetings agreed on" in said
        assert "Meet a customer Customer" not in said.split("What you did in between")[1]
    assert "What you did in between" not in words(page(manager, f"/rounds/{first}/result"))


def test_a_play_of_an_earlier_round_leads_to_where_it_is_marked(app: Flask, manager: FlaskClient) -> None:
    """Once a later round has closed, plays and agreements of an earlier one lead to the same page of the later."""
    with app.app_context():
        team = make_team("m@example.org")
        first, second = close_nokka(team), close_nokka(team)
    for each in ("plays/customer-visit", "agreements/meetings"):
        assert f'href="/rounds/{second}/{each}"' in page(manager, f"/rounds/{first}/{each}")
        assert "A later round is closed" not in page(manager, f"/rounds/{second}/{each}")
