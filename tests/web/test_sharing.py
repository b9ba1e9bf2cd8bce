"""Sharing a round: the manager's own link, reminders, and personal links in place of a shared one."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import parse_qsl, unquote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.web.conftest import post
from tests.web.making import answer, link_to, open_round, sheet
from tests.web.rounds_of_nokka import manager, page, tokens, wanted
from web.database.connection import db
from web.database.models import Event, Round, RoundLink, Sheet
from web.days import day_of
from web.rounds import personal, sheets

__all__ = ["manager"]


def test_the_manager_answers_by_a_link_of_their_own(app: Flask, manager: FlaskClient) -> None:
    """The manager's link is personal, leads to answering, and is not offered again once it is used."""
    post(manager, "/teams/1/rounds/new", **wanted())
    [(name, token)] = tokens(app, "manager").items()
    assert name == "M"
    assert f'href="/a/{token}"' in page(manager, "/rounds/1")
    with app.app_context():
        link = db.session.scalar(select(RoundLink).where(RoundLink.token == token))
        assert link
        assert sheets.send(link, "k" * 20, sheet("manager", 4)) == "taken"
    assert "You have answered" in page(manager, "/rounds/1")


def test_invitations_and_reminders_are_in_both_languages(app: Flask, manager: FlaskClient) -> None:
    """Texts to copy stand there in English and Finnish whatever the reader's language, with link and closing day."""
    with app.app_context():
        open_round(1)
    for chosen in ("fi", "en"):
        post(manager, f"/language/{chosen}", "/rounds/1")
        shown = page(manager, "/rounds/1")
        [token] = tokens(app, "members").values()
        assert re.search(rf'lang="en"[^>]*>Nokka looks at[^<]*/a/{token}', shown)
        assert re.search(rf'lang="fi"[^>]*>Nokka: katsomme[^<]*/a/{token}', shown)
        assert ("Muistuta" in shown) == (chosen == "fi")
        with app.app_context():
            last = day_of(db.session.get_one(Round, 1).closes).day
        for purpose, again in (("invite", False), ("remind", True)):
            english, finnish = (text(shown, f"{purpose}-members-{code}") for code in ("en", "fi"))
            assert f"open until {last} " in english
            assert f"auki {last}. " in finnish
            assert ("If you have answered already" in english) == ("Jos olet jo vastannut" in finnish) == again


def test_an_invitation_says_how_long_it_takes(app: Flask, manager: FlaskClient) -> None:
    """Whoever answers is promised the minutes of what they are asked, in the invitation as on slips and first pages."""
    with app.app_context():
        open_round(1)
    shown = page(manager, "/rounds/1")
    for group, minutes in (("members", 5), ("customers", 2)):
        assert f"about {minutes} minutes" in text(shown, f"invite-{group}-en")
        assert f"noin {minutes} minuuttia" in text(shown, f"invite-{group}-fi")
        post(manager, f"/rounds/1/links/{group}", names="Aino")
        assert f"about {minutes} minutes" in page(manager, f"/rounds/1/links/{group}/slips")
        assert f"about {minutes} minutes" in page(app.test_client(), f"/a/{tokens(app, group)['Aino']}")


@pytest.mark.parametrize("asked", ["quick-check", "pulse"])
def test_a_short_questionnaire_is_said_to_be_short(app: Flask, manager: FlaskClient, asked: str) -> None:
    """Members who are asked thirteen statements, or three, are not told that it takes five minutes."""
    with app.app_context():
        made = db.session.get_one(Round, open_round(1))
        made.groups = {"members": {"questionnaire": asked, "invited": 8}}
        db.session.commit()
    assert "about 2 minutes" in text(page(manager, "/rounds/1"), "invite-members-en")
    post(manager, "/rounds/1/links/members", names="Aino")
    assert "about 2 minutes" in page(manager, "/rounds/1/links/members/slips")
    assert "five minutes" not in page(manager, "/rounds/1/links/members")


def test_a_reminder_tells_nobody_who_has_answered(app: Flask, manager: FlaskClient) -> None:
    """With personal links the reminder is the same for all, without a link, before and after somebody has answered."""
    with app.app_context():
        id_ = open_round(1, ["Aino", "Eero"])
    before = text(page(manager, "/rounds/1"), "remind-members-en")
    assert "Answer by the link that you got for yourself." in before
    assert "/a/" not in before
    with app.app_context():
        assert sheets.send(link_to(id_, "members", "Aino"), "k" * 20, sheet("members", 2)) == "taken"
    assert text(page(manager, "/rounds/1"), "remind-members-en") == before


def text(shown: str, id_: str) -> str:
    """Give a text to send, by the id of its field."""
    found = re.search(rf'id="{id_}"[^>]*>([^<]*)<', shown)
    assert found
    return found[1]


def test_personal_links_replace_the_shared_one(app: Flask, manager: FlaskClient) -> None:
    """Each name gets a link, once; the shared link stops working; the names are not in the audit log."""
    with app.app_context():
        open_round(1)
        shared = link_to(1, "members")
        db.session.expunge(shared)
    shown = post(manager, "/rounds/1/links/members", names="Aino\n\n  eero@example.org \nAINO\n")
    made = tokens(app, "members")
    assert set(made) == {"Aino", "eero@example.org"}
    assert all(f"/a/{token}" in shown for token in made.values())
    with app.app_context():
        assert not db.session.scalar(select(RoundLink).where(RoundLink.token == shared.token))
        assert sheets.send(shared, "k" * 20, sheet("members", 3)) == "used"
        assert not db.session.query(Sheet).count()
        assert db.session.get_one(Round, 1).groups["members"]["invited"] == 2
        assert "Aino" not in " ".join(db.session.scalars(select(Event.subject)))
    post(manager, "/rounds/1/links/members", names="Aino\nVeikko")
    assert tokens(app, "members").items() > made.items()
    slips = page(manager, "/rounds/1/links/members/slips")
    assert slips.count("data:image/svg+xml") == 3
    assert "Veikko" in slips


def test_no_personal_links_after_shared_answers(app: Flask, manager: FlaskClient) -> None:
    """Where somebody has answered by the shared link, personal links would count people twice and are not made."""
    with app.app_context():
        id_ = open_round(1)
        answer(id_, "members", sheet("members", 3))
    assert "answer twice" in page(manager, "/rounds/1/links/members")
    post(manager, "/rounds/1/links/members", "/rounds/1/close", names="Aino")
    assert set(tokens(app, "members")) == {""}


@pytest.mark.parametrize("wrong", ["roska@", "Aino <aino@>", "a@b@c"])
def test_what_cannot_be_an_address_gets_no_link(app: Flask, manager: FlaskClient, wrong: str) -> None:
    """One who could never get mail is named, nobody gets a link before it is mended, and what was typed stays."""
    with app.app_context():
        open_round(1)
    shown = unescape(post(manager, "/rounds/1/links/members", names=f"Eero\n{wrong}"))
    assert f"“{wrong}” is not an email address" in shown
    assert f"Eero\n{wrong}" in shown.replace("\r", "")
    assert set(tokens(app, "members")) == {""}


def test_an_invitation_goes_with_each_personal_link(app: Flask, manager: FlaskClient) -> None:
    """An address opens the mail to it in the team's language with its own link; a name has a text to fill in."""
    with app.app_context():
        open_round(1)
    shown = unescape(post(manager, "/rounds/1/links/members", names="Aino\nEero Eho <eero@example.org>"))
    [mail] = re.findall(r'href="mailto:([^"]+)"', shown)
    address, fields = mail.split("?")
    written = dict(parse_qsl(fields))
    assert unquote(address) == "eero@example.org"
    assert f"/a/{tokens(app, 'members')['Eero Eho <eero@example.org>']}\n" in written["body"]
    assert "Nokka" in written["subject"]
    assert "put the person's own link here" in text(shown, "invite-en")
    assert "/a/" not in text(shown, "invite-en")


def test_who_has_a_link_counts_as_invited(app: Flask, manager: FlaskClient) -> None:
    """Where fewer people have a link than the team has, the page says out of how many answers are counted."""
    with app.app_context():
        open_round(1)
        size = db.session.get_one(Round, 1).team.size
    assert "counts as invited those who have one" in page(manager, "/rounds/1/links/members")
    assert f"People in the team: {size}. Links: 2." in post(manager, "/rounds/1/links/members", names="Aino\nEero")
    everybody = "\n".join(f"Jäsen {each}" for each in range(size - 2))
    assert "People in the team" not in post(manager, "/rounds/1/links/members", names=everybody)


@pytest.mark.parametrize("names", ["", " \n ", "x" * 255, "\n".join(map(str, range(201)))])
def test_names_have_limits(app: Flask, manager: FlaskClient, names: str) -> None:
    """No names, endless ones and too many are refused, and nothing changes."""
    with app.app_context():
        open_round(1)
    assert "is-invalid" in post(manager, "/rounds/1/links/members", names=names)
    assert set(tokens(app, "members")) == {""}


def test_a_group_has_at_most_so_many_personal_links(app: Flask, manager: FlaskClient) -> None:
    """200 names are taken; one more later is refused."""
    with app.app_context():
        open_round(1)
    post(manager, "/rounds/1/links/members", names="\n".join(f"Jäsen {each}" for each in range(personal.MOST)))
    assert len(tokens(app, "members")) == 200
    assert "more than 200" in post(manager, "/rounds/1/links/members", names="Aino")
    assert len(tokens(app, "members")) == 200
