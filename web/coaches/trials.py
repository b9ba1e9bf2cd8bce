"""The scenarios of the content, run once per process when somebody first asks what became of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from threading import Lock

from engine.advise import Adviser
from engine.content.library import Library
from engine.errors import Problem
from engine.scenarios import Outcome, coverage_problems, covered, run_scenarios


@dataclass(frozen=True)
class Results:
    """What became of all scenarios.

    Args:
        outcomes: of each, in the order of the files.
        warnings: rules and thresholds that no scenario tries.
        both_ways, rules: rules that some scenario fires and another does not, of how many.
        both_sides, thresholds: thresholds seen from both sides, of how many.
    """

    outcomes: Sequence[Outcome]
    warnings: Sequence[Problem]
    both_ways: int
    rules: int
    both_sides: int
    thresholds: int

    @cached_property
    def failed(self) -> tuple[Outcome, ...]:
        """Give those that did not come out as expected."""
        return tuple(each for each in self.outcomes if each.failures)

    @cached_property
    def files(self) -> tuple[tuple[str, tuple[Outcome, ...]], ...]:
        """Give every file with the outcomes of its scenarios."""
        by_file = groupby(self.outcomes, key=lambda each: each.path)
        return tuple((path, tuple(outcomes)) for path, outcomes in by_file)


class Trials:
    """Runs the scenarios of some content, at most once.

    Args:
        library: the content.
    """

    def __init__(self, library: Library) -> None:
        self.library = library
        self._lock = Lock()
        self._results: Results | None = None

    def results(self) -> Results:
        """Give what became of them; whoever asks meanwhile waits for the same run."""
        with self._lock:
            if self._results is None:
                self._results = self._run()
            return self._results

    def _run(self) -> Results:
        adviser = Adviser(self.library, "compiled")
        outcomes, coverage = run_scenarios(adviser)
        adviser.close()
        warnings = coverage_problems(self.library, coverage)
        return Results(outcomes, warnings, *covered(self.library, coverage))
