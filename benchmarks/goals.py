"""The goals, as ratios within one run, so that the machine cancels out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from benchmarks.timing import Result

COMPILED_GOALS: Final = {100: 10.0, 1_000: 20.0, 10_000: 8.0}
"""Rules → how many times as fast as the best peer *compiled* shall be."""

DURABLE_GOALS: Final = {160: 210 / 116, 1_000: 1_370 / 1_155}
"""Rules → the research's time of durable over that of zen-engine.

The times of durable are those of research/durable-rules.md (with 4 % unknown), those of zen those of research/peers.md
(whole profiles). For 160 rules the research has no zen: 116 µs lies on the line from 64 µs at 100 rules to 1,155 µs at
1,000, both axes logarithmic.
"""

YARDSTICKS: Final = {"json-logic-qubit": 5_000, "business-rules": 5_300, "rule-engine": 4_400}
"""At 1,000 rules, the research's microseconds of peers in pure Python, whose encodings leave less choice."""

COMPILED_OF_THE_RESEARCH: Final = 24
DURABLE_OF_THE_RESEARCH: Final = 1_370
"""At 1,000 rules, microseconds; of durable with 4 % unknown."""

ZEN_OF_THE_RESEARCH: Final = "zen-engine in pieces"
BEST_ZEN: Final = "zen-engine"

Results = Mapping[str, Result]


@dataclass(frozen=True, slots=True)
class Goal:
    """One goal and what came of it.

    Args:
        name: what is compared.
        value: the ratio, None where something it needs was missing or wrong.
        bound: the ratio to reach.
        at_least: whether the ratio shall be at least the bound; otherwise at most.
        binding: False for a ratio that is shown beside a goal and is none itself.
    """

    name: str
    value: float | None
    bound: float
    at_least: bool
    binding: bool = True

    @property
    def verdict(self) -> str:
        """Give ``reached``, ``missed`` or ``not measured``."""
        if self.value is None:
            return "not measured"
        reached = self.value >= self.bound if self.at_least else self.value <= self.bound
        return "reached" if reached else "missed"


def goals(whole: Mapping[int, Results], gaps: Mapping[int, Results]) -> list[Goal]:
    """Judge what was measured.

    Args:
        whole: rules → results by engine, whole profiles.
        gaps: the same with 4 % unknown; our engines only.
    """
    return [
        *(each for size in COMPILED_GOALS if size in whole for each in _compiled(size, whole[size])),
        *(each for size in DURABLE_GOALS if size in whole for each in _durable(size, whole[size], gaps[size])),
        *(each for name in YARDSTICKS if 1_000 in whole for each in _yardsticks(name, whole[1_000], gaps[1_000])),
    ]


def best_peer(results: Results, without: str = "") -> Result | None:
    """Give the fastest peer whose every answer was right, leaving out one by its name."""
    peers = [each for each in results.values() if each.contestant.role == "peer" and each.counts]
    return min((each for each in peers if each.contestant.name != without), key=lambda each: each.median, default=None)


def _compiled(size: int, results: Results) -> Sequence[Goal]:
    """Compare with the best peer, and beside it with the best when zen is encoded as in the research."""
    missing = [name for name, each in results.items() if each.status == "skipped"]
    if missing:
        name = f"{size:,} rules: best peer / compiled, not judged without {', '.join(missing)}"
        return (Goal(name, None, COMPILED_GOALS[size], at_least=True),)
    bound, compiled = COMPILED_GOALS[size], results.get("compiled")
    best, as_in_research = best_peer(results), best_peer(results, without=BEST_ZEN)
    text = f"{size:,} rules: best peer"
    return (
        Goal(f"{text} ({_name(best)}) / compiled", _ratio(best, compiled), bound, at_least=True),
        Goal(
            f"{text} without {BEST_ZEN}'s better encoding ({_name(as_in_research)}) / compiled",
            _ratio(as_in_research, compiled), bound, at_least=True, binding=False,
        ),
    )  # fmt: skip


def _name(result: Result | None) -> str:
    return result.contestant.name if result else "none"


def _durable(size: int, whole: Results, gaps: Results) -> Sequence[Goal]:
    bound, durable = DURABLE_GOALS[size], gaps.get("durable")
    text = f"{size:,} rules: durable (4 % unknown) / "
    return (
        Goal(text + ZEN_OF_THE_RESEARCH, _ratio(durable, whole.get(ZEN_OF_THE_RESEARCH)), bound, at_least=False),
        Goal(text + BEST_ZEN, _ratio(durable, whole.get(BEST_ZEN)), bound, at_least=False, binding=False),
    )


def _yardsticks(name: str, whole: Results, gaps: Results) -> Sequence[Goal]:
    """Compare both evaluators with a peer as the research did; shown beside the goals."""
    peer, theirs = whole.get(name), YARDSTICKS[name]
    compiled, durable = _ratio(peer, whole.get("compiled")), _ratio(gaps.get("durable"), peer)
    text = "1,000 rules, as in the research:"
    return (
        Goal(f"{text} {name} / compiled", compiled, theirs / COMPILED_OF_THE_RESEARCH, at_least=True, binding=False),
        Goal(
            f"{text} durable (4 % unknown) / {name}",
            durable, DURABLE_OF_THE_RESEARCH / theirs, at_least=False, binding=False,
        ),
    )  # fmt: skip


def _ratio(above: Result | None, below: Result | None) -> float | None:
    return above.median / below.median if above and below and above.counts and below.counts else None
