"""Hints that name the word a person probably meant."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Final

MOST_LISTED: Final = 12


def did_you_mean(word: str, known: Iterable[object]) -> str:
    """Give a hint naming the known word that is closest, or listing a few known words, or nothing."""
    words = sorted({str(each) for each in known})
    close = get_close_matches(word, words, n=1, cutoff=0.6) or [each for each in words if each == word.lower()]
    if close:
        return f"did you mean “{close[0]}”?"
    if len(words) == 1:
        return f"use {words[0]}"
    return f"use one of: {', '.join(words)}" if 0 < len(words) <= MOST_LISTED else ""
