"""Tables that can be read, in every form that people export."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from engine.measuring.ordering import in_order
from engine.measuring.reading import read_answers
from tests.measuring.tables import CUSTOMERS, MANAGERS, QUICK, REVIEW, codes, only, questionnaires, read

U = 255  # unanswered


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_separator_and_encoding(tmp_path: Path, separator: str, encoding: str, end: str) -> None:
    """The usual separators, encodings and line ends give the same rounds."""
    lines = ["tiimi,vastaaja,known,kept,renewed", "Pöllö,a,1,2,3", "Pöllö,b,5,,4", ""]
    content = end.join(lines).replace(",", separator).encode(encoding)
    reading = read(tmp_path, content)
    assert list(reading.rounds) == ["Pöllö"]
    assert only(reading).rows == (bytes([1, 2, 3]), bytes([5, U, 4]))
    assert (reading.problems, reading.respondents, reading.answers) == ((), 2, 5)


def test_windows_1252_is_read_and_said(tmp_path: Path) -> None:
    """A file that is not UTF-8 is read as Windows-1252, with a warning that says so."""
    reading = read(tmp_path, "tiimi,known\nPöllö,4\n".encode("cp1252"))
    assert list(reading.rounds) == ["Pöllö"]
    assert "Windows-1252" in reading.problems[0].message
    assert reading.problems[0].severity == "warning"


@pytest.mark.parametrize(
    "header",
    [
        "known", "KNOWN", "I know what we have agreed, and why.", "i know  what we have agreed, and why",
        "I know what we\u00a0have agreed, and why:", "1. I know what we have agreed, and why.",
        "Q3: I know what we have agreed, and why.", "Q3 - I know what we have agreed, and why",
        "Agreements [I know what we have agreed, and why.]", "Tiedän, mitä olemme sopineet", "2) known",
        "Sopimukset [Tiedän, mitä olemme sopineet.]", "Väittämä 4: Tiedän, mitä olemme sopineet.", " known * ",
    ],
)  # fmt: skip
def test_headers_as_form_tools_write_them(tmp_path: Path, header: str) -> None:
    """A question is recognised by id or text, in either language, under what form tools add."""
    answers = only(read(tmp_path, f'team,"{header}"\nA,4\n'))
    assert (answers.rows, answers.asked) == ((bytes([4, U, U]),), frozenset({"known"}))


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("4", 4), (" 4 ", 4), ("4.0", 4), ("4,0", 4), ("4 - Agree", 4), ("4 – Samaa mieltä", 4), ("4: jotain", 4),
        ("4 (Agree)", 4), ("4. agree", 4), ("agree", 4), ("  SAMAA\u00a0 mieltä", 4), ("Strongly disagree", 1),
        ("", U), ("  ", U), ("can't say", U), ("Can’t say", U), ("EOS", U), ("en osaa sanoa", U), ("n/a", U),
        ("NA", U), ("-", U), ("–", U), ("don’t know", U), ("Not for me to say", U), ("6 - En osaa sanoa", U),
    ],
)  # fmt: skip
def test_what_cells_may_say(tmp_path: Path, cell: str, value: int) -> None:
    """Numbers, labels and ways of not answering are read without a word."""
    reading = read(tmp_path, f'known;kept\n"{cell}";3\n')
    assert only(reading).rows == (bytes([value, 3, U]),)
    assert (reading.problems, reading.set_aside_cells) == ((), 0)


@pytest.mark.parametrize(
    "cell", ["44", "0", "6", "4.5", "4 - 5", "4.12.2024", "4 - Disagree", "x", "=A1", "4-", "true"]
)
def test_other_cells_are_set_aside_alone(tmp_path: Path, cell: str) -> None:
    """What is no answer is set aside and reported by row; the row's other answers are kept."""
    reading = read(tmp_path, f"team;known;kept\nA;5;5\nA;{cell};3\n")
    assert only(reading).rows == (bytes([5, 5, U]), bytes([U, 3, U]))
    (problem,) = reading.problems
    assert (problem.line, problem.column, problem.severity, reading.set_aside_cells) == (3, 2, "error", 1)


def test_the_ends_of_a_scale_are_labels(tmp_path: Path) -> None:
    """Where a scale names only its ends, those are read."""
    reading = read(tmp_path, "needs,recommend\n5,Varmasti\n4,not at all\n3,10\n")
    assert only(reading).rows == (bytes([3, 10]), bytes([4, 0]), bytes([5, 10]))


def test_groups_answer_their_own_questionnaires(tmp_path: Path) -> None:
    """Each group's rows are read by the questionnaire of that group; the manager's by the members'."""
    table = "team,ryhmä,known,kept,renewed,needs,recommend\n"
    table += "A,jäsen,1,2,,,\nA,,3,4,,,\nA,Esimies,5,5,,,\nA,asiakkaat,,,,4,9\n"
    reading = read(tmp_path, table)
    (one,) = reading.rounds["A"]
    assert {group: (each.questionnaire.id, each.rows) for group, each in one.groups.items()} == {
        "members": ("review", (bytes([1, 2, U]), bytes([3, 4, U]))),
        "manager": ("review", (bytes([5, 5, U]),)),
        "customers": ("voice", (bytes([4, 9]),)),
    }
    assert reading.problems == ()


def test_managers_have_their_own_questionnaire_where_it_is_given(tmp_path: Path) -> None:
    """A questionnaire for managers goes before the members' one when its questions are in the table."""
    path = tmp_path / "t.csv"
    path.write_text("group,known,kept,led\nmanager,,,4\nmembers,1,2,\n")
    reading = read_answers(path, questionnaires(REVIEW, MANAGERS))
    assert reading.rounds[""][0].groups["manager"].rows == (bytes([4]),)
    path.write_text("group,known,kept\nmanager,3,4\n")
    assert only(read_answers(path, questionnaires(REVIEW, MANAGERS))).questionnaire.id == "review"


def test_the_questionnaire_with_most_questions_in_the_table_is_read(tmp_path: Path) -> None:
    """Of questionnaires that share a text the one with more columns is read; of equals the shorter."""
    text = "We keep what we agree."
    assert only(read(tmp_path, f"{text},The mood is good.\n1,2\n")).questionnaire.id == "quick"
    assert only(read(tmp_path, f"{text},known,renewed\n1,2,3\n")).questionnaire.id == "review"
    assert only(read(tmp_path, f"{text}\n1\n")).questionnaire.id == "quick"


def test_answers_to_a_second_questionnaire_are_told(tmp_path: Path) -> None:
    """Columns of a questionnaire that is not read are reported only when the group has answers in them."""
    assert "unused-answers" in codes(read(tmp_path, "known,kept,quick-mood\n1,2,\n1,2,4\n"))
    assert codes(read(tmp_path, "known,kept,quick-mood\n1,2,\n1,2,-\n")) == []


def test_rounds_come_oldest_first_and_teams_as_in_the_file(tmp_path: Path) -> None:
    """Every round is kept, sorted by its label; teams keep the order of the file."""
    table = "Unit,kierros,known\nB,Round 10,1\nA,Round 9,2\nB,Round 9,3\n"
    rounds = read(tmp_path, table).rounds
    assert {team: [each.label for each in some] for team, some in rounds.items()} == {
        "B": ["Round 9", "Round 10"],
        "A": ["Round 9"],
    }


@pytest.mark.parametrize(
    "labels",
    [
        ["2024-05-31", "2024-10-01", "2025-01-01"], ["12.4.2024", "1.5.2024", "1.1.2025"], ["-1", "1,5", "9", "10"],
        ["", "2023 autumn 2", "2023 autumn 10", "2024 spring 1"], ["2024-02-01", "pilot"],
    ],
)  # fmt: skip
def test_order_of_labels(labels: list[str]) -> None:
    """Dates, numbers and texts with numbers are sorted as people count them."""
    assert in_order(reversed(labels)) == labels


def test_long_tables(tmp_path: Path) -> None:
    """A table with one answer per row gives what a wide one gives."""
    wide = read(tmp_path, "team,group,respondent,known,kept\nA,members,x,1,2\nA,manager,y,eos,5\n", "w.csv")
    long = read(
        tmp_path,
        "tiimi,ryhmä,vastaaja,väittämä,vastaus\nA,jäsen,x,kept,2\nA,esimies,y,Pidämme sen minkä sovimme,5\n"
        "A,jäsen,x,1. I know what we have agreed; and why.,1\nA,jäsen,x,known,1\nA,esihenkilö,y,known,eos\n",
    )
    assert long.rounds == wide.rounds
    assert codes(long) == ["unknown-question"]
    assert (long.respondents, long.answers, long.set_aside_rows) == (2, 3, 1)


def test_asked_in_a_long_table_is_what_the_round_has_rows_for(tmp_path: Path) -> None:
    """A question counts as asked in every team of a round in which any team has a row for it."""
    reading = read(tmp_path, "team,id,question,value\nA,1,known,4\nA,1,kept,\nB,2,known,3\n")
    assert {team: some[0].groups["members"].asked for team, some in reading.rounds.items()} == dict.fromkeys(
        "AB", frozenset({"known", "kept"})
    )


@pytest.mark.parametrize("wrapped", [False, True])
def test_json_and_yaml(tmp_path: Path, wrapped: bool) -> None:
    """Objects per respondent are read from JSON and YAML, whichever keys each of them has."""
    items = [{"team": "A", "known": 4, "kept": None}, {"known": "agree", "renewed": 2.0, "team": "A"}]
    data = {"note": {"x": [1]}, "answers": items} if wrapped else items
    for name in ("t.json", "t.yaml"):
        reading = read(tmp_path, json.dumps(data, indent=1), name)
        assert only(reading).rows == (bytes([4, U, 2]), bytes([4, U, U]))
        assert reading.problems == ()


def workbook(path: Path, *sheets: list[list[object]]) -> Path:
    """Write a workbook with these sheets."""
    book: Any = openpyxl.Workbook()
    for number, rows in enumerate(sheets):
        sheet = book.active if number == 0 else book.create_sheet()
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def test_workbooks(tmp_path: Path) -> None:
    """The first sheet with a recognised header is read; numbers and dates are read as what they are."""
    day = datetime.datetime(2025, 3, 1)
    notes: list[list[object]] = [["Notes"], ["known unknowns"]]
    table: list[list[object]] = [["Results of spring"], [], ["Team", "Round", "Known", "Kept"]]
    path = workbook(tmp_path / "t.xlsx", notes, [*table, ["A", day, 4, 5.0], ["A", day, "agree"], []], table)
    reading = read_answers(path, questionnaires())
    assert reading.rounds["A"][0].label == "2025-03-01"
    assert only(reading).rows == (bytes([4, 5, U]), bytes([4, U, U]))
    assert codes(reading) == ["other-sheets"]


def test_formulas_and_merged_headers_in_workbooks(tmp_path: Path) -> None:
    """A formula is reported by cell, and a header cell that merging has emptied by column."""
    rows: list[list[object]] = [["team", "known", "kept", None], ["A", "=2+2", 5, 3], ["A", 1, 2, 3, 9]]
    path = workbook(tmp_path / "t.xlsx", rows)
    book: Any = openpyxl.load_workbook(path)
    book.active.merge_cells("C1:D1")
    book.save(path)
    reading = read_answers(path, questionnaires())
    assert only(reading).rows == (bytes([1, 2, U]), bytes([U, 5, U]))
    assert "a formula; paste its value" in reading.problems[-1].message
    assert "merged header cells" in reading.problems[0].hint
    assert sorted(codes(reading)) == ["formula", "unnamed-column", "unnamed-column"]


def test_ignored_columns_are_named_and_never_quoted(tmp_path: Path) -> None:
    """Columns that are not read are named; nothing that stands in them, and no respondent, is quoted."""
    table = "Timestamp,E-mail,Name,vastaaja,known\n"
    table += "2025,a@b.fi,Aino,aino7,x\n2025,a@b.fi,Aino,aino7,4\n2026,c,Aino,aino7,5\n"
    reading = read(tmp_path, table)
    assert reading.ignored_columns == ("Timestamp", "E-mail", "Name")
    assert not {"aino7", "Aino", "a@b.fi"} & set(" ".join(map(str, reading.problems)).replace("“", " ").split())


def test_chosen_questionnaires_tell_what_is_missing(tmp_path: Path) -> None:
    """Whoever names questionnaires hears which of their questions the table has no column for."""
    assert codes(read(tmp_path, "known,kept\n1,2\n", chosen=True)) == [
        "missing-columns",
        "no-columns-of",
        "no-columns-of",
    ]
    assert codes(read(tmp_path, "known,kept\n1,2\n")) == []


def test_a_column_named_by_the_questionnaire_goes_first(tmp_path: Path) -> None:
    """A column that a questionnaire names itself is taken before the usual names, which is then ignored."""
    reading = read(tmp_path, "team,unit,known\nA,B,1\n")
    assert (list(reading.rounds), reading.ignored_columns) == (["B"], ("team",))


def test_problems_beyond_the_cap_are_counted(tmp_path: Path) -> None:
    """At most 200 problems are kept, the file's own among them, and the others are counted."""
    reading = read(tmp_path, "known,kept,kept\n" + "x,4,4\n" * 500)
    assert (len(reading.problems), reading.problems_left_out, reading.set_aside_cells) == (200, 301, 500)
    assert reading.problems[0].code == "duplicate-column"


def test_twenty_thousand_rows(tmp_path: Path) -> None:
    """A table of some size is read whole."""
    rows = "".join(f"T{number % 50},r{number},{number % 5 + 1},,5\n" for number in range(20_000))
    reading = read(tmp_path, "team,respondent,known,kept,renewed\n" + rows)
    assert (reading.respondents, reading.answers, len(reading.rounds)) == (20_000, 40_000, 50)


def test_the_samples_are_all_read() -> None:
    """Every questionnaire of these tests is valid."""
    assert [each.id for each in questionnaires(REVIEW, CUSTOMERS, QUICK, MANAGERS)] == [
        "review",
        "voice",
        "quick",
        "managers",
    ]
