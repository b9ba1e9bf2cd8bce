"""The whole way from a team's answers to its advice, and the command as a person starts it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter
from typing import Final

from engine.advise import Adviser
from engine.advising.data import Presenter
from engine.advising.document import Document
from engine.advising.figures import Figures
from engine.content.library import Library, load
from engine.measuring.answers import Facts, GroupAnswers, Round
from engine.reasoning.reasoner import Mode

ROOT: Final = Path(__file__).resolve().parent.parent
PEOPLE: Final = 8
SAMPLE: Final = ("advise", "examples/nokka.csv", "--facts", "examples/nokka-facts.yaml")


@dataclass(frozen=True, slots=True)
class Timed:
    """One measured thing.

    Args:
        name: what was done.
        milliseconds: the median.
        lowest: the least, nearest to what a quiet machine would show.
        goal: the median to reach, None where there is no goal.
    """

    name: str
    milliseconds: float
    lowest: float
    goal: float | None

    def line(self) -> str:
        """Give the figures on one line, with what came of the goal."""
        verdict = ""
        if self.goal is not None:
            reached = "reached" if self.milliseconds <= self.goal else "missed"
            verdict = f"goal {self.goal:g} ms: {reached}"
        return f"{self.name:58} {self.milliseconds:9.2f} {self.lowest:9.2f}   {verdict}"


def report(quick: bool = False) -> str:
    """Time everything and give a table.

    Args:
        quick: fewer repetitions.
    """
    library = load(ROOT)
    repetitions = 50 if quick else 400
    timed = [*_in_process(library, repetitions), *_processes(5 if quick else 15)]
    head = f"{'the whole way':58} {'median ms':>9} {'least ms':>9}"
    return "\n".join([head, *(each.line() for each in timed), _eight_teams(library, repetitions)])


def _in_process(library: Library, repetitions: int) -> list[Timed]:
    found = []
    goals: tuple[tuple[Mode, float], ...] = (("compiled", 2.0), ("live", 4.0))
    team = teams(library, 1)[0]
    advisers = {mode: Adviser(library, mode) for mode, _ in goals}
    for mode, goal in goals:
        adviser = advisers[mode]
        times = _times(lambda adviser=adviser: advise(adviser, team), repetitions)  # type: ignore[misc]
        name = f"advise with its reasons, {PEOPLE} people × 52 answers, {mode}"
        found.append(Timed(name, median(times), min(times), goal))
        times = _times(lambda adviser=adviser: whole_json(adviser, team), repetitions)  # type: ignore[misc]
        found.append(Timed(f"the same as JSON with every figure and clause, {mode}", median(times), min(times), None))
    return found


def advise(adviser: Adviser, team: Round) -> list[object]:
    """Give a team's advice and write out, in English, everything the manager's first screen says, with every reason."""
    presenter = _presenter(adviser, team)
    document = Document(presenter)
    lists = (document.held_back(), document.later(), document.other_findings(), document.not_evaluated())
    reasons = [presenter.reasons.sentences(each.id) for each in presenter.advice.findings]
    return [document.answered, document.keep, list(document.cards()), *map(list, lists), reasons]


def whole_json(adviser: Adviser, team: Round) -> object:
    """Give a team's advice as ``--format json`` does."""
    return _presenter(adviser, team).data()


def _presenter(adviser: Adviser, team: Round) -> Presenter:
    advice = adviser.advise(team, None, Facts({"size": 10, "work-mode": "hybrid"}))
    return Presenter(advice, Figures(adviser.library, advice.profile, "en"))


def teams(library: Library, count: int, seed: int = 2026) -> list[Round]:
    """Draw teams of PEOPLE who answer the review at random around a mean of each dimension.

    Args:
        library: has the review.
        count: how many teams.
        seed: of the draws.
    """
    random, review = Random(seed), library.questionnaires["appreciative-review"]
    asked = frozenset(str(each.id) for each in review.all_questions)
    return [
        Round(f"team {number}", "", {"members": GroupAnswers(review, _rows(random), asked)}) for number in range(count)
    ]


def _rows(random: Random) -> tuple[bytes, ...]:
    means = [random.gauss(3.5, 0.6) for _ in range(13)]
    return tuple(
        bytes(min(5, max(1, round(random.gauss(mean, 0.9)))) for mean in means for _ in range(4)) for _ in range(PEOPLE)
    )


def _eight_teams(library: Library, repetitions: int) -> str:
    """Compare eight teams with the sum of each alone, taken in turns; nothing may grow with the number of teams."""
    adviser, eight = Adviser(library, "compiled"), teams(library, 8)
    alone, together = [], []
    for _ in range(repetitions // 10):
        alone.append(sum(_once(lambda team=team: advise(adviser, team)) for team in eight))  # type: ignore[misc]
        together.append(_once(lambda: [advise(adviser, team) for team in eight]))
    ratio = median(together) / median(alone)
    verdict = "reached" if ratio <= 1.1 else "missed"
    return f"eight teams in one go cost {8 * ratio:.2f} times one (goal at most 8, within 10 % of noise: {verdict})"


def _processes(repetitions: int) -> list[Timed]:
    script = "import sys; from engine.cli import main; sys.argv[0] = 'pelikirja'; main()"
    command = (sys.executable, "-c", script)
    found = []
    for arguments, goal in ((("--help",), 150.0), (SAMPLE, 1000.0)):
        times = _times(lambda arguments=arguments: _run((*command, *arguments)), repetitions)  # type: ignore[misc]
        found.append(Timed("pelikirja " + " ".join(arguments[:2]), median(times), min(times), goal))
    return found


def _run(command: Sequence[str]) -> None:
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)


def _times(action: Callable[[], object], repetitions: int) -> list[float]:
    action()
    return [_once(action) for _ in range(repetitions)]


def _once(action: Callable[[], object]) -> float:
    """Give how long an action took, in milliseconds."""
    start = perf_counter()
    action()
    return (perf_counter() - start) * 1000
