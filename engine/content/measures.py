"""The measures that conditions compare: their names, units, directions and words."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

Group = Literal["members", "manager", "customers"]
GROUPS: Final = ("members", "manager", "customers")

THOUSAND: Final = 1000
"""Every measure is an integer count of thousandths, so that all evaluators compare the same integers."""

WORDS: Final = {
    "trend": ("falling", "steady", "rising"),
    "work-mode": ("onsite", "hybrid", "remote"),
}
"""Measures whose values are words; a word's number is its place in the tuple, in thousandths."""

NUMBER_FACTS: Final = ("size", "months-together", "rounds")
WORD_FACTS: Final = ("work-mode",)
FACTS: Final = (*NUMBER_FACTS, *WORD_FACTS)

DIMENSION_KINDS: Final = (
    "score", "favourable", "unfavourable", "spread", "consensus", "standing", "change", "trend",
)  # fmt: skip
GROUP_KINDS: Final = ("csat", "nps", "respondents", "response-rate")


class Measure(NamedTuple):
    """The name of one number in a profile.

    Args:
        kind: one of DIMENSION_KINDS or GROUP_KINDS, or ``question`` (the score of one question), ``gap``,
            ``fact``, ``done`` (a play the team has done), ``adopted`` (a template the team has adopted).
        of: what it is about: a dimension, question, fact, play or template; empty for GROUP_KINDS.
        group: whose answers; empty for ``fact``, ``done`` and ``adopted``.
        minus: for ``gap`` the group that is subtracted; empty otherwise.
    """

    kind: str
    of: str = ""
    group: str = ""
    minus: str = ""


def word_value(kind: str, word: str) -> int:
    """Give the number that stands for a word, in thousandths.

    Args:
        kind: a key of WORDS.
        word: one of its words.

    Raises:
        ValueError: the kind has no such word.
    """
    return WORDS[kind].index(word) * THOUSAND


def word_of(kind: str, value: int) -> str:
    """Give the word that a number in thousandths stands for; the inverse of word_value."""
    return WORDS[kind][value // THOUSAND]
