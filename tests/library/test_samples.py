"""The sample teams: what each is told to start with."""

from __future__ import annotations

import csv
import json
from functools import cache
from typing import Any

import pytest

from tests.cli.running import EIGHT, EIGHT_FACTS, NOKKA, NOKKA_FACTS, ROOT, run

START_HERE = {
    "Nokka": ["customer-visit", "working-agreement-workshop", "share-the-results"],
    "Suvanto": ["go-first-with-mistakes", "one-to-one-conversations", "speak-up-round"],
    "Syvänne": ["make-it-right", "five-customer-calls", "customer-visit"],
    "Koski": ["ask-customers", "use-a-strength", "keep-what-worked"],
    "Raivio": ["team-start", "clarify-goals", "ask-customers"],
    "Salmi": ["one-to-one-conversations", "speak-up-round", "ask-and-offer"],
    "Päivölä": ["make-it-right", "customer-visit", "customer-feedback-loop"],
    "Saaristo": ["remote-rhythm", "working-agreement-workshop", "choose-what-waits"],
    "Harju": ["one-bigger-thing", "done-means-done"],
}
"""What each sample team is to start with, best first. Koski and Harju have no weakness; Harju's second is its lever."""

LQ2002 = ROOT.parent / "shared" / "data" / "lq2002.csv"


@cache
def advice() -> dict[str, dict[str, Any]]:
    """Give the advice for every sample team, by its name."""
    teams: dict[str, dict[str, Any]] = {}
    for answers, facts in ((NOKKA, NOKKA_FACTS), (EIGHT, EIGHT_FACTS)):
        result = run("advise", answers, "--facts", facts, "--format", "json")
        assert result.exit_code == 0, result.stderr
        teams |= {team["team"]: team for team in json.loads(result.stdout)["teams"]}
    return teams


def test_the_samples_are_these() -> None:
    """There are nine sample teams, in two files."""
    assert list(advice()) == list(START_HERE)


@pytest.mark.parametrize("team", START_HERE)
def test_what_a_sample_team_starts_with(team: str) -> None:
    """Each sample team is told to start with the plays of the table above."""
    assert [each["play"] for each in advice()[team]["recommendations"] if each["when"] == "start-here"] == START_HERE[
        team
    ]


def test_the_next_levers() -> None:
    """Only the sample teams without a weakness have a next lever."""
    levers = {team: each["next_lever"] for team, each in advice().items() if each["next_lever"]}
    assert levers == {"Koski": "agreements", "Harju": "key-processes"}


@pytest.mark.parametrize("team", START_HERE)
def test_every_sample_team_gets_reasons(team: str) -> None:
    """Whatever a sample team is told to start with has a reason and a first step."""
    for each in advice()[team]["recommendations"]:
        assert each["when"] == "later" or (each["reasons"] and all(each["reasons"]) and each["first_step"])


def test_the_published_scores_of_49_companies() -> None:
    """With a questionnaire file of its own, public data gives 49 teams' advice, with the published scores."""
    if not LQ2002.is_file():
        pytest.skip(f"the public data set is not here: {LQ2002}")
    questionnaire = ROOT / "examples" / "lq2002.questionnaire.yaml"
    result = run("advise", LQ2002, "--questionnaire", questionnaire, "--exact", "--format", "json")
    assert result.exit_code == 0, result.stderr[:2000]
    teams = {each["team"]: each for each in json.loads(result.stdout)["teams"]}
    with LQ2002.open(encoding="utf-8") as file:
        published = {row["COMPID"]: (float(row["GLEAD"]), float(row["GTSIG"])) for row in csv.DictReader(file)}
    assert len(teams) == len(published) == 49
    for team, (leadership, significance) in published.items():
        figures = teams[team]["profile"]["members"]
        assert figures["leadership"]["score"]["value"] == pytest.approx(leadership, abs=0.00051)
        assert figures["task-significance"]["score"]["value"] == pytest.approx(significance, abs=0.00051)
        assert teams[team]["recommendations"], team
