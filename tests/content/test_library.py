"""The library: loading as a whole, for-each and replaces, and the digest."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from engine.content.conditions import Comparison, FindingIs, leaves
from engine.content.files import KINDS
from engine.content.library import Library, load
from engine.content.model import validate
from engine.content.source import parse_yaml
from engine.errors import PelikirjaError
from tests.content.laid import GOOD, good, laid_over, loaded, problems_of, said

EACH = "rules/every-dimension.yaml"


@pytest.fixture(scope="module")
def library() -> Library:
    """Give the good folder, loaded."""
    return load(GOOD)


def test_the_good_folder_is_good(library: Library) -> None:
    """What every bad file is laid over has no mistake and no warning of its own."""
    assert not library.warnings
    assert set(library.plays) == {"talk", "write"}
    assert set(library.templates) == {"meetings"}
    assert set(library.questionnaires) == {"members", "customers"}
    assert len(library.scenarios) == 1


def test_for_each_rules_are_written_out(library: Library) -> None:
    """A for-each rule becomes one rule per dimension, with ids in its conditions and titles in its texts."""
    rule = library.rules["low-roles"]
    assert rule.finding
    assert (rule.finding.texts.en, rule.finding.texts.fi) == ("Low: Roles", "Matala: Roolit")
    assert [leaf.measure.of for leaf in leaves(rule.condition) if isinstance(leaf, Comparison)] == ["roles"]
    assert (rule.written_as, rule.dimension) == ("low-<dimension>", "roles")
    assert library.rules["talk-about-roles"].treats == ("low-roles",)


def test_for_each_rules_cover_questionnaires_from_elsewhere(tmp_path: Path) -> None:
    """A questionnaire that is named beside the folder brings instances for its dimensions too."""
    path = tmp_path / "pulse.yaml"
    question = "questions: [{id: pulse-calm, en: We are calm., fi: Olemme rauhallisia.}]"
    path.write_text(
        f"id: pulse\nen: Pulse\nfi: Pulssi\ndimensions:\n  - {{id: calm, en: Calm, fi: Rauha, {question}}}\n"
    )
    assert "low-calm" in load(GOOD, [path]).rules
    assert "low-calm" not in load(GOOD).rules


def test_a_replacing_rule_takes_its_place_everywhere(library: Library) -> None:
    """Who refers to a replaced instance means the rule that replaced it."""
    assert library.replaced == {"low-agreements": "unclear-agreements"}
    assert "low-agreements" not in library.rules
    about = library.rules["talk-about-agreements"]
    assert about.treats == ("unclear-agreements",)
    assert [leaf.finding for leaf in leaves(about.condition) if isinstance(leaf, FindingIs)] == ["unclear-agreements"]


def test_when_is_any_of_treats_unless_given(library: Library) -> None:
    """A recommending rule without a condition fires on any finding that it treats."""
    [leaf] = leaves(library.rules["write-them-down"].condition)
    assert leaf == FindingIs("unclear-agreements")


@pytest.mark.parametrize(
    ("name", "text", "others"),
    [
        ("rules/agreements.yaml", "rules: [", "rules/questionnaires/members.yaml"),
        (EACH, "rules:\n\t- id", "rules/questionnaires/members.yaml"),
        ("rules/questionnaires/members.yaml", "id: members\n", "rules/priority.yaml"),
        ("rules/questionnaires/customers.yaml", b"\xff", "rules/priority.yaml"),
        ("playbooks/actions/talk/play.yaml", "id: talk\n", "rules/priority.yaml"),
        ("playbooks/actions/talk/play.yaml", None, "rules/priority.yaml"),
        ("playbooks/actions/talk/play.yaml", "", "rules/priority.yaml"),
        ("playbooks/agreements/meetings.yaml", "- meetings\n", "rules/priority.yaml"),
        ("rules/priority.yaml", "{", "rules/questionnaires/members.yaml"),
        ("rules/priority.yaml", None, "rules/questionnaires/members.yaml"),
    ],
)
def test_a_broken_file_takes_no_other_file_with_it(
    name: str, text: str | bytes | None, others: str, tmp_path: Path
) -> None:
    """What refers to a file that cannot be read is not blamed, and the mistakes of other files are still told."""
    wrong = good(others).replace("id: members", "id: Members").replace("A: 1.0", "A: 11")
    found = problems_of(laid_over(tmp_path, {name: text, others: wrong}))
    assert {each.path for each in found} == {name, others}
    assert {each.code for each in found if each.path == others} <= {"bad-id", "out-of-range"}


def test_a_wrong_rule_is_known_by_name(tmp_path: Path) -> None:
    """A rule with a mistake is reported itself, and not again wherever somebody refers to it."""
    wrong = good("rules/agreements.yaml").replace("below: 2.8", "below: many")
    [problem] = problems_of(laid_over(tmp_path, {"rules/agreements.yaml": wrong}))
    assert problem.code == "wrong-type"
    wrong = good(EACH).replace("below: 3.0", "below: many")
    [problem] = problems_of(laid_over(tmp_path / "each", {EACH: wrong}))
    assert (problem.path, problem.code) == (EACH, "wrong-type")


def test_a_wrong_reference_in_a_for_each_rule_is_said_once(tmp_path: Path) -> None:
    """A for-each rule that refers to nothing is one mistake, told in the words that it was written in."""
    wrong = good(EACH).replace("treats: [low-<dimension>]", "treats: [lo-<dimension>]")
    [problem] = said(laid_over(tmp_path, {EACH: wrong}))
    assert "no rule concludes “lo-<dimension>”; did you mean “low-<dimension>”?" in problem


@pytest.mark.parametrize(
    ("missing", "words"),
    [
        ("rules", "rules/ is missing here"),
        ("playbooks", "playbooks/ is missing here"),
        ("", "there is no such folder"),
    ],
)
def test_a_folder_without_content_says_what_to_name(missing: str, words: str, tmp_path: Path) -> None:
    """A folder that holds no content is refused in one sentence that says what a right one holds."""
    folder = tmp_path / "content"
    for name in {"rules", "playbooks"} - {missing} if missing else ():
        (folder / name).mkdir(parents=True)
    with pytest.raises(PelikirjaError, match=words) as error:
        load(folder)
    assert "name " in str(error.value)


def test_a_part_of_the_content_points_to_the_whole(tmp_path: Path) -> None:
    """Who names the folder rules/ itself is pointed to the folder above it."""
    with pytest.raises(PelikirjaError, match="name the folder above it"):
        load(laid_over(tmp_path, {}) / "rules")


def test_an_empty_folder_of_content_is_told_what_is_missing(tmp_path: Path) -> None:
    """Empty folders are no content: the priority is asked for, and nothing crashes."""
    for name in ("rules", "playbooks"):
        (tmp_path / name).mkdir()
    assert [problem.code for problem in problems_of(tmp_path)] == ["missing-file"]


# The digest


def digest(into: Path, files: dict[str, str | bytes | None]) -> str:
    """Give the digest of the good folder with files written over it."""
    return loaded(into, files).digest


def test_the_digest_sees_through_files_lines_and_comments(library: Library, tmp_path: Path) -> None:
    """Spreading rules over files, their order, line endings, comments and quotes do not change the digest."""
    rules = good(EACH).split("  - id: ")[1:]
    random.Random(0).shuffle(rules)
    split = {f"rules/{number}/part.yaml": f"rules:\n  - id: {rule}" for number, rule in enumerate(reversed(rules))}
    windows = good("rules/agreements.yaml").replace("\n", "\r\n").encode("utf-8-sig")
    members = good("rules/questionnaires/members.yaml")
    same: dict[str, str | bytes | None] = {
        EACH: None,
        **split,
        "rules/agreements.yaml": windows,
        "rules/questionnaires/members.yaml": "# A comment.\n" + members.replace("fi: Roolit", 'fi: "Roolit"  # ok'),
        "rules/priority.yaml": good("rules/priority.yaml").replace("0.20", "0.2").replace("1.0", "1"),
        "playbooks/actions/talk/fi.md": good("playbooks/actions/talk/fi.md").replace("\n", "\r\n"),
    }
    assert digest(tmp_path, same) == library.digest


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (EACH, "below: 3.0", "below: 3.001"),
        (EACH, "Below the middle.", "Below it."),
        ("rules/agreements.yaml", "severity: high", "severity: low"),
        ("rules/agreements.yaml", "    replaces: low-agreements\n", ""),
        ("rules/questionnaires/members.yaml", "en: I know mine.", "en: I know my own."),
        ("rules/questionnaires/members.yaml", "to: 5", "to: 4"),
        ("rules/priority.yaml", "small: 0.4", "small: 0.5"),
        ("playbooks/actions/talk/play.yaml", "minutes: 60", "minutes: 65"),
        ("playbooks/actions/talk/en.md", "It helps.", "It may help."),
        ("playbooks/actions/talk/fi.md", "auttaa.", "auttaa"),
        ("playbooks/agreements/meetings.yaml", "fi: Kysymme.", "fi: Kysytään."),
    ],
)
def test_the_digest_sees_every_change_of_content(
    name: str, old: str, new: str, library: Library, tmp_path: Path
) -> None:
    """Anything that can change advice or its words changes the digest."""
    assert old in good(name)
    changed = {name: good(name).replace(old, new, 1)}
    assert digest(tmp_path, dict(changed)) != library.digest


def test_the_digest_does_not_see_scenarios(library: Library, tmp_path: Path) -> None:
    """Scenarios test the content; they are not part of it."""
    assert digest(tmp_path, {"rules/agreements.scenarios.yaml": None}) == library.digest


# Whatever is written


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "text", ["~", "a: 1", "[]", "[[]]", "text", "3", "{rules: 3, scenarios: {a: 1}, id: [], en: {}}"]
)
def test_wrong_shapes_are_problems(kind: str, text: str) -> None:
    """Data of any other shape is refused by every kind of file, in words and with a place."""
    node, _ = parse_yaml(text, "x.yaml")
    _, problems = validate(KINDS[kind], node, "x.yaml")
    assert problems
    assert all(problem.line == 1 and 1 <= problem.column <= len(text) and problem.hint for problem in problems)


TELLING = [
    ("score: roles, at-least: 4.999", "score above 4.5 is not shown of a small group; choose 4.5 or less"),
    ("score: roles, below: 1.2", "score below 1.5 is not shown of a small group; choose 1.5 or more"),
    ("score: roles, within: [1.0, 1.1]", "score below 1.5 is not shown of a small group; choose 1.5 or more"),
    ("spread: roles, below: 0.001", "spread below 0.5 is not shown of a small group; choose 0.5 or more"),
    ("unfavourable: roles, above: 0", "unfavourable below 0.2 is not shown of a small group; choose 0.2 or more"),
    ("consensus: roles, at-least: 0.999", "consensus above 0.9 is not shown of a small group; choose 0.9 or less"),
    ("score: roles, at-least: 4.5", ""),
    ("score: roles, below: 1.5", ""),
    ("score: roles, within: [1.0, 2.0]", ""),
    ("spread: roles, below: 0.5", ""),
    ("csat: customers, at-least: 0.8", ""),
    ("consensus: roles, above: 0.9", ""),
]


@pytest.mark.parametrize(("comparison", "words"), TELLING)
def test_a_threshold_that_tells_answers_is_warned_of(tmp_path: Path, comparison: str, words: str) -> None:
    """A rule at the end of a scale tells what is not shown of a small group; the content can still be used."""
    text = "rules:\n  - id: tells\n    recommend: talk\n    treats: [low-roles]\n    when: "
    text += "{" + comparison + "}\n"
    warnings = loaded(tmp_path, {"rules/tells.yaml": text}).warnings
    assert [each.code for each in warnings] == (["tells-answers"] if words else [])
    assert not words or (warnings[0].line, warnings[0].severity) == (5, "warning")
    assert words in str(warnings[0] if warnings else "")


def test_a_play_held_back_at_the_end_of_a_scale_is_warned_of(tmp_path: Path) -> None:
    """A play's “unless” tells as much as a rule."""
    play = next(path for path in GOOD.rglob("*.yaml") if "unless" in path.read_text(encoding="utf-8"))
    text = re.sub(r"unless: .*", "unless: {score: roles, at-least: 4.8}", play.read_text(encoding="utf-8"))
    found = loaded(tmp_path, {str(play.relative_to(GOOD)): text}).warnings
    assert [each.code for each in found] == ["tells-answers"]
