"""Nothing goes in circles: rules that read findings, plays that stand in for plays, plays that come after plays."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter

from engine.content.checks.content import Content, problem_at
from engine.content.conditions import FindingIs, leaves
from engine.errors import Problem


def circles(content: Content) -> Iterator[Problem]:
    """Report a circle of each sort, with its whole chain."""
    reads = {
        id_: sorted({leaf.finding for leaf in leaves(rule.condition) if isinstance(leaf, FindingIs)})
        for id_, rule in content.rules.items()
    }
    instead = {id_: [str(play.file.instead)] if play.file.instead else [] for id_, play in content.plays.items()}
    after = {id_: list(map(str, play.file.after)) for id_, play in content.plays.items()}
    rules = {id_: (rule.path, rule.place) for id_, rule in content.rules.items()}
    plays = {id_: (play.path, play.place) for id_, play in content.plays.items()}
    for graph, where, said, hint in (
        (reads, rules, "waits for itself", "take one of these findings out of a “when”"),
        (instead, plays, "stands in for itself", "take one “instead” away"),
        (after, plays, "comes after itself", "take one of them out of an “after”"),
    ):
        chain = _circle(graph)
        if chain:
            path, place = where[chain[0]]
            yield problem_at(path, place, "circle", f"“{chain[0]}” {said}: {' → '.join(chain)}", hint)


def _circle(graph: Mapping[str, list[str]]) -> list[str]:
    known = {id_: [each for each in targets if each in graph] for id_, targets in sorted(graph.items())}
    try:
        TopologicalSorter(known).prepare()
    except CycleError as error:
        # graphlib gives the circle against the direction of reading, from anywhere; begin at its first id
        chain: list[str] = error.args[1][:0:-1]
        first = chain.index(min(chain))
        return [*chain[first:], *chain[: first + 1]]
    return []
