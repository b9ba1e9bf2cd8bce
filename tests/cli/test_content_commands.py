"""``pelikirja check``, ``test``, ``schema``, ``new`` and ``statistics``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine.cli import COMMANDS
from tests.cli.running import EIGHT, NOKKA, ROOT, process, run
from tests.small import finding, play, recommending, write

RULES = [finding("unclear", "{score: agreements, below: 3.0}"), recommending("r", "talk", "unclear")]
SCENARIOS = """
  - name: Low
    profile: {agreements: 2.0}
    expect: {findings: [unclear], start-here: [talk]}
  - name: High
    profile: {agreements: 4.0}
    expect: {not-findings: [unclear]}
"""


@pytest.fixture
def good(tmp_path: Path) -> Path:
    """Give a small folder of content without faults."""
    return write(tmp_path / "good", RULES, {"talk": play()}, SCENARIOS)


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    """Give a folder with one fault in each of three files."""
    rules = [*RULES, recommending("s", "tlak", "unclear")]
    folder = write(tmp_path / "faulty", rules, {"talk": play(minutes=1)}, SCENARIOS)
    path = folder / "rules" / "questionnaires" / "review.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("fi: Katselmus\n", ""), encoding="utf-8")
    return folder


@pytest.mark.parametrize("command", [None, *COMMANDS])
def test_help(command: str | None) -> None:
    """Every command explains itself, in a sentence and with its options, and exits with 0."""
    done = run(*([command] if command else []), "--help") if command else process("--help")
    status, output = (done.exit_code, done.stdout) if hasattr(done, "exit_code") else (done.returncode, done.stdout)
    assert status == 0
    assert output.startswith(f"Usage: pelikirja {command or '[OPTIONS]'}")
    assert not command or COMMANDS[command]
    assert command or all(line in " ".join(output.split()) for line in COMMANDS.values())


def test_help_does_not_load_the_engine() -> None:
    """``pelikirja --help`` imports none of the engine's parts, so that it is quick."""
    import subprocess  # noqa: PLC0415  # for this test only
    import sys  # noqa: PLC0415

    code = "import sys\nfrom engine.cli import main\ntry:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
    code += "print([name for name in sys.modules if name.split('.')[0] in ('pydantic', 'yaml', 'rich', 'jinja2')])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.rstrip().endswith("[]")


def test_an_unknown_command_is_asked_back() -> None:
    """A misspelt command is exit status 2, with the nearest one."""
    done = process("advice", NOKKA)
    assert done.returncode == 2
    assert "Did you mean “advise”?" in done.stderr
    assert process("xyzzy").returncode == 2


@pytest.mark.parametrize("command", list(COMMANDS))
def test_an_unknown_option_is_a_usage_error(command: str) -> None:
    """An option that no command has is exit status 2."""
    assert run(command, "--colour").exit_code == 2


def test_check_of_good_content(good: Path) -> None:
    """Content without errors is exit status 0, with what there is and its digest."""
    result = run("check", "--content", good)
    assert result.exit_code == 0
    assert "3 questionnaires, 2 rules" in " ".join(result.stdout.split())
    assert "sha256:" in result.stdout


FOR_CONTENT = [("check",), ("test",), ("advise", NOKKA), ("why", NOKKA, "x"), ("what-if", NOKKA, "size=3")]


@pytest.mark.parametrize("command", FOR_CONTENT)
def test_faulty_content_is_told_whole(faulty: Path, command: tuple[object, ...]) -> None:
    """Whatever is asked of faulty content, every fault of every file is told at once, with its place."""
    result = run(*command, "--content", faulty)
    assert result.exit_code == 1
    for words in ("review.yaml:", "play.yaml:", "all.yaml:", "did you mean “talk”"):
        assert words in result.stderr, words
    assert "Traceback" not in result.stderr


def test_check_as_json(good: Path, faulty: Path) -> None:
    """As JSON every problem has its file, line, column, code, message, hint and severity."""
    result = run("check", "--content", faulty, "--format", "json")
    assert result.exit_code == 1
    problems = json.loads(result.stdout)
    assert {each["severity"] for each in problems} >= {"error"}
    assert all(set(each) == {"path", "line", "column", "code", "message", "hint", "severity"} for each in problems)
    result = run("check", "--content", good, "--format", "json")
    assert result.exit_code == 0
    assert not [each for each in json.loads(result.stdout) if each["severity"] == "error"]


def test_a_folder_without_content(tmp_path: Path) -> None:
    """A folder that holds no content is explained, exit status 1; one that does not exist is exit status 2."""
    result = run("check", "--content", tmp_path)
    assert result.exit_code == 1
    assert str(tmp_path) in result.stderr
    assert run("check", "--content", tmp_path / "none").exit_code == 2


def test_scenarios_that_pass(good: Path) -> None:
    """Passing scenarios are counted with what they cover; exit status 0."""
    result = run("test", "--content", good)
    assert result.exit_code == 0
    assert "2 scenarios passed" in result.stdout
    assert "rules tried both ways: 2 of 2 (100 %)" in result.stdout
    assert "thresholds tried on both sides: 1 of 1 (100 %)" in result.stdout
    data = json.loads(run("test", "--content", good, "--format", "json").stdout)
    assert data["coverage"] == {
        "rules_tried_both_ways": 2, "rules": 2, "thresholds_tried_on_both_sides": 1, "thresholds": 1,
    }  # fmt: skip


def test_scenarios_that_fail(tmp_path: Path) -> None:
    """A failing scenario is named with its place, and what came in place of what was expected; exit status 1."""
    wrong = (
        SCENARIOS.replace("not-findings", "findings")
        + "  - name: Odd\n    profile: {agreements: 2.0}\n    expect: {later: [talk], next-lever: roles}\n"
    )
    result = run("test", "--content", write(tmp_path / "c", RULES, {"talk": play()}, wrong))
    assert result.exit_code == 1
    assert "all.scenarios.yaml:6" in result.stdout.replace("\n", "")
    assert "expected the finding unclear, which did not come" in result.stdout
    assert "expected talk under later, where there is nothing" in result.stdout
    assert "1 scenarios passed" in result.stdout or "1 scenario passed" in result.stdout
    assert "2 failed" in result.stdout


def test_what_no_scenario_tries_is_told(tmp_path: Path) -> None:
    """A rule that no scenario fires and a threshold seen from one side are warnings, unless they are not asked for."""
    one_sided = SCENARIOS.split("  - name: High", maxsplit=1)[0]
    folder = write(tmp_path / "c", RULES, {"talk": play()}, one_sided)
    result = run("test", "--content", folder)
    assert result.exit_code == 0
    assert "warning[always-fired]" in result.stderr
    assert "warning[one-sided]" in result.stderr
    assert "rules tried both ways: 0 of 2 (0 %)" in result.stdout
    assert "one-sided" not in run("test", "--content", folder, "--no-coverage").stderr


@pytest.mark.parametrize("kind", ["rule", "play", "template", "questionnaire"])
def test_new(good: Path, kind: str) -> None:
    """What ``new`` starts is without faults, its scenario fails until it is filled in, and nothing is overwritten."""
    result = run("new", kind, "quite-new", "--content", good)
    assert result.exit_code == 0, result.output
    written = [Path(line.removeprefix("wrote ")) for line in result.stdout.split("\n") if line.startswith("wrote ")]
    assert len(written) >= 2
    assert all(path.is_file() for path in written)
    assert run("check", "--content", good).exit_code == 0
    result = run("test", "--content", good)
    assert result.exit_code == 1
    assert "1 failed" in result.stdout
    assert run("new", kind, "quite-new", "--content", good).exit_code == 1


@pytest.mark.parametrize("id_", ["Not An Id", "../x", "x--y", "talk"])
def test_new_refuses_ids(good: Path, id_: str) -> None:
    """An id that cannot be, or is taken, is refused, and nothing is written."""
    before = sorted(good.rglob("*"))
    assert run("new", "play", id_, "--content", good).exit_code == 1
    assert sorted(good.rglob("*")) == before


def test_schema(tmp_path: Path) -> None:
    """``schema`` prints one schema, or writes all of them; without either it is a usage error."""
    assert json.loads(run("schema", "play").stdout)["type"] == "object"
    assert run("schema", "--write", tmp_path / "s").exit_code == 0
    names = sorted(path.name for path in (tmp_path / "s").iterdir())
    assert names == sorted(path.name for path in (ROOT / "docs" / "schemas").iterdir())
    assert run("schema").exit_code == 2
    assert run("schema", "plya").exit_code == 2


def test_the_schemas_in_the_repository_are_current(tmp_path: Path) -> None:
    """docs/schemas holds what ``pelikirja schema --write docs/schemas`` writes."""
    run("schema", "--write", tmp_path)
    for path in tmp_path.iterdir():
        assert path.read_bytes() == (ROOT / "docs" / "schemas" / path.name).read_bytes(), path.name


@pytest.mark.parametrize("lang", ["en", "fi"])
def test_statistics(lang: str) -> None:
    """Statistics come for each questionnaire's dimensions, in both languages."""
    result = run("statistics", EIGHT, "--questionnaire", "appreciative-review", lang=lang)
    assert result.exit_code in (0, 1)
    assert {"en": "Agreements", "fi": "Yhteiset sopimukset"}[lang] in result.stdout


def test_content_in_the_current_folder_is_used(good: Path) -> None:
    """Where the current folder has rules/ and playbooks/, they are what is used."""
    done = process("check", folder=good)
    assert "3 questionnaires, 2 rules" in " ".join(done.stdout.split())


def test_elsewhere_the_built_in_content_is_used(tmp_path: Path) -> None:
    """Anywhere else the content that comes with the engine is used."""
    done = process("advise", NOKKA, folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "Nokka" in done.stdout


def test_content_of_ones_own(tmp_path: Path) -> None:
    """``new content`` copies the built-in content into a new folder, where it is in order and can be added to."""
    folder = tmp_path / "mine"
    assert run("new", "content", folder).exit_code == 0
    assert run("new", "rule", "meetings-too-long", "--content", folder).exit_code == 0
    assert run("check", "--content", folder).exit_code == 0
    assert (folder / "docs" / "schemas" / "rules.json").is_file()
    again = run("new", "content", folder)
    assert again.exit_code == 1
    assert "exists already" in again.stderr


def test_installed_content_is_not_written_into(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where only the installed content is at hand, ``new`` refuses to add to it and says how to begin."""
    shipped = tmp_path / "shipped"
    shipped.mkdir()
    monkeypatch.setattr("engine.cli.shared.built_in", lambda: shipped)
    monkeypatch.setattr("engine.cli.new_command.built_in", lambda: shipped)
    monkeypatch.chdir(tmp_path)
    result = run("new", "rule", "meetings-too-long")
    assert result.exit_code == 1
    assert "pelikirja new content" in result.stderr
    assert not list(shipped.iterdir())


def test_why_without_an_id_names_the_nearest() -> None:
    """``why`` without an id names findings that did not come, each with what it would have taken."""
    result = run("why", NOKKA)
    assert result.exit_code == 0
    assert "Nearest to holding" in result.stdout
    assert "needed" in result.stdout
