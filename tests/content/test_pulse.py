"""A pulse: chosen dimensions as the review asks them, and the clauses that a team has agreed."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from engine.content.library import Library, load
from engine.content.pulse import AgreedClause, agreed, pulse_of
from engine.errors import PelikirjaError
from tests.cli.running import ROOT, run
from tests.small import shipped


def written(tmp_path: Path, *arguments: str) -> Path:
    """Write what ``pelikirja pulse`` prints into a file."""
    result = run("pulse", *arguments)
    assert result.exit_code == 0, result.output
    path = tmp_path / "pulse.yaml"
    path.write_text(result.stdout, encoding="utf-8")
    return path


def library_with(pulse: Path) -> Library:
    """Load the shipped content together with a pulse."""
    return load(ROOT, [pulse])


def test_a_pulse_asks_what_was_chosen_and_nothing_else(tmp_path: Path) -> None:
    """The file holds the dimension's four questions and the clause, in both languages, and loads without a problem."""
    path = written(tmp_path, "--dimension", "roles", "--agreement", "meetings/length=2", "--id", "spring-pulse")
    pulse = library_with(path).questionnaires["spring-pulse"]
    review = shipped().questionnaires["appreciative-review"]
    [roles] = [each for each in review.dimensions if each.id == "roles"]
    assert [str(each.id) for each in pulse.all_questions] == [str(each.id) for each in roles.questions] + [
        "meetings-length"
    ]
    clause = pulse.all_questions[-1]
    assert "45 minutes" in clause.en
    assert "45 minuuttia" in clause.fi


def test_a_dimension_of_a_pulse_is_compared_with_the_round_before(tmp_path: Path) -> None:
    """The questions are the review's own, so a pulse shows how a dimension has moved since the review."""
    path = written(tmp_path, "--dimension", "roles")
    questions = [str(each.id) for each in library_with(path).questionnaires["our-pulse"].all_questions]
    for name, answer in (("before", 2), ("now", 4)):
        rows = [",".join(questions), *[",".join([str(answer - person % 2)] * 4) for person in range(12)]]
        (tmp_path / f"{name}.csv").write_text("\n".join(rows), encoding="utf-8")
    result = run("advise", tmp_path / "now.csv", "--previous", tmp_path / "before.csv", "--questionnaire", path)
    assert result.exit_code == 0, result.output
    assert "Rose since the last round: Roles" in " ".join(result.stdout.split())


def test_broken_clauses_lead_to_a_play(tmp_path: Path) -> None:
    """Where agreed clauses do not hold, the advice starts with something about them."""
    path = written(tmp_path, "--agreement", "meetings")
    questions = [str(each.id) for each in library_with(path).questionnaires["our-pulse"].all_questions]
    rows = [",".join(questions), *[",".join(["2"] * len(questions))] * 6]
    (tmp_path / "now.csv").write_text("\n".join(rows), encoding="utf-8")
    result = run("advise", tmp_path / "now.csv", "--questionnaire", path)
    assert shipped().plays["agreement-check-up"].file.title.en in result.stdout


@pytest.mark.parametrize("language", ["en", "fi"])
def test_every_clause_can_be_asked(language: str) -> None:
    """Each clause of each template becomes a question without a gap in both languages."""
    made = shipped()
    clauses = [clause for template in made.templates for clause in agreed(made, template)]
    assert len({each.id for each in clauses}) == len(clauses)
    for clause in clauses:
        text = getattr(clause, language)
        assert text
        assert "{" not in text


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "a pulse asks about something"),
        (("--dimension", "rolls"), "there is no dimension “rolls”; did you mean “roles”?"),
        (("--agreement", "meeting"), "there is no agreement template “meeting”; did you mean “meetings”?"),
        (("--agreement", "meetings/lenght"), "“meetings” has no clause “lenght”; did you mean “length”?"),
        (("--agreement", "meetings/length=9"), "“meetings/length” has 3 choices; give a number from 1 to 3"),
        (("--agreement", "meetings/length=two"), "give a number from 1 to 3"),
        (("--dimension", "roles", "--id", "quick-check"), "there is a questionnaire “quick-check” already"),
        (("--dimension", "roles", "--id", "Our pulse"), "“Our pulse” cannot be an id"),
    ],
)
def test_what_cannot_be_asked_is_told(arguments: tuple[str, ...], words: str) -> None:
    """A name that does not exist gives an error with a hint, and nothing is printed."""
    result = run("pulse", *arguments)
    assert result.exit_code == 1
    assert not result.stdout
    assert words in result.stderr


def test_a_clause_in_the_teams_own_words_is_asked_in_them() -> None:
    """What a team has reworded is asked as it stands."""
    own = AgreedClause("own-lunch", "We eat lunch together on Fridays.", "Syömme perjantaisin yhdessä.")
    pulse = pulse_of(shipped(), "own", [], [own])
    assert yaml.safe_load(yaml.safe_dump(pulse))["dimensions"][0]["questions"] == [
        {"id": "own-lunch", "en": own.en, "fi": own.fi}
    ]


def test_a_clause_stands_once() -> None:
    """A clause that is named twice is refused rather than asked twice."""
    with pytest.raises(PelikirjaError, match="“meetings-length” stands twice"):
        pulse_of(shipped(), "own", [], [*agreed(shipped(), "meetings/length"), *agreed(shipped(), "meetings")])
