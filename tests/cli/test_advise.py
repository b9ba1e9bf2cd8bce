"""``pelikirja advise``, ``why`` and ``what-if``: options, exit status, and what stands where."""

from __future__ import annotations

import csv
import json
import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import EIGHT, EIGHT_FACTS, NOKKA, NOKKA_FACTS, ROOT, process, run
from tests.small import finding, play, recommending, write

SMALL_HEADER = ["team", "agreements-known", "agreements-kept", "roles-clear", "roles-fit"]


def table(path: Path, rows: Sequence[Sequence[object]], header: list[str] = SMALL_HEADER) -> Path:  # never changed
    """Write a CSV file."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    return path


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """Give a small folder of content."""
    return write(
        tmp_path / "content",
        [finding("unclear", "{score: agreements, below: 3.0}"),
         finding("fell", "{change: agreements, below: -0.5}", "change"),
         recommending("r", "talk", "unclear"), recommending("s", "walk", "fell")],
        {"talk": play(unless="{fact: work-mode, is: remote}"), "walk": play()},
    )  # fmt: skip


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    """Give six people's answers, with agreements low."""
    return table(tmp_path / "answers.csv", [["Nokka", 2, 2, 4, 4]] * 3 + [["Nokka", 2, 3, 4, 3]] * 3)


def as_json(*arguments: object) -> dict[str, Any]:
    """Run advise with ``--format json`` and read what it prints."""
    result = run("advise", *arguments, "--format", "json")
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_the_json_has_the_keys_of_the_format() -> None:
    """JSON has the shape that design/formats.md promises to programs."""
    data = as_json(NOKKA, "--facts", NOKKA_FACTS)
    assert {"release", "reasoner", "teams"} <= set(data)
    assert data["release"].startswith("sha256:")
    (team,) = data["teams"]
    assert {"team", "profile", "strengths", "findings", "recommendations", "held_back", "not_evaluated"} <= set(team)
    assert {"id", "title", "reasons"} <= set(team["strengths"][0])
    assert {"id", "kind", "severity", "title", "reasons"} <= set(team["findings"][0])
    wanted = {"play", "when", "priority", "terms", "treats", "reasons"}
    assert all(wanted <= set(each) for each in team["recommendations"])
    assert {"need", "effect", "evidence", "effort"} <= set(team["recommendations"][0]["terms"])
    assert team["profile"]["members"]["agreements"]["score"] == {"value": 2.4, "reason": None}
    assert team["profile"]["members"]["agreements"]["spread"] == {"value": None, "reason": "fewer than 10 answers"}
    assert all({"missing", "reason", "rules"} == set(each) for each in team["not_evaluated"])


@pytest.mark.parametrize("lang", ["en", "fi"])
@pytest.mark.parametrize("form", ["text", "markdown"])
def test_text_and_markdown(form: str, lang: str) -> None:
    """Text and Markdown name the team and the first play in the language asked for."""
    result = run("advise", NOKKA, "--facts", NOKKA_FACTS, "--format", form, lang=lang)
    assert result.exit_code == 0
    assert "Nokka" in result.stdout
    assert {"en": "Meet a customer", "fi": "Käydään asiakkaan luona"}[lang] in result.stdout


@pytest.mark.parametrize("reasoner", ["live", "durable", "compiled"])
def test_every_reasoner_gives_the_same_advice(reasoner: str) -> None:
    """Whichever evaluator decides, the teams are told the same."""
    data = as_json(EIGHT, "--facts", EIGHT_FACTS, "--reasoner", reasoner)
    assert data.pop("reasoner") == reasoner
    usual = as_json(EIGHT, "--facts", EIGHT_FACTS, "--reasoner", "compiled")
    usual.pop("reasoner")
    assert data == usual


def test_one_team_of_several() -> None:
    """With ``--team`` only that team is advised; a name that is not there is asked back, with exit status 1."""
    assert [each["team"] for each in as_json(EIGHT, "--team", "Koski")["teams"]] == ["Koski"]
    result = run("advise", EIGHT, "--team", "Kosky")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "did you mean “Koski”" in result.stderr


def test_a_minimum_group_under_three_is_refused() -> None:
    """No option shows groups of fewer than three: that is exit status 2, with the reason."""
    for number in ("2", "0", "-1", "x"):
        result = run("advise", NOKKA, "--minimum-group", number)
        assert result.exit_code == 2
        assert "--minimum-group" in result.stderr


def test_below_the_minimum_group_nothing_is_told() -> None:
    """With a minimum above the number of members there is no figure of theirs, and the reason is told."""
    data = as_json(NOKKA, "--minimum-group", "10")
    members = data["teams"][0]["profile"]["members"]
    assert members["agreements"]["score"] == {"value": None, "reason": "9 answers; 10 are needed"}


def test_an_unknown_questionnaire_is_asked_back() -> None:
    """A questionnaire's id that does not exist is refused with the nearest one, a missing file with its name."""
    result = run("advise", NOKKA, "--questionnaire", "apreciative-review")
    assert result.exit_code == 1
    assert "did you mean “appreciative-review”" in result.stderr
    result = run("advise", NOKKA, "--questionnaire", "missing.yaml")
    assert result.exit_code == 1
    assert "missing.yaml" in result.stderr


def test_questionnaires_are_named_by_id() -> None:
    """With ``--questionnaire`` only what those ask is read; it may be repeated."""
    first = run("advise", NOKKA, "--questionnaire", "appreciative-review", "--format", "json")
    assert first.exit_code == 0  # leaving the customers out was meant; it is only noted
    assert "answers of customers" in first.stderr
    assert "customers" not in json.loads(first.stdout)["teams"][0]["profile"]
    both = as_json(NOKKA, "--questionnaire", "appreciative-review", "--questionnaire", "customer-voice")
    assert "customers" in both["teams"][0]["profile"]


def test_a_questionnaire_file_from_elsewhere(tmp_path: Path) -> None:
    """A questionnaire in a file of one's own is used, with every for-each rule written out for its dimensions."""
    path = tmp_path / "own.yaml"
    text = "id: own\nen: Own\nfi: Oma\ndimensions:\n  - id: coffee\n    en: Coffee\n    fi: Kahvi\n    questions:\n"
    path.write_text(text + "      - {id: good-coffee, en: Good., fi: Hyvää.}\n", encoding="utf-8")
    file = table(tmp_path / "own.csv", [[2]] * 4 + [[3]] * 2, ["good-coffee"])
    data = as_json(file, "--questionnaire", path)
    weak = [each["id"] for each in data["teams"][0]["findings"] if each["kind"] == "weakness"]
    assert weak == ["low-coffee"]


def test_other_content(content: Path, answers: Path) -> None:
    """With ``--content`` the rules of another folder decide."""
    data = as_json(answers, "--content", content)
    treating = [each["play"] for each in data["teams"][0]["recommendations"] if each["treats"]]
    assert treating == ["talk"]


def test_facts(content: Path, answers: Path, tmp_path: Path) -> None:
    """``--facts`` tells what answers do not: a play that depends on it is held back, or no longer only for later."""
    facts = tmp_path / "facts.yaml"
    for mode, when in (("remote", None), ("onsite", "start-here")):
        facts.write_text(f"work-mode: {mode}\n", encoding="utf-8")
        team = as_json(answers, "--content", content, "--facts", facts)["teams"][0]
        assert {each["play"]: each["when"] for each in team["recommendations"]}.get("talk") == when
        assert bool(team["held_back"]) is (when is None)


def test_faulty_facts_are_explained(tmp_path: Path) -> None:
    """A facts file with a fault stops the command with its line and column, and the word that was meant."""
    facts = tmp_path / "facts.yaml"
    facts.write_text("size: 9\nwork-mod: remote\n", encoding="utf-8")
    result = run("advise", NOKKA, "--facts", facts)
    assert (result.exit_code, result.stdout) == (1, "")
    assert f"{facts}:2:" in result.stderr
    assert "work-mode" in result.stderr


def test_the_round_before(content: Path, tmp_path: Path) -> None:
    """An earlier round comes from ``--previous`` or from the table's own rounds, with the same advice."""
    before, now = [[4, 4, 4, 4]] * 6, [[3, 3, 4, 4], [3, 4, 4, 4], [3, 2, 4, 4]] * 2
    header = SMALL_HEADER[1:]
    earlier = table(tmp_path / "before.csv", before, header)
    later = table(tmp_path / "now.csv", now, header)
    both = table(
        tmp_path / "both.csv", [["2025", *row] for row in before] + [["2026", *row] for row in now], ["round", *header]
    )
    given = as_json(later, "--previous", earlier, "--content", content)["teams"]
    from_rounds = as_json(both, "--content", content)["teams"]
    for team in (*given, *from_rounds):
        assert [each["id"] for each in team["findings"]] == ["fell"]
    assert not as_json(later, "--content", content)["teams"][0]["findings"]


def test_wrong_answers_still_give_advice(content: Path, answers: Path) -> None:
    """Cells and rows that cannot be read are told by row and column; advice comes from the rest, with exit status 1."""
    text = answers.read_text(encoding="utf-8")
    answers.write_text(text + "Nokka,9,2,4,4\nNokka,2,what,4,4\n", encoding="utf-8")
    result = run("advise", answers, "--content", content)
    assert result.exit_code == 1
    assert "Play talk" in result.stdout
    assert f"{answers}:8" in result.stderr
    assert f"{answers}:9" in result.stderr


@pytest.mark.parametrize("content_", [b"", b"\x00\xff\xfe\x00garbage", b"just words\n", b"a,b\n1,2\n", b"{}"])
def test_an_unusable_file_is_explained(tmp_path: Path, content_: bytes) -> None:
    """A file without answers gives no advice, but words on standard error and exit status 1."""
    path = tmp_path / "answers.csv"
    path.write_bytes(content_)
    result = run("advise", path)
    assert (result.exit_code, result.stdout) == (1, "")
    assert str(path) in result.stderr


def test_a_missing_file_is_a_usage_error() -> None:
    """A file that does not exist is exit status 2."""
    result = run("advise", "nowhere.csv")
    assert result.exit_code == 2
    assert "nowhere.csv" in result.stderr


@pytest.mark.parametrize(("lang", "words"), [("en", "One person's view"), ("fi", "Yhden ihmisen näkemys")])
@pytest.mark.parametrize("form", ["text", "markdown"])
def test_one_persons_own_answers_are_called_that(tmp_path: Path, form: str, lang: str, words: str) -> None:
    """A self-check is called one person's view in text and Markdown, in both languages."""
    agreements = [f"agreements-{each}" for each in ("known", "together", "kept", "raised")]
    roles = [f"roles-{each}" for each in ("responsible", "expected", "decide", "cover")]
    path = table(tmp_path / "mine.csv", [[2] * 4 + [4] * 4], agreements + roles)
    result = run("advise", path, "--self", "--format", form, lang=lang)
    assert result.exit_code == 0
    assert words.lower() in result.stdout.lower()
    assert "2.0" in result.stdout or "2,0" in result.stdout


def test_a_self_check_of_several_is_refused() -> None:
    """``--self`` does not open the answers of several people."""
    result = run("advise", NOKKA, "--self")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "--self" in result.stderr


def test_without_self_one_persons_answers_stay_closed(tmp_path: Path) -> None:
    """Without ``--self`` one person's answers are below every minimum."""
    path = table(tmp_path / "mine.csv", [[2, 2]], ["agreements-known", "agreements-kept"])
    for extra in ([], ["--minimum-group", "3"]):
        team = as_json(path, *extra)["teams"][0]
        assert team["profile"]["members"]["agreements"]["score"]["value"] is None


def test_exact_figures_only_when_asked_for() -> None:
    """``--exact`` shows thousandths; without it a score has one decimal."""
    coarse, exact = (as_json(NOKKA, *extra)["teams"][0]["profile"]["members"] for extra in ([], ["--exact"]))
    assert coarse["agreements"]["score"]["value"] == 2.4
    assert exact["agreements"]["score"]["value"] == pytest.approx(2.4, abs=0.05)
    assert any(round(each["score"]["value"], 1) != each["score"]["value"] for each in exact.values() if "score" in each)


def test_the_team_does_not_see_the_managers_figures() -> None:
    """With ``--for team`` the manager's own figures and what rests on them are left out."""
    team = as_json(NOKKA, "--for", "team")["teams"][0]
    assert "manager" not in team["profile"]
    assert not [each for each in team["findings"] if each["id"].startswith("manager-blind-spot")]


def test_the_team_sees_the_same_whatever_the_manager_answered(tmp_path: Path) -> None:
    """With ``--for team`` the output is the same to the byte, whatever stands in the manager's row."""
    lines = NOKKA.read_text(encoding="utf-8").split("\n")
    shown = []
    for answer in ("1", "5", "3"):
        path = tmp_path / "same.csv"
        changed = [
            ",".join([*line.split(",")[:3], *[answer] * 52, *line.split(",")[55:]]) if ",manager," in line else line
            for line in lines
        ]
        path.write_text("\n".join(changed), encoding="utf-8")
        shown.append(
            [run("advise", path, "--for", "team", "--format", form).stdout for form in ("text", "markdown", "json")]
        )
    assert shown[0] == shown[1] == shown[2]


@pytest.mark.parametrize("id_", ["customer-visit", "unclear-agreements", "strong-cooperation", "low-agreements"])
def test_why(id_: str) -> None:
    """A play, a rule, and a finding that a rule replaced can be explained by their ids."""
    result = run("why", NOKKA, id_)
    assert result.exit_code == 0
    assert result.stdout.startswith("Nokka")


def test_why_of_an_unknown_id() -> None:
    """An id that nothing has is asked back with the nearest one, with exit status 1."""
    result = run("why", NOKKA, "customer-visits")
    assert result.exit_code == 1
    assert "did you mean “customer-visit”" in result.stderr


def test_what_if() -> None:
    """What would change is listed; a measure that does not exist is asked back."""
    result = run("what-if", NOKKA, "agreements=3.5", "size=6")
    assert result.exit_code == 0
    assert "Would go: Agreements are unclear" in result.stdout
    result = run("what-if", NOKKA, "agrements=3.5")
    assert result.exit_code == 1
    assert "did you mean “agreements”" in result.stderr
    assert run("what-if", NOKKA, "agreements").exit_code == 1
    assert run("what-if", NOKKA).exit_code == 2


def test_nothing_is_coloured_in_a_pipe() -> None:
    """Where nobody watches, or NO_COLOR is set, no escape sequence is printed, on either stream."""
    for environment in ({}, {"NO_COLOR": "1"}, {"NO_COLOR": "1", "FORCE_COLOR": "1", "TERM": "xterm-256color"}):
        done = process("advise", NOKKA, "--team", "Nokka", environment=environment)
        assert done.returncode == 0, done.stderr
        assert not [each for each in ("\x1b[3", "\x1b[9") if each in done.stdout + done.stderr]


BROKEN = "raise ImportError('undefined symbol: PyEval_CallObject')\n"


def test_without_durable_rules_advice_still_comes(tmp_path: Path) -> None:
    """Where durable-rules cannot be imported the compiled evaluator answers, and the way to cure it is told once."""
    (tmp_path / "durable_rules_engine.py").write_text(BROKEN, encoding="utf-8")
    broken = {"PYTHONPATH": str(tmp_path)}
    done = process("advise", EIGHT, "--format", "json", environment=broken)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["reasoner"] == "compiled"
    assert done.stderr.count("pip install --force-reinstall") == 1
    assert "Traceback" not in done.stderr
    done = process("advise", NOKKA, "--reasoner", "durable", environment=broken)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("pip install --force-reinstall") <= 1
    assert "Traceback" not in done.stderr


def test_the_language_of_the_person() -> None:
    """The output is Finnish where the environment is, without asking."""
    done = process("advise", NOKKA, environment={"LC_ALL": "fi_FI.UTF-8"})
    assert "Aloita näistä" in done.stdout


@pytest.mark.parametrize("form", ["text", "markdown", "json"])
def test_a_closed_pipe_is_no_error(form: str) -> None:
    """Output that nobody reads to its end, as by ``head``, ends quietly and well."""
    import subprocess  # noqa: PLC0415  # for this test only
    import sys  # noqa: PLC0415

    code = "from engine.cli import main; main(prog_name='pelikirja')"
    command = f"'{sys.executable}' -c \"{code}\" advise '{EIGHT}' --format {form} | head -1; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")


def test_many_teams_on_a_terminal_less_run(content: Path, tmp_path: Path) -> None:
    """Two hundred teams in one file are all advised, in the order of the file, with nothing else in the output."""
    rows: list[list[object]] = [
        [f"T{team:03}", *row] for team in range(200) for row in ([2, 2, 4, 4], [2, 3, 4, 3]) * 3
    ]
    data = as_json(table(tmp_path / "many.csv", rows), "--content", content)
    assert [each["team"] for each in data["teams"]] == [f"T{team:03}" for team in range(200)]


def test_the_teams_json_quotes_nothing_of_the_manager(tmp_path: Path) -> None:
    """With ``--for team`` the JSON holds no cell of the manager's row, not even one that cannot be read."""
    path = tmp_path / "odd.csv"
    lines = NOKKA.read_text(encoding="utf-8").split("\n")
    cells = [",".join([*line.split(",")[:3], "77", *line.split(",")[4:]]) for line in lines]
    changed = [odd if ",manager," in line else line for line, odd in zip(lines, cells, strict=True)]
    path.write_text("\n".join(changed), encoding="utf-8")
    result = run("advise", path, "--for", "team", "--format", "json")
    assert "77" not in json.dumps(json.loads(result.stdout)["answers"])


def test_ignored_columns_are_named(tmp_path: Path) -> None:
    """A column that is not read is named on standard error, and nothing of what it holds."""
    lines = NOKKA.read_text(encoding="utf-8").splitlines()
    path = tmp_path / "more.csv"
    path.write_text("\n".join([f"{lines[0]},Timestamp", *(f"{line},10:31" for line in lines[1:])]), encoding="utf-8")
    result = run("advise", path)
    assert "Columns not read (1): Timestamp" in result.stderr
    assert "10:31" not in result.stderr


def test_the_printed_why_asks_the_same(tmp_path: Path) -> None:
    """The command that ``advise`` prints explains the same play, for the same reader, in the same words."""
    options = ("--for", "team", "--minimum-group", "4", "--lang", "fi", "--content", ROOT)
    printed = run("advise", NOKKA, *options).stdout.split("pelikirja why", 1)[1]
    for option in ("--for team", "--minimum-group 4", "--lang fi", f"--content {ROOT}"):
        assert option in " ".join(printed.split())
    explained = run("why", *shlex.split(printed.replace("\n", " ")))
    assert explained.exit_code == 0
    assert "Aloita näistä" in explained.stdout


def test_the_word_sample_stands_for_a_built_in_team(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Anywhere ``sample`` gives the built-in team's advice, unless a file of that name is there."""
    monkeypatch.chdir(tmp_path)
    assert run("advise", "sample").stdout.startswith("Nokka")
    (tmp_path / "sample").write_text("nothing", encoding="utf-8")
    assert run("advise", "sample").exit_code == 1
