"""Attacks on anonymity (research/measurement.md) that are tried through every page and file, and fail.

Most of them are tried at once by comparing two worlds that differ in nothing but answers: where every page and file
is the same, whatever one looks at, nothing of the difference can be learned.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from urllib.parse import urlencode

import pytest
from sqlalchemy import select

from tests.web.making import FACTS, answer, link_to, make_team, open_round, sheet
from tests.web.walking import ADDRESSES, TEAM_LINK, predictable, words
from tests.web.worlds import CLOSED, Make, differing, everything, explained, exported, told, worlds
from web.database.connection import db
from web.database.models import GroupSheets, Round
from web.rounds import sheets

__all__ = ["worlds"]


def test_the_comparison_sees_differences(worlds: Make) -> None:
    """Where a closed round's answers differ by much, the manager's pages do too: the comparison below is not blind."""
    low, high = worlds([sheet("members", 2)] * 6), worlds([sheet("members", 4)] * 6)
    where = differing(low, high)
    assert ("manager", "/teams/1/export") in where
    assert {path for role, path in where if role != "manager"} <= {f"/r/{TEAM_LINK}"}


# --- watching live results --------------------------------------------------------------------------------------------


def test_an_open_round_shows_nothing_of_its_answers(worlds: Make) -> None:
    """While a round is open, no page and no file of any role depends on what was answered."""
    low, high = ([sheet("members", each)] * 6 for each in (1, 5))
    assert differing(worlds(opened=low), worlds(opened=high)) == []


def test_nobody_sees_who_has_answered(worlds: Make) -> None:
    """Which of the people with personal links have answered changes no page: not the manager's, not the slips."""
    seen = []
    for name in ("aino@example.org", "pekka@example.org"):
        world = worlds()
        with world.app.app_context(), predictable(first=1000):
            team = make_team(ADDRESSES["manager"], "Henkilökohtaiset")
            world.open = open_round(team, ["aino@example.org", "pekka@example.org"])
            assert sheets.send(link_to(world.open, "members", name), "key", sheet("members", 3)) == "taken"
        pages = everything(world)
        manager = world.browsers["manager"]
        more = {("manager", path): words(manager.get(path)) for path in (f"/teams/{team}", f"/teams/{team}/export")}
        assert "aino@example.org" in more["manager", f"/teams/{team}/export"]
        seen.append({**pages, **more})
    assert {where: (text, seen[1][where]) for where, text in seen[0].items() if seen[1][where] != text} == {}


def test_the_engine_never_gets_an_open_round(worlds: Make) -> None:
    """The answers of an open round cannot even be asked for."""
    world = worlds(opened=CLOSED)
    with world.app.app_context(), pytest.raises(ValueError, match="open"):
        sheets.closed_round(db.session.get_one(Round, world.open))


def test_a_closed_round_is_frozen(worlds: Make) -> None:
    """What comes after closing is refused, so no two states of a round can be compared."""
    world = worlds(opened=CLOSED)
    with world.app.app_context():
        link = link_to(world.open, "members")
        db.session.expunge(link)
        assert sheets.close(world.open, FACTS)
        before = db.session.scalars(select(GroupSheets.sheets)).all()
        assert sheets.send(link, "late", sheet("members", 1)) == "closed"
        assert not sheets.close(world.open, {"size": 3})
        assert db.session.scalars(select(GroupSheets.sheets)).all() == before


# --- too few, the insider, subtraction --------------------------------------------------------------------------------


def test_too_few_members_show_nothing(worlds: Make) -> None:
    """Of four answers no page and no file of any role says anything but that there were four."""
    low, high = ([sheet("members", each)] * 4 for each in (1, 5))
    assert differing(worlds(low), worlds(high)) == []


def test_the_manager_is_not_in_the_teams_numbers(worlds: Make) -> None:
    """What the manager answered changes nothing about the members, and nothing at all for anybody else."""
    low, high = worlds(managers_own=2), worlds(managers_own=4)
    assert exported(low)["profile"]["members"] == exported(high)["profile"]["members"]
    assert exported(low)["profile"]["members"]["respondents"]["value"] == len(CLOSED)
    assert differing(low, high, "nobody", "another manager", "coach", "admin") == []


def test_a_view_cannot_be_narrowed(worlds: Make) -> None:
    """There is one view of a round: whatever is added to its address, no page shows fewer people or a finer figure."""
    world = worlds()
    asked = {
        "group": "members",
        "question": "agreements-raised",
        "minimum": "1",
        "exact": "1",
        "viewer": "manager",
        "n": "5",
    }
    for (role, path), text in everything(world, "nobody", "manager").items():
        response = world.browsers[role].get(path + ("&" if "?" in path else "?") + urlencode(asked))
        again = told(response)
        assert text.startswith("302") or plain(again) == plain(text), (role, path)


def plain(text: str) -> str:
    """Give a page without the address that it leads back to."""
    return re.sub(r'name="back" value="[^"]*"', "", text)


# --- figures ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("rating", "value", "bound"), [(1, 1.5, "or-less"), (5, 4.5, "or-more")])
def test_unanimity_is_only_a_bound(worlds: Make, rating: int, value: float, bound: str) -> None:
    """Where everybody answered the same end of the scale, only “1.5 or less” or “4.5 or more” is said."""
    members = exported(worlds([sheet("members", rating)] * 6))["profile"]["members"]
    assert members["agreements"]["score"] == {"value": value, "bound": bound, "reason": None}
    assert members["agreements"]["spread"]["value"] is None
    assert members["agreements"]["favourable"]["value"] is None


def test_figures_are_coarse(worlds: Make) -> None:
    """Scores have one decimal, spread is not shown of six people, and no figure has more."""
    uneven = [{id_: 1 + (7 * place + 3 * each) % 5 for each, id_ in enumerate(CLOSED[0])} for place in range(6)]
    numbers = [*leaves(exported(worlds(uneven))["profile"])]
    assert numbers
    assert not [each for each in numbers if isinstance(each, float) and round(each, 2) != each]
    assert len([each for each in numbers if isinstance(each, float)]) > 10


def leaves(data: object) -> Iterator[object]:
    """Yield every value in data."""
    if isinstance(data, Mapping):
        for each in data.values():
            yield from leaves(each)
    elif isinstance(data, list):
        for each in data:
            yield from leaves(each)
    else:
        yield data


def test_no_counts_by_question_or_bucket(worlds: Make) -> None:
    """Whether somebody left a question out, or which, is not to be seen while enough others answered it."""
    skipping = [*CLOSED[:-1], {key: value for key, value in CLOSED[-1].items() if key != question_of("agreements")}]
    whole, part = exported(worlds()), exported(worlds(skipping))
    assert whole["profile"]["members"]["respondents"] == part["profile"]["members"]["respondents"]
    for result in (whole, part):
        text = json.dumps(result)
        assert not re.search(r'"(people|answers|counts?|distribution|buckets?|rows|sheets|n)":', text)
        assert question_of("agreements") not in text


def question_of(dimension: str) -> str:
    """Give the first question of a dimension of the review."""
    asked = sheet("members", 0, **{dimension.replace("-", "_"): 1})
    return next(id_ for id_, rating in asked.items() if rating == 1)


def test_one_persons_answer_is_within_the_noise(worlds: Make) -> None:
    """Whoever joined cannot be read off two rounds exactly: several answers of theirs give the very same pages."""
    joined = [{**sheet("members", 3), question_of("agreements"): each} for each in (3, 4)]
    one, two = (worlds([*CLOSED, each], managers_own=3) for each in joined)
    assert differing(one, two) == []
    assert explained(one, one.closed) == explained(two, two.closed)


def test_a_joiner_between_two_rounds_is_within_the_noise(worlds: Make) -> None:
    """Where one person has joined between two rounds, several answers of theirs give the very same pages and files.

    It is not so for all answers, which nobody can promise; the pages say it where rounds are compared, and before.
    """
    seen, reasons = [], []
    for each in (3, 4):
        world = worlds()
        with world.app.app_context(), predictable(first=1000):
            answer(world.open, "members", *CLOSED, {**sheet("members", 3), question_of("agreements"): each})
            sheets.close(world.open, {**FACTS, "size": 9})
        seen.append(everything(world))
        reasons.append(explained(world, world.closed, world.open))
    assert [where for where, text in seen[0].items() if seen[1][where] != text] == []
    assert reasons[0] == reasons[1]
    assert "it may be they who answer differently" in seen[0]["manager", "/rounds/2/result"]
    assert "has come or gone between two rounds" in seen[0]["nobody", "/privacy"]


def test_a_steady_team_with_a_joiner_has_no_change(worlds: Make) -> None:
    """One new person, however extreme, is not called a change of the team while everybody else answers as before."""
    for each in (1, 5):
        world = worlds()
        with world.app.app_context():
            answer(world.open, "members", *CLOSED, sheet("members", each))
            sheets.close(world.open, FACTS)
        data = json.loads(world.browsers["manager"].get("/teams/1/export").data)
        members = data["rounds"][1]["result"]["profile"]["members"].values()
        assert {part["trend"]["value"] for part in members if "trend" in part} == {"steady"}


def test_no_rule_tells_of_one_person(worlds: Make) -> None:
    """A rule cannot fire on a single customer or on four: the pages are the same whatever they answered."""
    results = []
    for rating in (1, 5):
        world = worlds()
        with world.app.app_context():
            made = open_round(make_team(ADDRESSES["manager"], "Kolmas"))
            answer(made, "members", *CLOSED)
            answer(made, "customers", *[sheet("customers", rating)] * 4)
            sheets.close(made, FACTS)
        data = json.loads(world.browsers["manager"].get("/teams/3/export").data)
        results.append(json.dumps(data["rounds"]))
    assert re.sub(r'"(opened|closes|closed)": "[^"]*"', "", results[0]) == re.sub(
        r'"(opened|closes|closed)": "[^"]*"', "", results[1]
    )
