"""What forms say: in our own words, plain in both languages, and what their fields ask for can be typed."""

from __future__ import annotations

import re
from html import unescape
from typing import Final

import pytest
from flask.testing import FlaskClient
from wtforms import DateField, IntegerField
from wtforms.fields.core import UnboundField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from tests.web.conftest import post
from tests.web.rounds_of_nokka import manager, page, wanted
from web.accounts import forms as of_accounts
from web.data import forms as of_data
from web.forms import Between, Form
from web.results import forms as of_results
from web.rounds import forms as of_rounds
from web.teams import forms as of_teams

__all__ = ["manager"]

MODULES: Final = (of_accounts, of_data, of_results, of_rounds, of_teams)
OURS: Final = (InputRequired, DataRequired, Optional, Length, Between)
"""Checks that say what ``web.forms`` says in place of WTForms."""
TEAM: Final = {"name": "Nokka", "size": "8", "work_mode": "hybrid", "together_since": "", "language": "en"}
MONTH: Final = {
    "en": "Choose a month, or write the year and the month, such as 2025-03.",
    "fi": "Valitse kuukausi, tai kirjoita vuosi ja kuukausi, esimerkiksi 2025-03.",
}
DAY: Final = {
    "en": "Choose a day, or write the year, the month and the day, such as 2026-03-31.",
    "fi": "Valitse päivä, tai kirjoita vuosi, kuukausi ja päivä, esimerkiksi 2026-03-31.",
}


def faults(shown: str) -> list[str]:
    """Give what a page says is wrong with its form."""
    return re.findall(r'<p class="wrong"[^>]*>(.*?)</p>', unescape(shown))


@pytest.mark.parametrize(
    ("field", "typed", "english", "finnish"),
    [
        ("name", "", "Fill this in.", "Täytä tämä kohta."),
        ("name", "x" * 101, "Write at most 100 characters.", "Kirjoita enintään 100 merkkiä."),
        ("size", "", "Fill this in.", "Täytä tämä kohta."),
        ("size", "1", "Write a whole number from 2 to 200.", "Kirjoita kokonaisluku väliltä 2–200."),
        ("size", "many", "Write a whole number from 2 to 200.", "Kirjoita kokonaisluku väliltä 2–200."),
        ("work_mode", "moon", "Choose one of these.", "Valitse jokin näistä."),
        ("together_since", "March", MONTH["en"], MONTH["fi"]),
    ],
)
def test_a_fault_is_told_in_one_sentence(
    manager: FlaskClient, field: str, typed: str, english: str, finnish: str
) -> None:
    """Each fault of a team's form has one plain sentence in the reader's language."""
    for language, said in (("en", english), ("fi", finnish)):
        post(manager, f"/language/{language}", "/privacy")
        assert faults(post(manager, "/teams/new", **{**TEAM, field: typed})) == [said]


def test_faults_of_a_round_are_told_in_one_sentence(manager: FlaskClient) -> None:
    """Numbers and the day of a round's form have one plain sentence each, in the reader's language."""
    wrong = wanted(members="0", customers="y", customers_invited="0.5", last_day="tomorrow")
    for language, numbers in (
        ("en", ["Write a whole number from 5 to 500."] * 2),
        ("fi", ["Kirjoita kokonaisluku väliltä 5–500."] * 2),
    ):
        post(manager, f"/language/{language}", "/privacy")
        assert faults(post(manager, "/teams/1/rounds/new", **wrong)) == [*numbers, DAY[language]]


def test_too_few_people_are_told_in_one_sentence(manager: FlaskClient) -> None:
    """Too few members and too few customers have one sentence each, in the reader's language."""
    for language, told in (("en", ["At least five members", "At least five customers"]),
                           ("fi", ["Vähintään viiden jäsenen", "Vähintään viiden asiakkaan"])):  # fmt: skip
        post(manager, f"/language/{language}", "/privacy")
        shown = faults(
            post(manager, "/teams/1/rounds/new", **wanted(members="4", customers="y", customers_invited="1"))
        )
        assert [each.startswith(begin) for each, begin in zip(shown, told, strict=True)] == [True, True]


def test_a_wrong_form_opens_at_its_first_fault(manager: FlaskClient) -> None:
    """After a wrong form the first field that is wrong has the focus, and no other; a right form asks for none."""
    shown = post(manager, "/teams/new", **{**TEAM, "size": "1", "together_since": "March"})
    assert re.findall(r"<(?:input|select)[^>]* autofocus[^>]* name=\"(\w+)\"", shown) == ["size"]
    assert shown.count("autofocus") == 1
    assert "autofocus" not in page(manager, "/teams/new")


def test_a_month_can_be_chosen_and_typed(manager: FlaskClient) -> None:
    """The hint is right for whoever sees a picker and for whoever does not: what it says to type is taken."""
    hint = "If it cannot be chosen here, write the year and the month, such as 2025-03."
    assert hint in page(manager, "/teams/new")
    assert "together since March 2025" in post(manager, "/teams/new", **{**TEAM, "together_since": "2025-03"})


def test_every_message_is_in_our_words() -> None:
    """No field of any form says what WTForms says by itself: its checks have our words, or are known to get them."""
    fields = [
        each for module in MODULES for made in vars(module).values() if isinstance(made, type)
        for each in (vars(made).values() if issubclass(made, Form) else ()) if isinstance(each, UnboundField)
    ]  # fmt: skip
    assert len(fields) > 20
    for each in fields:
        checks = each.args[1] if len(each.args) > 1 else []
        assert all(isinstance(check, OURS) or check.message for check in checks), each
        assert not [check for check in checks if isinstance(check, Length) and check.min > 0 and not check.message]
        assert not issubclass(each.field_class, DateField) or each.kwargs["invalid_value_message"]
        assert not issubclass(each.field_class, IntegerField) or any(isinstance(check, Between) for check in checks)
