"""Runs the coaches' scenarios, and tells which rules and thresholds they cover."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from engine.advise import Adviser
from engine.advising.advice import Advice
from engine.advising.evidence import truth
from engine.advising.what_if import read_measure, read_value
from engine.content.conditions import Comparison, leaves
from engine.content.files import Read
from engine.content.library import Library
from engine.content.measures import GROUPS, THOUSAND, Group, Measure
from engine.content.scenarios import Scenario
from engine.content.source import Text
from engine.errors import PelikirjaError, Problem
from engine.measuring.answers import Round
from engine.measuring.facts import facts_of
from engine.measuring.gate import Gate
from engine.measuring.profile import Profile
from engine.measuring.reading import read_records


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one scenario.

    Args:
        name, path, line: which, and where it stands.
        failures: what was expected and did not come, a sentence each; empty where it passed.
    """

    name: str
    path: str
    line: int
    failures: tuple[str, ...]


@dataclass
class Coverage:
    """What the scenarios that were run have seen.

    Args:
        fired, not_fired: rules as written that were true, or not, in some scenario.
        sides: for each threshold (rule as written, place in its condition) on which sides of it a measure stood.
    """

    fired: set[str] = field(default_factory=set)
    not_fired: set[str] = field(default_factory=set)
    sides: dict[tuple[str, int], set[bool]] = field(default_factory=dict)

    def add(self, library: Library, advice: Advice) -> None:
        """Count what one scenario's advice shows."""
        situation = advice.situation
        for rule in library.rules.values():
            (self.fired if situation.verdict(rule.id) else self.not_fired).add(rule.written_as)
            for place, leaf in enumerate(leaves(rule.condition)):
                if isinstance(leaf, Comparison):
                    seen = self.sides.setdefault((rule.written_as, place), set())
                    held = truth(leaf, situation)
                    if held is not None:
                        seen.add(held)


def run_scenarios(adviser: Adviser) -> tuple[list[Outcome], Coverage]:
    """Run every scenario of a library.

    Args:
        adviser: with the library; the compiled evaluator is quickest.

    Returns:
        What became of each, in the order of the files, and what they cover together.
    """
    outcomes, coverage = [], Coverage()
    for read in adviser.library.scenarios:
        outcome, advice = run_scenario(adviser, read)
        outcomes.append(outcome)
        if advice:
            coverage.add(adviser.library, advice)
    return outcomes, coverage


def run_scenario(adviser: Adviser, read: Read[Scenario]) -> tuple[Outcome, Advice | None]:
    """Run one scenario.

    Returns:
        What became of it, and the advice; None where what it gives could not be understood.
    """
    scenario, line = read.model, read.place.line
    try:
        advice = adviser.conclude(profile_of(scenario, adviser))
    except PelikirjaError as error:
        return Outcome(str(scenario.name), read.path, line, (str(error),)), None
    failures = tuple(_failures(scenario, advice, adviser.library))
    return Outcome(str(scenario.name), read.path, line, failures), advice


def profile_of(scenario: Scenario, adviser: Adviser) -> Profile:
    """Give the profile that a scenario describes.

    Raises:
        PelikirjaError: it names a measure, fact or question that does not exist, or a value that cannot be.
    """
    library = adviser.library
    facts = facts_of(scenario.facts)
    if scenario.answers:
        now, previous = (_round(rows, library) for rows in (scenario.answers, scenario.previous))
        assert now is not None
        return adviser.measure(now, previous, facts, Gate(minimum=3))
    scores = {Measure("score", str(id_), "members"): value for id_, value in scenario.profile.items()}
    named = {read_measure(str(name), library): value for name, value in scenario.measures.items()}
    values = {measure: read_value(measure, value, library) for measure, value in {**scores, **named}.items()}
    return Profile.of(values, facts, dict(_counts(values)))


def _counts(values: Mapping[Measure, int]) -> Iterator[tuple[Group, int]]:
    for group in GROUPS:
        count = values.get(Measure("respondents", group=group))
        if count is not None:
            yield group, count // THOUSAND


def _round(rows: Iterable[Mapping[Text, object]], library: Library) -> Round | None:
    records = [{str(key): value for key, value in row.items()} for row in rows]
    if not records:
        return None
    reading = read_records(records, list(library.questionnaires.values()))
    if reading.problems:
        raise PelikirjaError("; ".join(problem.message for problem in reading.problems))
    [rounds] = reading.rounds.values()
    return rounds[-1]


def _failures(scenario: Scenario, advice: Advice, library: Library) -> Iterator[str]:
    expect = scenario.expect
    true = advice.situation.true
    for finding in expect.findings:
        if library.replaced.get(finding, finding) not in true:
            unknown = library.replaced.get(finding, finding) in advice.situation.unknown
            yield f"expected the finding {finding}, which {'could not be judged' if unknown else 'did not come'}"
    for finding in expect.not_findings:
        if library.replaced.get(finding, finding) in true:
            yield f"did not expect the finding {finding}, which came"
    start, later, held = ([each.play for each in part] for part in (advice.start_here, advice.later, advice.held_back))
    for wanted, given, where in (
        (expect.start_here, start, "start here"), (expect.later, later, "later"), (expect.held_back, held, "held back"),
    ):  # fmt: skip
        for play in wanted:
            if play not in given:
                yield f"expected {play} under {where}, where there is {', '.join(given) or 'nothing'}"
    for play in expect.not_start_here:
        if play in start:
            yield f"did not expect {play} under start here"
    if expect.next_lever and expect.next_lever != advice.lever:
        yield f"expected {expect.next_lever} as the next lever, which is {advice.lever or 'nothing'}"


def coverage_problems(library: Library, coverage: Coverage) -> list[Problem]:
    """Give a warning for each rule that no scenario fires, or leaves unfired, and each threshold seen from one side.

    Args:
        library: whose rules.
        coverage: what its scenarios saw.
    """
    problems: dict[tuple[str, str, int], Problem] = {}
    for rule in library.rules.values():
        name = rule.written_as
        place = rule.place
        for seen, code, message in (
            (coverage.fired, "never-fired", f"no scenario makes “{name}” fire"),
            (coverage.not_fired, "always-fired", f"no scenario leaves “{name}” unfired"),
        ):
            if name not in seen:
                problem = Problem(rule.path, place.line, place.column, code, message, "add one", "warning")
                problems.setdefault((name, code, 0), problem)
        for index, leaf in enumerate(leaves(rule.condition)):
            sides = coverage.sides.get((name, index), set())
            if isinstance(leaf, Comparison) and len(sides) < 2:
                where = leaf.place or place
                what = " ".join(filter(None, (leaf.measure.kind, leaf.measure.of, leaf.measure.group)))
                side = "one side" if sides else "no side"
                message = f"the scenarios stand on {side} of “{what} {leaf.operator}” in “{name}”"
                hint = f"add one where it {'does not hold' if True in sides else 'holds'}"
                problem = Problem(rule.path, where.line, where.column, "one-sided", message, hint, "warning")
                problems.setdefault((name, "one-sided", index), problem)
    return sorted(problems.values())


def covered(library: Library, coverage: Coverage) -> tuple[int, int, int, int]:
    """Give the rules fired and left unfired by some scenario, all rules, thresholds seen from both sides, and all.

    Rules count as written, not their instances.
    """
    rules = {rule.written_as for rule in library.rules.values()}
    thresholds = coverage.sides
    both = sum(len(sides) == 2 for sides in thresholds.values())
    return len(rules & coverage.fired & coverage.not_fired), len(rules), both, len(thresholds)
