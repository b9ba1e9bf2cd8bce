"""Facts: what each ruleset of a stage is told about a vector and about what earlier stages decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import compress
from operator import index, itemgetter
from typing import Final, TypeAlias

from engine.reasoning.lowering import MOST, TRUE, Lowered, Test
from engine.reasoning.rulesets import Ruleset, stages
from engine.reasoning.strata import Vector

HUGE: Final = str(10**12)
TINY: Final = str(-(10**12))

Getter: TypeAlias = Callable[[Sequence[object]], tuple[object, ...]]


class Facts:
    """What holds in one pass over the stages.

    An unknown measure makes no test true in the pass for what is true, and every test in the pass for what is
    possible; that is why each direction of a comparison has a field of its own.

    Attributes:
        numbers: as text, ``below`` fields, then ``at-least`` fields, then counts.
        flags: for each node 1 if true, then for each 1 if false, then for each measure ``known``, ``missing``.
    """

    __slots__ = ("flags", "numbers")

    def __init__(self, vector: Vector, flags: list[int], counts: int, *, possible: bool) -> None:
        below, at_least = (TINY, HUGE) if possible else (HUGE, TINY)
        texts = [value if value is None else _text(value) for value in vector]
        self.numbers = [below if text is None else text for text in texts]
        self.numbers += [at_least if text is None else text for text in texts]
        self.numbers += ["0"] * counts
        self.flags = flags
        self.flags += [value is not None for value in vector]
        self.flags += [value is None for value in vector]


def _text(value: int) -> str:
    if not -MOST <= value <= MOST:
        raise ValueError("a value of the vector is beyond what rules compare")
    return str(index(value))  # index: True is 1


class Step:
    """One ruleset of a stage.

    Args:
        ruleset: what it reads and decides.
        places: where each test's field stands among the numbers or the flags.
    """

    def __init__(self, ruleset: Ruleset, places: Callable[[Test], int]) -> None:
        self.definition = ruleset.definition
        self._nodes = ruleset.nodes
        self._template = ruleset.template
        self._numbers = _getter([places(test) for test in ruleset.numbers])
        self._flags = _getter([places(test) for test, _ in ruleset.flags])
        self._texts = tuple(text for _, text in ruleset.flags)

    def fact(self, facts: Facts) -> str:
        """Give what the ruleset is told, as JSON."""
        flags = "".join(compress(self._texts, self._flags(facts.flags)))
        return self._template % (flags, *self._numbers(facts.numbers))

    def conclude(self, fired: Sequence[str], facts: Facts) -> None:
        """Note what the rules that fired conclude."""
        for name in fired:
            for node in self._nodes[name]:
                facts.flags[node] = 1


class Stage:
    """What is decided together: counts, then rulesets, then what is false.

    Args:
        steps: the rulesets.
        counts: the place of each count's number, and what gives the flags it counts.
        denied: the nodes of this stage whose being false is read later, each with the place of that flag.
    """

    def __init__(
        self, steps: Sequence[Step], counts: Sequence[tuple[int, Getter]], denied: Sequence[tuple[int, int]]
    ) -> None:
        self.steps = steps
        self._counts = counts
        self._denied = denied

    def count(self, facts: Facts) -> None:
        """Count what this stage reads as counts."""
        for place, flags in self._counts:
            facts.numbers[place] = str(sum(flags(facts.flags)))  # type: ignore[arg-type]

    def deny(self, true: Facts, possible: Facts) -> None:
        """Note what is false: certainly where it is not possible, possibly where it is not true."""
        for node, place in self._denied:
            true.flags[place] = not possible.flags[node]
            possible.flags[place] = not true.flags[node]


class Plan:
    """A program's stages and the layout of the facts they share.

    Args:
        lowered: the program.
        measures: how many measures it has.
    """

    def __init__(self, lowered: Lowered, measures: int) -> None:
        self._nodes = len(lowered.nodes)
        self._measures = measures
        self._counts = len(lowered.counts)
        always = [int(disjunction == TRUE) for disjunction in lowered.nodes]
        self._flags = always + [0] * self._nodes
        # by stage, once: there may be thousands of stages
        denied: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
        for node in sorted(_denied(lowered)):
            denied[lowered.stages[node]].append((node, self._nodes + node))
        counts: defaultdict[int, list[tuple[int, Getter]]] = defaultdict(list)
        for count, flags in enumerate(lowered.counts):
            flags_of = _getter([self._place(flag) for flag in flags])
            counts[lowered.count_stages[count]].append((self._place(Test("count", count)), flags_of))
        self.stages = [
            Stage([Step(each, self._place) for each in rulesets], counts[stage], denied[stage])
            for stage, rulesets in enumerate(stages(lowered))
        ]

    def facts(self, vector: Vector, *, possible: bool) -> Facts:
        """Give the facts with which a pass begins."""
        return Facts(vector, self._flags.copy(), self._counts, possible=possible)

    def _place(self, test: Test) -> int:
        """Give the place of a test's field, among the numbers or among the flags."""
        starts = {
            "below": 0,
            "at-least": self._measures,
            "count": 2 * self._measures,
            "true": 0,
            "false": self._nodes,
            "known": 2 * self._nodes,
            "missing": 2 * self._nodes + self._measures,
        }
        return starts[test.kind] + test.of


def _denied(lowered: Lowered) -> set[int]:
    """Give the nodes whose being false is read."""
    read = {test for disjunction in lowered.nodes for conjunction in disjunction for test in conjunction}
    read.update(flag for flags in lowered.counts for flag in flags)
    return {test.of for test in read if test.kind == "false"}


def _getter(places: Sequence[int]) -> Getter:
    """Give what takes the items at some places as a tuple, which itemgetter alone does for two or more."""
    if len(places) > 1:
        return itemgetter(*places)
    return lambda items: tuple(items[place] for place in places)
