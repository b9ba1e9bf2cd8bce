"""The whole story: answers are measured, rules decide, and what they decide becomes advice."""

from __future__ import annotations

from engine.advising.advice import Advice, Advisor
from engine.advising.recommendations import UNLESS
from engine.content.library import Library
from engine.measuring.answers import Facts, Round
from engine.measuring.gate import Gate
from engine.measuring.profile import Profile, measure
from engine.reasoning.reasoner import Mode, Reasoner
from engine.reasoning.strata import Program, Statement, stratify


def program_of(library: Library) -> Program:
    """Give everything a library asks evaluators to decide: its rules, and the ``unless`` of its plays."""
    rules = [Statement(rule.id, rule.condition) for rule in library.rules.values()]
    unless = [Statement(UNLESS + play.id, play.unless) for play in library.plays.values() if play.unless]
    return stratify([*rules, *unless])


class Adviser:
    """Gives advice; loaded once, then used for any number of teams, safe under threads.

    Args:
        library: what coaches wrote.
        mode: which evaluators decide.

    Raises:
        DurableUnavailable: the mode is ``durable`` and durable-rules cannot be imported.
    """

    def __init__(self, library: Library, mode: Mode = "live") -> None:
        self.library = library
        self.program = program_of(library)
        self.reasoner = Reasoner(self.program, mode, release=library.digest)
        self._advisor = Advisor(library)

    def advise(self, now: Round, previous: Round | None = None, facts: Facts = Facts(), gate: Gate = Gate()) -> Advice:  # noqa: B008  # both are immutable
        """Give a team advice on its round.

        Args:
            now: the closed round.
            previous: the team's last closed round before it, if any.
            facts: what is known about the team besides its answers.
            gate: how small a group may be shown, and to whom.
        """
        return self.conclude(self.measure(now, previous, facts, gate))

    def measure(self, now: Round, previous: Round | None, facts: Facts, gate: Gate) -> Profile:
        """Give the profile of a round, behind the gate; the arguments are those of ``advise``."""
        return measure(now, previous, facts, gate=gate)

    def conclude(self, profile: Profile) -> Advice:
        """Give advice on a profile."""
        return self._advisor.advise(profile, self.reasoner.decide(self.program.vector(profile.values)))

    def close(self) -> None:
        """Free what the reasoner holds."""
        self.reasoner.close()
