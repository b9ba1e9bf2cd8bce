"""Rulesets: flat conjunctions cut into rulesets that stay below durable-rules' limits."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from engine.reasoning.lowering import Conjunction, Lowered, Test

FIELDS: Final = 200
"""Fields of a ruleset; the library allows 252, and x0 … x199 are known to have distinct hashes."""

RULES: Final = 400
"""Rules of a ruleset; the library allows 4,096."""

STACK: Final = 56
"""What matching may pile up, by `_Trie.need`; the library fails above 64."""

GUARD: Final = '{"guard":1,"id":"f","sid":"s"}'
"""A fact that only the guard rule matches."""


@dataclass(frozen=True, slots=True)
class Ruleset:
    """One ruleset, and how its facts and the names of its rules are to be read.

    Args:
        definition: the JSON that the library reads. A rule's name is three digits.
        template: of a fact: first the flags, then the text of each number.
        numbers: the ``below``, ``at-least`` and ``count`` fields, in the template's order.
        flags: the fields that are present only when they are 1, each with its text in a fact.
        nodes: by rule name, the nodes that are true when the rule fires.
    """

    definition: str
    template: str
    numbers: tuple[Test, ...]
    flags: tuple[tuple[Test, str], ...]
    nodes: dict[str, tuple[int, ...]]


@dataclass(slots=True)
class _Trie:
    """The tests of a ruleset as the library shares them: rules that begin alike share their first tests."""

    children: dict[Test, _Trie] = field(default_factory=dict)
    need: int = 0  # the most that matching can pile up from here

    def add(self, path: Sequence[Test]) -> None:
        """Add a rule's tests and bring ``need`` up to date along them."""
        nodes = [self]
        for test in path:
            nodes.append(nodes[-1].children.setdefault(test, _Trie()))
        for node in reversed(nodes):
            deepest = max((child.need for child in node.children.values()), default=0)
            node.need = len(node.children) + max(0, deepest - 1)


def stages(lowered: Lowered) -> list[list[Ruleset]]:
    """Give the rulesets of each stage, in order; the rulesets of a stage read only what earlier stages decide."""
    conjunctions: list[dict[Conjunction, list[int]]] = [{} for _ in range(max(lowered.stages, default=-1) + 1)]
    for number, disjunction in enumerate(lowered.nodes):
        for conjunction in disjunction:
            if conjunction:
                conjunctions[lowered.stages[number]].setdefault(conjunction, []).append(number)
    return [_cut(each) for each in conjunctions]


def _cut(conjunctions: dict[Conjunction, list[int]]) -> list[Ruleset]:
    """Cut a stage's conjunctions into as few rulesets as the limits allow, alike ones together."""
    counts = Counter(test for conjunction in conjunctions for test in conjunction)
    # common tests first, to share them; but being false is common, and a test that fails early saves the others
    ordered = sorted(counts, key=lambda test: (test.kind == "false", -counts[test], test))
    ranks = {test: rank for rank, test in enumerate(ordered)}
    paths = [(sorted(conjunction, key=ranks.__getitem__), nodes) for conjunction, nodes in conjunctions.items()]
    paths.sort(key=lambda each: [ranks[test] for test in each[0]])
    rulesets = []
    start = 0
    while start < len(paths):
        end = _end(paths, start)
        rulesets.append(_ruleset(paths[start:end]))
        start = end
    return rulesets


def _end(paths: Sequence[tuple[list[Test], list[int]]], start: int) -> int:
    """Give the end of the longest run of paths from start that may share a ruleset."""
    trie = _Trie()
    fields: set[tuple[str, int]] = set()
    for end in range(start, min(len(paths), start + RULES)):
        trie.add(paths[end][0])
        fields |= {(test.kind, test.of) for test in paths[end][0]}
        # one more for the guard rule, which stands at the root too
        if end > start and (trie.need + 1 > STACK or len(fields) > FIELDS):
            return end
    return min(len(paths), start + RULES)


def _ruleset(paths: Sequence[tuple[list[Test], list[int]]]) -> Ruleset:
    fields = sorted({Test(kind, of) for path, _ in paths for kind, of, _ in path})
    names = {each: f"x{number}" for number, each in enumerate(fields)}
    numbers = tuple(each for each in fields if each.kind in ("below", "at-least", "count"))
    flags = tuple((each, f'"{names[each]}":1,') for each in fields if each not in numbers)
    rules = {f"{number:03}": _rule(path, names) for number, (path, _) in enumerate(paths)}
    rules["guard"] = {"all": [{"m": {"$gte": {"guard": 1}}}]}
    return Ruleset(
        definition=json.dumps(rules, separators=(",", ":")),
        template="{%s" + "".join(f'"{names[each]}":%s,' for each in numbers) + '"id":"f","sid":"s"}',
        numbers=numbers,
        flags=flags,
        nodes={f"{number:03}": tuple(nodes) for number, (_, nodes) in enumerate(paths)},
    )


def _rule(path: Iterable[Test], names: dict[Test, str]) -> dict[str, object]:
    tests = [{"$lt" if kind == "below" else "$gte": {names[Test(kind, of)]: bound}} for kind, of, bound in path]
    return {"all": [{"m": {"$and": tests} if len(tests) > 1 else tests[0]}]}
