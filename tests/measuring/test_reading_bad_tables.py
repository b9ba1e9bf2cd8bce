# ruff: noqa: E501 - a case per line is easier to scan than words cut in two
"""Tables with one mistake each, and the words that say so in both languages."""

from __future__ import annotations

import builtins
import importlib
import io
import string
import sys
import zipfile
from pathlib import Path

import pytest

from engine.errors import ProblemsFound
from engine.measuring import delimited, workbooks
from engine.measuring.reading import read_answers
from engine.measuring.reading_messages import MESSAGES, WORDS, YAML_IN_FINNISH
from tests.measuring.tables import questionnaires, read

LONG_HEADER = "team,respondent,question,answer\n"

REFUSED = {
    "wrong type": ("t.pdf", b"x", "cannot be read as a table", "ei voi lukea vastaustaulukkona"),
    "empty": ("t.csv", b"", "no rows of answers", "ei ole vastausrivejä"),
    "blank": ("t.csv", b"\n \n", "no rows of answers", "ei ole vastausrivejä"),
    "a header alone": ("t.csv", b"team,known\n", "no rows of answers", "ei ole vastausrivejä"),
    "no question": ("t.csv", b"team,colour\nA,4\n", "such as “known”", "kuten ”known”"),
    "a mistyped question": ("t.csv", b"team,knwon\nA,4\n", "did you mean “known”?", "tarkoititko ”known”?"),
    "NUL": ("t.csv", b"team,known\nA,\x004\n", "t.csv:2:1: error[nul-bytes]: the file holds NUL", "on NUL-merkkejä"),
    "half a UTF-16": ("t.csv", "known\n4\n".encode("utf-16") + b"x", "decoded as UTF-16", "tulkita merkistöllä UTF-16"),
    "broken UTF-8": ("t.csv", b"\xef\xbb\xbfknown\n\xff\n", "decoded as UTF-8", "tulkita merkistöllä UTF-8"),
    "one endless line": ("t.csv", b"known," * 400_000, "a line is longer than 1,000,000", "rivi on pidempi kuin"),
    "too many columns": ("t.csv", b"known" + b",x" * 3000 + b"\n4\n", "more than 2,000 columns", "yli 2000 saraketta"),
    "a workbook called CSV": ("t.csv", b"PK\x03\x04", "name it .xlsx", "anna sille pääte .xlsx"),
    "no workbook": ("t.xlsx", b"hello", "not an Excel workbook", "ei ole Excel-työkirja"),
    "half a workbook": ("t.xlsx", b"PK\x03\x04xxxxxxxx", "not an Excel workbook", "ei ole Excel-työkirja"),
    "an old workbook": ("t.xlsx", b"\xd0\xcf\x11\xe0\xa1", "password-protected", "salasanalla suojattu"),
    "broken JSON": ("t.json", b'[{"known": 4},\n {"known" 4}]', "t.json:2:11: error[bad-json]: this is not JSON", "ei ole JSONia"),
    "JSON with a tail": ("t.json", b'[{"known": 4}] [', "this is not JSON", "ei ole JSONia"),
    "a deep JSON": ("t.json", b"[" * 100_000, "this is not JSON", "ei ole JSONia"),
    "a JSON text": ("t.json", b'"known"', "a list of respondents is expected", "lista vastaajista"),
    "JSON without answers": ("t.json", b'{"known": 4}', "a list of respondents is expected", "lista vastaajista"),
    "a YAML mapping": ("t.yaml", b"known: 4", "a list of respondents is expected", "lista vastaajista"),
    "broken YAML": ("t.yaml", b"- {known: 4", "not closed", "ei ole YAMLia"),
    "long without respondents": ("t.csv", b"question,answer\nknown,4\n", "“respondent” column", "sarake ”vastaaja”"),
}  # fmt: skip

TOLD = {
    "typo of a label": ("known,kept\nAgre,4\n", "row 2, “known”: expected 1–5, a label such as “Agree”, or nothing; found “Agre”; did"
                        " you mean “Agree”?", "rivi 2, ”known”: odotettiin 1–5, vaihtoehdon nimeä kuten ”Samaa mieltä” tai"
                        " tyhjää; löytyi ”Agre”; tarkoititko ”Agree”?"),
    "number beyond": ("known,kept\n44,4\n", "found “44”", "löytyi ”44”"),
    "without labels": ("quick-mood,quick-kept\n44,4\n", "expected 1–5 or nothing; found “44”", "odotettiin 1–5 tai tyhjää"),
    "formula": ("known,kept\n=1+1,4\n", "row 2, “known”: a formula; paste its value", "kaava; liitä sen arvo"),
    "formula for a team": ("team,known\n=B1,4\n", "paste its value; the row is set aside", "liitä sen arvo; rivi jätetään pois"),
    "formula for a respondent": ("id,known\n=ROW(),4\n", "the row is set aside", "rivi jätetään pois"),
    "long cell": (f"known,kept\n{'x' * 50},4\n", f"found “{'x' * 39}…”", f"löytyi ”{'x' * 39}…”"),
    "control characters": ("known,kept\na\x1b[31mb\u202ec,4\n", "found “a[31mbc”", "löytyi ”a[31mbc”"),
    "ragged": ("team,known\nA,4,5\nA,4\n", "row 2 has 3 cells where the header has 2", "rivillä 2 on 3 solua, otsikossa 2"),
    "short": ("team,known,kept\nA,4\n", "row 2 has 2 cells", "rivillä 2 on 2 solua"),
    "open quote": ('team,known\n"A,4\nA,4\n', "row 2 has a quote that is not closed", "rivillä 2 on lainausmerkki"),
    "text after quote": ('team,known\n"A"B,4\nA,4\n', "row 2 has a quote", "rivillä 2 on lainausmerkki"),
    "field too long": (f"team,known\n{'A' * 200_000},4\nA,4\n", "row 2 has a cell that is too long", "liian pitkä solu"),
    "no team": ("team,known\n,4\nA,3\n", "row 2 does not say the team", "riviltä 2 puuttuu tiimi"),
    "bad group": ("group,known\nmembrs,4\n", "“membrs” is not a group; the row is set aside; did you mean “members”?",
                  "”membrs” ei ole vastaajaryhmä; rivi jätetään pois; tarkoititko ”members”?"),
    "strange group": ("group,known\nxyz,4\n", "use one of: members, manager, customers", "jäsenet, esihenkilö, asiakkaat"),
    "nothing for a group": ("group,known\ncustomers,4\n", "whose questions are not read here", "tämän ryhmän väittämiä ei tässä lueta (asiakkaat)"),
    "twice": ("id,known\n7,4\n7,5\n", "row 3: this respondent has answered before", "rivi 3: sama vastaaja on jo vastannut"),
    "no answers": ("team,known\nA,\nA,4\nA,eos\n", "2 rows hold no answer that can be read and were left out, the first of them row 2",
                   "2 rivillä ei ole yhtään vastausta"),
    "column twice": ("known,kept,Known\n4,4,4\n", "columns 1 and 3 are both “Known”; the first", "sarakkeet 1 ja 3"),
    "team twice": ("team,Team,known\nA,B,4\n", "columns 1 and 2 are both “Team”", "sarakkeet 1 ja 2"),
    "nearly a column": ("known,renewd\n4,4\n", "“renewd” is not read, since no question has that name; did you mean"
                        " “renewed”?", "”renewd” ei lueta"),
    "no name": ("known,,kept\n4,4,4\n", "column 2 holds values but has no name", "sarakkeessa 2 on arvoja mutta ei nimeä"),
    "no round": ("round,known\n1,4\n,4\n", "1 rows do not say the round, the first of them row 3", "riviltä puuttuu kierros"),
    "two spellings": ("team,known\nA,4\na,4\n", "“A” and “a” are read as two teams", "luetaan kahdeksi tiimiksi"),
    "a second answer": (LONG_HEADER + "A,x,known,4\nA,x,known,5\n", "row 3: this respondent has answered “known” before",
                        "rivi 3: sama vastaaja on jo vastannut väittämään ”known”"),
    "nobody": (LONG_HEADER + "A,,known,4\nA,x,known,5\n", "row 2 does not say whose answer", "riviltä 2 puuttuu vastaaja"),
    "unknown question": (LONG_HEADER + "A,x,knwon,4\nA,y,knwon,4\nA,x,kept,2\n", "row 2: “knwon” is not a question that is"
                         " known here; rows set aside for it: 2; did you mean “known”?", "”knwon” ei ole tunnettu väittämä"),
    "a bad answer": (LONG_HEADER + "A,x,known,9\nA,x,kept,2\n", "row 2, “known”: expected 1–5", "rivi 2, ”known”: odotettiin"),
    "a silent respondent": (LONG_HEADER + "A,x,known,\nA,y,kept,2\n", "1 respondents gave no answer", "1 vastaajaa ei ole"),
    "a second questionnaire": (LONG_HEADER + "A,x,known,3\nA,x,kept,2\nA,x,quick-mood,2\n", "1 rows hold answers of members"
                               " to a second questionnaire", "1 rivillä on vastauksia (jäsenet) toiseen kyselyyn"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_used_is_refused_in_both_languages(tmp_path: Path, case: str) -> None:
    """A file that cannot be used at all raises problems that name the mistake."""
    name, content, *words = REFUSED[case]
    for language, said in zip(("en", "fi"), words, strict=True):
        with pytest.raises(ProblemsFound) as caught:
            read(tmp_path, content, name, language)
        assert said in str(caught.value)


@pytest.mark.parametrize("case", TOLD)
def test_what_is_wrong_in_a_table_is_told_in_both_languages(tmp_path: Path, case: str) -> None:
    """A table with one mistake is read, and the mistake is named."""
    content, *words = TOLD[case]
    for language, said in zip(("en", "fi"), words, strict=True):
        reading = read(tmp_path, content, language=language)
        assert said in "\n".join(map(str, reading.problems))
        assert len(reading.problems) == 1


@pytest.mark.parametrize("case", TOLD)
def test_nothing_is_set_aside_silently(tmp_path: Path, case: str) -> None:
    """What is set aside is an error, and an error sets something aside."""
    reading = read(tmp_path, TOLD[case][0])
    errors = [problem for problem in reading.problems if problem.severity == "error"]
    assert bool(errors) == bool(reading.set_aside_cells + reading.set_aside_rows)


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    """A path that leads to no file says so."""
    with pytest.raises(ProblemsFound, match="there is no such file"):
        read_answers(tmp_path / "none.csv", questionnaires())
    with pytest.raises(ProblemsFound, match="tämä ei ole tiedosto"):
        read_answers(tmp_path, questionnaires(), language="fi")


def test_only_the_row_with_a_broken_quote_is_lost(tmp_path: Path) -> None:
    """Reading goes on at the line below a quote that is never closed, and quoted cells may span lines."""
    reading = read(tmp_path, 'team,known,note\n"A,4,\nA,5,"two\nlines"\nA,3,x\nA,2,"a"b\nA,1,"said ""yes"""\n')
    rows = reading.rounds["A"][0].groups["members"].rows
    assert ([row[0] for row in rows], reading.set_aside_rows) == ([1, 3, 5], 2)
    assert [problem.line for problem in reading.problems] == [2, 6]


def test_a_quote_over_very_many_lines_is_not_closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A row that takes too many lines is broken, however short they are."""
    monkeypatch.setattr(delimited, "MAX_LINES", 5)
    reading = read(tmp_path, 'known,kept\n"' + "\n" * 20 + "1,2\n")
    assert (reading.set_aside_rows, reading.respondents) == (1, 1)


def test_duplicates_count_within_a_team_round_and_group(tmp_path: Path) -> None:
    """The same respondent may answer for another team, in another round, in another group; the first row counts."""
    table = "team,round,group,id,known\nA,1,,x,1\nA,2,,x,2\nB,1,,x,3\nA,1,manager,x,4\nA,1,,x,5\nA,1,,,2\nA,1,,,2\n"
    reading = read(tmp_path, table)
    assert (reading.respondents, reading.set_aside_rows) == (6, 1)
    assert [row[0] for row in reading.rounds["A"][0].groups["members"].rows] == [1, 2, 2]


def test_json_names_the_line_of_what_is_wrong(tmp_path: Path) -> None:
    """In JSON and YAML a row is the line on which its object starts; repeated keys and strays are told."""
    content = '[\n {"known": 9, "kept": 1},\n {"known": 4, "known": 5},\n 7, {"known": [1], "kept": 2}\n]'
    reading = read(tmp_path, content, "t.json")
    assert [(problem.code, problem.line) for problem in reading.problems] == [
        ("bad-answer", 2), ("repeated-key", 3), ("not-a-record", 4), ("bad-answer", 4),
    ]  # fmt: skip
    assert (reading.set_aside_rows, reading.set_aside_cells, reading.answers) == (1, 2, 3)


def test_zip_bombs_are_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A workbook that would unpack to more than the limit is refused by what its parts declare."""
    monkeypatch.setattr(workbooks, "MAX_PART", 1_000_000)
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/sharedStrings.xml", b" " * 2_000_000)
    with pytest.raises(ProblemsFound, match="would unpack to more than 1,000,000 bytes"):
        read(tmp_path, data.getvalue(), "t.xlsx")


def test_without_openpyxl_the_way_to_get_it_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading a workbook where openpyxl is not installed says which extra to install."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as parts:
        parts.writestr("x", "")
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(ProblemsFound, match=r"pip install 'pelikirja\[xlsx\]'"):
        read(tmp_path, data.getvalue(), "t.xlsx")


def test_openpyxl_is_not_imported_for_other_files() -> None:
    """The reading modules name openpyxl nowhere at import."""
    assert not hasattr(importlib.import_module("engine.measuring.workbooks"), "openpyxl")


def test_unreadable_files_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that the system does not let us open says so."""
    path = tmp_path / "t.csv"
    path.write_text("known\n4\n")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "no")

    monkeypatch.setattr(io, "open", refuse)
    monkeypatch.setattr(builtins, "open", refuse)
    with pytest.raises(ProblemsFound, match="the file cannot be read"):
        read_answers(path, questionnaires())


@pytest.mark.parametrize("messages", [MESSAGES, WORDS])
def test_messages_say_the_same_in_both_languages(messages: dict[str, dict[str, str]]) -> None:
    """Every message has both languages, a hint in both or none, and uses the same values."""
    for code, texts in messages.items():
        fields = [
            {name for _, name, _, _ in string.Formatter().parse(texts[language]) if name} for language in ("en", "fi")
        ]
        assert fields[0] == fields[1], code
        assert texts["en"].count(" | ") == texts["fi"].count(" | "), code
    assert all(text.strip() for text in YAML_IN_FINNISH.values())
