"""What holds for every table."""

from __future__ import annotations

import contextlib
import csv
import io
import random
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import ProblemsFound
from engine.measuring.reading import Reading, read_answers
from tests.measuring.tables import questionnaires, read

IDS = ("known", "kept", "renewed")
LABELS = ("Strongly disagree", "Disagree", "In between", "Agree", "Strongly agree")
LABELS_FI = ("Täysin eri mieltä", "Eri mieltä", "Siltä väliltä", "Samaa mieltä", "Täysin samaa mieltä")
WAYS: dict[str, Callable[[int], str]] = {
    "numbers": str,
    "decimals": lambda value: f"{value}.0",
    "labels": lambda value: LABELS[value - 1],
    "Finnish labels": lambda value: LABELS_FI[value - 1].upper(),
    "both": lambda value: f"{value} – {LABELS[value - 1]}",
}
ANSWERS = st.one_of(st.none(), st.integers(1, 5))
RESPONDENTS = st.lists(
    st.tuples(
        st.sampled_from(["Nokka", "Kaisla; rannan", 'Lumme "2"']),
        st.sampled_from(["1", "2"]),
        st.tuples(ANSWERS, ANSWERS, ANSWERS).filter(any),
    ),
    min_size=1,
    max_size=12,
)
SEPARATORS = st.sampled_from([",", ";", "\t"])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all examples of a property share."""
    return tmp_path_factory.mktemp("tables")


def counted(reading: Reading) -> dict[tuple[str, str], Counter[bytes]]:
    """Give the multiset of rows of every team and round."""
    return {
        (team, one.label): Counter(one.groups["members"].rows) for team, some in reading.rounds.items() for one in some
    }


def expected(respondents: list[tuple[str, str, tuple[int | None, ...]]]) -> dict[tuple[str, str], Counter[bytes]]:
    """Give the multiset of rows that a reading of these respondents must have."""
    found: dict[tuple[str, str], Counter[bytes]] = {}
    for team, label, answers in respondents:
        found.setdefault((team, label), Counter())[bytes(255 if each is None else each for each in answers)] += 1
    return found


def as_csv(rows: list[list[str]], separator: str) -> str:
    """Write rows as CSV."""
    text = io.StringIO()
    csv.writer(text, delimiter=separator).writerows(rows)
    return text.getvalue()


@given(RESPONDENTS, SEPARATORS, st.sampled_from(sorted(WAYS)), st.randoms(use_true_random=False))
def test_wide_tables_round_trip_in_any_order(
    folder: Path,
    respondents: list[tuple[str, str, tuple[int | None, ...]]],
    separator: str,
    way: str,
    rnd: random.Random,
) -> None:
    """Whatever the order of rows and columns, a wide table gives exactly the rows that were written."""
    rows = [["team", "round", "id", *IDS]]
    for number, (team, label, answers) in enumerate(respondents):
        rows.append([team, label, f"r{number}", *("" if each is None else WAYS[way](each) for each in answers)])
    columns, body = list(range(len(rows[0]))), rows[1:]
    rnd.shuffle(columns)
    rnd.shuffle(body)
    reading = read(folder, as_csv([[row[at] for at in columns] for row in [rows[0], *body]], separator))
    assert counted(reading) == expected(respondents)
    assert reading.problems == ()


@given(RESPONDENTS, SEPARATORS, st.sampled_from(sorted(WAYS)), st.randoms(use_true_random=False))
def test_long_tables_round_trip_in_any_order(
    folder: Path,
    respondents: list[tuple[str, str, tuple[int | None, ...]]],
    separator: str,
    way: str,
    rnd: random.Random,
) -> None:
    """Whatever the order of its rows, a long table gives what the same answers in a wide one give."""
    body = [
        [team, label, f"r{number}", name, WAYS[way](each)]
        for number, (team, label, answers) in enumerate(respondents)
        for name, each in zip(IDS, answers, strict=True)
        if each is not None
    ]
    rnd.shuffle(body)
    reading = read(folder, as_csv([["tiimi", "kierros", "vastaaja", "kysymys", "vastaus"], *body], separator))
    if any("quick" in each.questionnaire.id for some in reading.rounds.values() for each in some[0].groups.values()):
        return  # only the question was answered that two questionnaires share
    assert counted(reading) == expected(respondents)
    assert reading.problems == ()


SNIPPETS = st.sampled_from(
    [b"team", b"known", b"kept", b"question", b"answer", b"respondent", b",", b";", b"\t", b"\n", b"\r", b'"',
     b"4", b"Agree", b"=", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xe4", b"[", b"]", b"{", b"}", b":",
     b'"known":', b"- ", b"answers",
     b"null"]
)  # fmt: skip
SOUP = st.one_of(st.binary(max_size=200), st.lists(SNIPPETS, max_size=60).map(b"".join))


@given(SOUP, st.sampled_from(["csv", "json", "yaml", "xlsx", "TSV"]), st.sampled_from(["en", "fi"]))
def test_any_bytes_give_a_reading_or_problems(folder: Path, content: bytes, suffix: str, language: str) -> None:
    """Nothing that a file can hold raises anything but ProblemsFound, and problems can always be printed."""
    try:
        reading = read(folder, content, f"t.{suffix}", language)
    except ProblemsFound as found:
        str(found).encode()
    else:
        "\n".join(map(str, reading.problems)).encode()
        assert reading.respondents == sum(
            len(each.rows) for some in reading.rounds.values() for one in some for each in one.groups.values()
        )


@given(SOUP)
def test_any_bytes_below_a_header_leave_the_good_rows(folder: Path, content: bytes) -> None:
    """A good row above any mess is still read, unless the file as a whole is refused."""
    try:
        reading = read(folder, b"team,known,kept\nNokka,4,5\n" + content)
    except ProblemsFound:
        return
    assert bytes([4, 5, 255]) in reading.rounds["Nokka"][0].groups["members"].rows


@given(st.integers(0, 5_000), st.binary(min_size=1, max_size=8))
def test_damaged_workbooks_give_a_reading_or_problems(folder: Path, at: int, damage: bytes) -> None:
    """A workbook with damaged bytes anywhere raises nothing but ProblemsFound."""
    openpyxl = pytest.importorskip("openpyxl")
    path = folder / "whole.xlsx"
    if not path.exists():
        book: Any = openpyxl.Workbook()
        book.active.append(["team", "known"])
        book.active.append(["A", 4])
        book.save(path)
    data = bytearray(path.read_bytes())
    at %= len(data)
    data[at : at + len(damage)] = damage
    broken = folder / "broken.xlsx"
    broken.write_bytes(data)
    with contextlib.suppress(ProblemsFound):
        read_answers(broken, questionnaires())
