"""Odd files and odd words on the command line: words for people, never a traceback."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import pytest

from tests.cli.running import NOKKA, process, run
from tests.small import finding, play, recommending, write

ODD = {
    "empty.csv": b"",
    "blank.csv": b"\n\n \n",
    "bom-only.csv": b"\xef\xbb\xbf",
    "nul.csv": b"\x00" * 5_000,
    "binary.csv": bytes(Random(1).randbytes(5_000)),
    "utf-16.csv": "team,agreements-known\nA,3\n".encode("utf-16"),
    "latin-1.csv": "tiimi,agreements-known\nPäivölä,3\n".encode("latin-1"),
    "one-line.csv": b"agreements-known," + b"x" * 2_000_000,
    "many-columns.csv": b",".join(b"c%d" % place for place in range(20_000)) + b"\n",
    "quote.csv": b'team,"agreements-known\n' + b"1,2\n" * 100,
    "scalar.json": b"42",
    "string.json": b'"agreements-known"',
    "null.json": b"null",
    "list.json": b"[1, 2, [3]]",
    "deep.json": b"[" * 50_000,
    "broken.json": b'{"team": ',
    "nan.json": b'[{"agreements-known": NaN}, {"agreements-known": 1e999}]',
    "huge-number.json": b'[{"agreements-known": ' + b"9" * 10_000 + b"}]",
    "scalar.yaml": b"42",
    "anchors.yaml": b"a: &a [1]\nb: *a\n",
    "tag.yaml": b"!!python/object/apply:os.system [echo]\n",
    "tabs.yaml": b"\t- x: 1\n",
    "broken.xlsx": b"PK\x03\x04 not a workbook",
    "text.xlsx": b"team,agreements-known\nA,3\n",
    "no-ending": b"agreements-known\n3\n",
    "picture.png": b"\x89PNG\r\n\x1a\n",
}


@pytest.fixture(params=ODD)
def odd(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Give an odd file."""
    path = tmp_path / str(request.param)
    path.write_bytes(ODD[request.param])
    return path


def test_odd_answers(odd: Path) -> None:
    """Whatever the file of answers holds, the command ends with 0 or 1 and words, without a traceback."""
    for command, *rest in (["advise"], ["statistics"], ["what-if", "agreements=3"], ["why", "low-roles"]):
        result = run(command, odd, *rest)
        assert result.exit_code in (0, 1)
        assert result.exit_code == 0 or result.stderr.strip()
        assert len(result.stderr) < 200_000


def test_odd_facts_and_earlier_rounds(odd: Path) -> None:
    """Whatever other files hold, the command ends with 0 or 1 and words, without a traceback."""
    for option in ("--facts", "--previous"):
        result = run("advise", NOKKA, option, odd)
        assert result.exit_code in (0, 1)
        assert result.exit_code == 0 or result.stderr.strip()


def test_odd_questionnaires(odd: Path) -> None:
    """Whatever a questionnaire file holds, the command ends with 0 or 1 and words, without a traceback."""
    result = run("advise", NOKKA, "--questionnaire", odd)
    assert result.exit_code in (0, 1)
    assert result.exit_code == 0 or result.stderr.strip()


def test_folders_are_no_files(tmp_path: Path) -> None:
    """A folder in place of a file is a usage error."""
    assert run("advise", tmp_path).exit_code == 2
    assert run("advise", NOKKA, "--facts", tmp_path).exit_code == 2
    assert run("advise", NOKKA, "--questionnaire", tmp_path).exit_code == 1


WORDS = (
    "", " ", "\x00", "-", "--", "=", "=3", "agreements=", "score agreements members=", "ä=1", "a" * 5_000, "[bold]x=1",
    "gap=1", "done=1", "fact=1", "size=999999999999999999999", "agreements=1e400", "agreements=1e-400", "size=1.5",
    "trend roles=rising",
)  # fmt: skip
NAMES = ("[bold]Nokka[/bold]", "[/x]", "Tiimi\nkaksi", "| a | b |", "<b>", "{{ team }}", "ä" * 500)


@pytest.mark.parametrize("word", WORDS)
def test_odd_assumptions(word: str) -> None:
    """Whatever is assumed, there is an answer in words."""
    result = run("what-if", NOKKA, "--", word)
    assert result.exit_code in (0, 1, 2)
    assert result.output.strip()


@pytest.mark.parametrize("name", NAMES)
def test_odd_names_of_teams(tmp_path: Path, name: str) -> None:
    """A team's name is text and nothing else: no markup for the terminal, no placeholder, no crash."""
    path = tmp_path / "odd.json"
    rows = [{"team": name, "agreements-known": 2, "agreements-kept": 2} for _ in range(6)]
    path.write_text(json.dumps(rows), encoding="utf-8")
    shown = {form: run("advise", path, "--format", form) for form in ("text", "markdown", "json")}
    assert {each.exit_code for each in shown.values()} == {0}
    assert json.loads(shown["json"].stdout)["teams"][0]["team"].split() == name.split()
    assert run("why", path, "low-agreements").exit_code == 0
    assert not name.startswith("[") or name in shown["text"].stdout


def test_a_process_says_no_more_than_one_line_about_a_missing_team() -> None:
    """The shortest way to be wrong costs one line on standard error."""
    done = process("advise", NOKKA, "--team", "Nokia")
    assert (done.returncode, done.stdout) == (1, "")
    assert len(done.stderr.strip().split("\n")) == 1


@pytest.mark.parametrize("name", NAMES)
def test_odd_names_of_teams_in_what_if(tmp_path: Path, name: str) -> None:
    """A team's name is text in what-if too."""
    path = tmp_path / "odd.json"
    path.write_text(json.dumps([{"team": name, "agreements-known": 2, "agreements-kept": 2}] * 6), encoding="utf-8")
    result = run("what-if", path, "agreements=4.5")
    assert result.exit_code == 0
    assert not name.startswith("[") or name in result.stdout


def test_square_brackets_in_content_are_text(tmp_path: Path) -> None:
    """Square brackets that a coach writes into titles are shown as they are, by every command."""
    title = "{en: 'Talk [/red] it over', fi: 'Puhutaan [/red] tästä'}"
    rules = [finding("low", "{score: agreements, below: 3.0}").replace("Found low", "'Low [/red] here'")]
    folder = write(tmp_path / "c", [*rules, recommending("r", "talk", "low")], {"talk": play(title=title)})
    path = tmp_path / "answers.json"
    path.write_text(json.dumps([{"agreements-known": 2, "agreements-kept": 2}] * 6), encoding="utf-8")
    for command, *rest in (["advise"], ["why", "talk"], ["why", "low"], ["what-if", "agreements=4.5"]):
        result = run(command, path, *rest, "--content", folder)
        assert result.exit_code == 0
        assert "[/red]" in result.stdout, command
