"""Advice for thousands of simulated teams: is every team helped, and does every play find its team?

``python -m tests.library.simulation`` prints the distribution over 10,000 teams. A person's answer is 3.5 + team
N(0, 0.4) + dimension N(0, 0.5) + person N(0, 0.5) + question N(0, 0.6), rounded to 1–5; teams are of 6–12 people, and a
third of them also have the manager's and customers' answers. Of the facts (size, place of work, age, rounds) each team
has its own, half of the teams that have had a round before also its answers; ``--bare`` leaves all but the size out.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from random import Random
from typing import Final

from engine.advise import Adviser
from engine.advising.advice import Advice
from engine.content.library import Library
from engine.content.measures import Group
from engine.content.questionnaire import Questionnaire
from engine.content.rules import NEEDS_A_PLAY
from engine.measuring.answers import Facts, GroupAnswers, Round
from tests.small import shipped

MEAN: Final = 3.5
SD: Final = {"team": 0.4, "dimension": 0.5, "person": 0.5, "question": 0.6}
MOVED: Final = 0.4
"""How far a team's dimensions stood elsewhere a round ago."""
WORK_MODES: Final = ("onsite", "hybrid", "remote")


@dataclass(frozen=True, slots=True)
class Team:
    """A simulated team: its round, perhaps the one before, and what is known of it."""

    now: Round
    previous: Round | None
    facts: Facts


def teams(library: Library, count: int, seed: int, *, bare: bool = False) -> Iterator[Team]:
    """Yield simulated teams, the same for the same seed.

    Args:
        library: with the questionnaires of members and customers.
        count: how many.
        seed: of the random numbers.
        bare: without earlier rounds and facts other than the size.
    """
    random = Random(seed)
    for number in range(count):
        yield _team(library, random, number, bare)


def _team(library: Library, random: Random, number: int, bare: bool) -> Team:
    review, voice = library.questionnaires["appreciative-review"], library.questionnaires["customer-voice"]
    size = random.randint(6, 12)
    level = MEAN + random.gauss(0, SD["team"])
    levels = {id_: level + random.gauss(0, SD["dimension"]) for id_ in sorted(review.dimension_ids)}
    groups: dict[Group, GroupAnswers] = {"members": _answers(review, levels, size, random)}
    if number % 3 == 0:
        groups["manager"] = _answers(review, levels, 1, random)
        shifted = {id_: each + random.gauss(0, SD["dimension"]) for id_, each in levels.items()}
        groups["customers"] = _answers(voice, shifted, random.randint(5, 15), random)
    now = Round(str(number), "", groups)
    if bare:
        return Team(now, None, Facts({"size": size}))
    rounds = random.randint(1, 5)
    values: dict[str, int | str] = {
        "size": size, "work-mode": random.choice(WORK_MODES), "months-together": random.randint(1, 60),
        "rounds": rounds,
    }  # fmt: skip
    before = None
    if rounds > 1 and random.random() < 0.5:
        moved = {id_: each + random.gauss(0, MOVED) for id_, each in levels.items()}
        before = Round(str(number), "", {"members": _answers(review, moved, size, random)})
    invited = {"members": size + random.choice((0, 0, 0, 1, 2, 6)), "manager": 1, "customers": 20}
    return Team(now, before, Facts(values, invited))


def _answers(asked: Questionnaire, levels: dict[str, float], people: int, random: Random) -> GroupAnswers:
    rows = []
    for _ in range(people):
        person = random.gauss(0, SD["person"])
        row = [
            min(max(round(levels[str(dimension.id)] + person + random.gauss(0, SD["question"])), 1), 5)
            for dimension in asked.dimensions
            for _ in dimension.questions
        ]
        mood = sum(levels[str(each.id)] for each in asked.dimensions) / len(asked.dimensions) + person
        for question in asked.questions:
            scale = asked.scale_of(question)
            felt = (mood + random.gauss(0, SD["question"]) - 1) / 4
            row.append(min(max(round(scale.from_ + felt * (scale.to - scale.from_)), scale.from_), scale.to))
        rows.append(bytes(row))
    return GroupAnswers(asked, tuple(sorted(rows)), frozenset(str(each.id) for each in asked.all_questions))


@dataclass
class Distribution:
    """What many teams were told.

    Args:
        library: whose plays.
        teams: how many teams.
        start_here, suggested: how often each play was to start with, and suggested at all.
        places: how many teams had so many plays to start with.
        strengths: how many teams were told of a strength.
        levers: how many teams had a next lever.
        findings: how often each finding came.
        passed_over: teams with a very low score that nothing to start with, nor what may be its cause, answers.
        doubled: pairs to start with that treat the same finding while a weakness of the team has no play there.
    """

    library: Library
    teams: int = 0
    start_here: Counter[str] = field(default_factory=Counter)
    suggested: Counter[str] = field(default_factory=Counter)
    places: Counter[int] = field(default_factory=Counter)
    strengths: int = 0
    levers: int = 0
    findings: Counter[str] = field(default_factory=Counter)
    passed_over: list[tuple[str, ...]] = field(default_factory=list)
    doubled: list[tuple[str, ...]] = field(default_factory=list)

    def add(self, advice: Advice) -> None:
        """Count one team's advice."""
        self.teams += 1
        self.start_here.update(each.play for each in advice.start_here)
        self.suggested.update(each.play for each in advice.recommendations)
        self.places[len(advice.start_here)] += 1
        self.strengths += bool(advice.strengths)
        self.levers += advice.lever is not None
        self.findings.update(each.id for each in (*advice.findings, *advice.strengths))
        self.doubled += self._doubled(advice)
        self.passed_over += self._passed_over(advice)

    def _passed_over(self, advice: Advice) -> Iterator[tuple[str, ...]]:
        treated = {finding for each in advice.start_here for finding in each.treats}
        explained = {explained for each in treated for explained in self.library.findings[each].explains}
        answered = treated | explained
        critical = [each.id.removeprefix("critical-") for each in advice.findings if each.severity == "critical"]
        if critical and not any(finding.endswith(name) for finding in answered for name in critical):
            yield advice.team, *critical, "->", *(each.play for each in advice.start_here)

    def _doubled(self, advice: Advice) -> Iterator[tuple[str, ...]]:
        answered = {finding for each in advice.start_here for finding in each.treats}
        open_ = [each.id for each in advice.findings if each.kind in NEEDS_A_PLAY and each.id not in answered]
        for first, second in combinations(advice.start_here, 2):
            if set(first.treats) & set(second.treats) and open_:
                yield advice.team, first.play, second.play, *open_

    @property
    def shares(self) -> dict[str, float]:
        """Give each play's share of all places to start with."""
        total = sum(self.start_here.values())
        return {play: self.start_here[play] / total for play in self.library.plays}

    @property
    def never(self) -> list[str]:
        """Give the plays that nobody was suggested."""
        return [play for play in self.library.plays if not self.suggested[play]]

    def text(self) -> str:
        """Give the distribution for people."""
        lines = [
            f"{self.teams:,} teams; to start with: "
            + ", ".join(f"{count:,} teams {places}" for places, count in sorted(self.places.items())),
            f"with a strength: {self.strengths:,}; told honestly that there is none: {self.teams - self.strengths:,}; "
            f"with a next lever: {self.levers:,}",
            f"plays suggested to someone: {len(self.library.plays) - len(self.never)} of {len(self.library.plays)}"
            + (f"; never: {', '.join(self.never)}" if self.never else ""),
            f"very low scores without an answer to start with: {len(self.passed_over)}",
            f"pairs for the same finding while a weakness has none: {len(self.doubled)}",
            "",
            f"{'play':32} {'start here':>10} {'suggested to':>13}",
        ]
        for play, share in sorted(self.shares.items(), key=lambda each: (-each[1], each[0])):
            lines.append(f"{play:32} {share:>10.1%} {self.suggested[play] / self.teams:>13.1%}")
        return "\n".join(lines)


def simulate(library: Library, count: int, seed: int, *, bare: bool = False) -> Distribution:
    """Advise simulated teams; the arguments are those of ``teams``."""
    adviser, distribution = Adviser(library, "compiled"), Distribution(library)
    for team in teams(library, count, seed, bare=bare):
        distribution.add(adviser.advise(team.now, team.previous, team.facts))
    return distribution


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the distribution, and with ``--findings`` how often each finding came."""
    parser = argparse.ArgumentParser(prog="python -m tests.library.simulation", description=__doc__)
    parser.add_argument("--teams", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--bare", action="store_true", help="only answers and the size")
    parser.add_argument("--findings", action="store_true", help="also print how often each finding came")
    options = parser.parse_args(arguments)
    found = simulate(shipped(), options.teams, options.seed, bare=options.bare)
    print(found.text())
    if options.findings:
        print(json.dumps(dict(found.findings.most_common()), indent=1))


if __name__ == "__main__":
    main()
