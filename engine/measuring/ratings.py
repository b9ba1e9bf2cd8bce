"""What the text of one cell answers on a scale, as the byte that the engine keeps."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from engine.content.model import LANGUAGES
from engine.content.questionnaire import Scale
from engine.measuring.answers import UNANSWERED
from engine.measuring.report import Report, quotable

NOT_AN_ANSWER: Final = 256
"""Stands for a text that answers nothing; no byte, so that ``bytes()`` refuses a row that holds one."""

MAX_REMEMBERED: Final = 4_096
MAX_CELL: Final = 200

_CANNOT_SAY: Final = (
    "", "-", "–", "—", "can't say", "cannot say", "can not say", "don't know", "do not know", "n/a", "na", "n.a.",
    "not applicable", "en osaa sanoa", "en tiedä", "eos", "ei osaa sanoa",
)  # fmt: skip
_NUMBER: Final = re.compile(r"\+?([0-9]{1,4})(?:[.,]0{1,15})?")
_DECORATED: Final = re.compile(r"([0-9]{1,4}) ?(?:[-–—:=.)] ?|(?=\())(?![0-9 ])(?=.*[^\W\d_])(.+)")


def plain(text: str) -> str:
    """Give a text as it is compared: compatible characters, case and spaces made one, typewriter apostrophes."""
    return " ".join(unicodedata.normalize("NFKC", text).replace("’", "'").casefold().split())


def says_nothing(text: str) -> bool:
    """Tell whether a cell is empty or says in usual words that there is no answer."""
    return len(text) <= MAX_CELL and plain(text) in _CANNOT_SAY


class Ratings(dict[str, int]):
    """The bytes that cells stand for on one scale, worked out once per distinct text.

    A dictionary, so that a row is read at the speed of looking its cells up. Holds NOT_AN_ANSWER for a text that
    is neither an answer nor a way of not answering.
    """

    def __init__(self, scale: Scale) -> None:
        super().__init__({str(number): number for number in range(scale.from_, scale.to + 1)} | {"": UNANSWERED})
        self.scale = scale
        self._words = dict.fromkeys(map(plain, _CANNOT_SAY), UNANSWERED)
        self._words.update(_labelled(scale))
        if scale.cant_say:
            self._words.update({plain(scale.cant_say.get(language)): UNANSWERED for language in LANGUAGES})

    def __missing__(self, text: str) -> int:
        value = self._read(text) if len(text) <= MAX_CELL else NOT_AN_ANSWER
        if len(self) < MAX_REMEMBERED and len(text) <= MAX_CELL:
            self[text] = value
        return value

    def tell(self, text: str, row: int, column: int, header: str, report: Report) -> None:
        """Set a cell aside that holds NOT_AN_ANSWER.

        Args:
            text: the cell.
            row, column: where it stands, counted from 1.
            header: what its answer is to, fit to be quoted.
            report: is told, and counts it.
        """
        if report.full:
            report.count_cell_aside()
        elif text.lstrip().startswith("="):
            report.set_cell_aside("formula", row, column, header=header, aside="")
        else:
            values = {"header": header, "expected": self.expected(report), "found": quotable(text)}
            report.set_cell_aside("bad-answer", row, column, self.suggestion(text, report), **values)

    def expected(self, report: Report) -> str:
        """Say what a cell may hold, for people."""
        low, high = self.scale.from_, self.scale.to
        if not self.scale.labels:
            return report.word("numbers", low=low, high=high)
        labels = getattr(self.scale.labels, report.language)
        label = labels[-2] if len(labels) > 2 else labels[-1]
        return report.word("labels", low=low, high=high, label=label)

    def suggestion(self, text: str, report: Report) -> str:
        """Give a hint for a text that looks like a mistyped label, or nothing."""
        labels = self.scale.labels
        known = (*getattr(labels, report.language), *labels.en, *labels.fi) if labels else ()
        return report.did_you_mean(text, dict.fromkeys(reversed(known)), cutoff=0.7) if len(text) > 2 else ""

    def _read(self, text: str) -> int:
        clean = plain(text)
        if clean in self._words:
            return self._words[clean]
        if match := _NUMBER.fullmatch(clean):
            return self._in_scale(int(match[1]))
        if match := _DECORATED.fullmatch(clean):
            return self._decorated(int(match[1]), match[2].strip("()"))
        return NOT_AN_ANSWER

    def _decorated(self, number: int, rest: str) -> int:
        """Read “4 - Agree”; a label that belongs to another number is a contradiction and answers nothing."""
        word = self._words.get(rest, number)
        if word == UNANSWERED:
            return UNANSWERED
        return self._in_scale(number) if word == number else NOT_AN_ANSWER

    def _in_scale(self, number: int) -> int:
        return number if self.scale.from_ <= number <= self.scale.to else NOT_AN_ANSWER


class NotAsked(dict[str, int]):
    """Stands in for the ratings of a question without a column: nothing that it reads is an answer."""

    def __missing__(self, text: str) -> int:
        return UNANSWERED


def _labelled(scale: Scale) -> dict[str, int]:
    """Give the number of every label in either language, but of none that the languages disagree about."""
    found: dict[str, set[int]] = {}
    for labels in (scale.labels.en, scale.labels.fi) if scale.labels else ():
        numbers = range(scale.from_, scale.to + 1) if len(labels) == scale.options else (scale.from_, scale.to)
        for label, number in zip(labels, numbers, strict=True):
            found.setdefault(plain(label), set()).add(number)
    return {label: numbers.pop() for label, numbers in found.items() if len(numbers) == 1}
