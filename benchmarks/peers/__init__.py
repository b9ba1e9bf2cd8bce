"""The peers: other rule engines, each given the same condition trees in the encoding that suits it best.

Every peer gets integers (all of them compare integers exactly), one pass per stratum in the program's order, and only
whole profiles: their logic has two values. Their packages are imported when they are loaded, so that one that is not
installed is named and skipped. None of them is typed for mypy in a way that could be relied on: their modules are
``Any`` here.
"""

from __future__ import annotations

from typing import Final

from benchmarks.contest import Contestant
from benchmarks.peers.business import BusinessRules
from benchmarks.peers.cel import Cel
from benchmarks.peers.clips import Clips
from benchmarks.peers.jsonlogic import JsonLogic
from benchmarks.peers.ruleengine import RuleEngine
from benchmarks.peers.zen import Zen, ZenInPieces

PEERS: Final = (
    Contestant(
        "zen-engine", "peer", Zen, ("zen-engine",),
        "one compiled list expression a stratum; only true findings are passed on",
    ),
    Contestant(
        "zen-engine in pieces", "peer", ZenInPieces, ("zen-engine",),
        "compiled list expressions of 128 rules; every finding is passed on (costs as in the research)",
    ),
    Contestant(
        "clipspy", "peer", Clips, ("clipspy",),
        "a fact per measure and finding, salience per stratum; one call in, one text out, no Fact objects (they leak)",
    ),
    Contestant(
        "common-expression-language", "peer", Cel, ("common-expression-language",),
        "one compiled list expression a stratum, findings as lists in a reused Context",
    ),
    Contestant("rule-engine", "peer", RuleEngine, ("rule-engine",), "one compiled list expression a stratum"),
    Contestant("json-logic-qubit", "peer", JsonLogic, ("json-logic-qubit",), "a list of rules a stratum"),
    Contestant("business-rules", "peer", BusinessRules, ("business-rules",), "run_all; negation pushed to operators"),
)  # fmt: skip
