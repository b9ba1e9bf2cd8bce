"""Which column of a table is what: the questions by id or text, and the columns that say who answered."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Final

from engine.content.questionnaire import Questionnaire
from engine.measuring.ratings import plain
from engine.measuring.report import Report, quotable

MAX_HEADER: Final = 4_000
MAX_SUGGESTIONS: Final = 50
ROLES: Final[dict[str, tuple[str, ...]]] = {
    "team": ("team", "tiimi"),
    "group": ("group", "vastaajaryhmä", "ryhmä"),
    "respondent": ("respondent", "vastaaja", "id"),
    "round": ("round", "kierros"),
    "question": ("question", "väittämä", "kysymys"),
    "answer": ("answer", "value", "vastaus"),
}
"""What columns are called that hold no question, the preferred names first."""

_NUMBERED: Final = re.compile(
    r"(?:(?:q|k|question|statement|kysymys|väittämä) ?)?[0-9]+(?:[._][0-9]+)*(?: ?[-–—:.)] ?| )(.+)"
)
_BRACKETED: Final = re.compile(r".*?\[(.+)\]")


@dataclass(frozen=True, slots=True)
class Columns:
    """Where things stand in a table.

    Args:
        names: the header's cells.
        roles: the column of each of ROLES that the table has.
        questions: for each questionnaire that has columns, the column of each question by its place.
        ignored: columns that are neither.
        unnamed: columns without a header.
        repeated: columns of a question that another column is read for, and that column.
    """

    names: tuple[str, ...]
    roles: Mapping[str, int]
    questions: Mapping[int, Mapping[int, int]]
    ignored: tuple[int, ...] = ()
    unnamed: tuple[int, ...] = ()
    repeated: Mapping[int, int] = field(default_factory=dict)

    def shown(self, place: int) -> str:
        """Give a column's name as it may be quoted."""
        return quotable(self.names[place], 60)

    @property
    def long(self) -> bool:
        """Whether each row holds one answer: there are no question columns, but a question and an answer column."""
        return not self.questions and "question" in self.roles and "answer" in self.roles


class Headers:
    """Knows every name that a column may have.

    Args:
        questionnaires: whose questions are known; ids, and texts in every language.
    """

    def __init__(self, questionnaires: Sequence[Questionnaire]) -> None:
        self._matches: dict[str, dict[int, int]] = defaultdict(dict)
        self._shown: dict[str, str] = {}
        for which, questionnaire in enumerate(questionnaires):
            for place, question in enumerate(questionnaire.all_questions):
                for name in (question.id, question.en, question.fi):
                    self._matches[_bare(plain(name))].setdefault(which, place)
                    self._shown.setdefault(_bare(plain(name)), name)
        self._totals = [len(questionnaire.all_questions) for questionnaire in questionnaires]
        self._own_roles = {role: _own_names(role, questionnaires) for role in ROLES}

    def questions(self, header: str) -> tuple[int, Mapping[int, int]]:
        """Tell which questions a header names.

        Returns:
            How far the header had to be undressed, 0 for not at all, and the question's place in the rows of each
            questionnaire that has it; questionnaires may share texts, not ids.
        """
        for effort, name in enumerate(_undressed(header)):
            if matches := self._matches.get(name) or self._matches.get(name.replace("_", "-").replace(" ", "-")):
                return effort, matches
        return 0, {}

    def suggestion(self, header: str, report: Report, cutoff: float = 0.8) -> str:
        """Give a hint that names the question that was probably meant, or nothing."""
        close = get_close_matches(_bare(plain(header[:MAX_HEADER])), self._matches, n=1, cutoff=cutoff)
        return report.word("did-you-mean", word=quotable(self._shown[close[0]], 60)) if close else ""

    def score(self, cells: Sequence[str]) -> int:
        """Tell how much a row looks like a header: how many columns are recognised, 0 where it cannot be one."""
        columns = self.columns(cells)
        if not columns.questions and not columns.long:
            return 0
        return len(columns.roles) + max(map(len, columns.questions.values()), default=0)

    def columns(self, cells: Sequence[str]) -> Columns:
        """Tell what every column is.

        A column that a questionnaire names itself goes first, then questions, then the usual names; of two columns
        for one question the one named plainly is read, otherwise the first.
        """
        roles = self._roles(cells)
        candidates: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
        for place, cell in enumerate(cells):
            effort, matches = self.questions(cell) if place not in roles.values() else (0, {})
            for match in matches.items():
                candidates[match].append((effort, place))
        questions: dict[int, dict[int, int]] = defaultdict(dict)
        repeated: dict[int, int] = {}
        for (which, question), places in sorted(candidates.items()):
            first = min(places)[1]
            questions[which][question] = first
            repeated.update((place, first) for _, place in places if place != first)
        known = {*roles.values(), *repeated, *(place for places in questions.values() for place in places.values())}
        return Columns(
            names=tuple(cells),
            roles=roles,
            questions=dict(questions),
            repeated=repeated,
            ignored=tuple(place for place, cell in enumerate(cells) if cell.strip() and place not in known),
            unnamed=tuple(place for place, cell in enumerate(cells) if not cell.strip()),
        )

    def _complete(self, columns: Columns) -> bool:
        """Tell whether every questionnaire that has a column has all of its columns."""
        return bool(columns.questions) and all(
            len(found) == self._totals[which] for which, found in columns.questions.items()
        )

    def _roles(self, cells: Sequence[str]) -> dict[str, int]:
        names = [_bare(plain(cell[:MAX_HEADER])) for cell in cells]
        roles: dict[str, int] = {}
        for wanted in (self._own_roles, ROLES):
            for role, usual in wanted.items():
                places = (names.index(name) for name in usual if name in names)
                place = next((place for place in places if place not in roles.values()), None)
                if place is not None:
                    roles.setdefault(role, place)
        return roles

    def report(self, columns: Columns, line: int, report: Report) -> None:
        """Tell which columns are repeated, and which ignored ones were probably meant for a question.

        Where every question has its column, none is missing, so no other column was meant for one.
        """
        named = {_bare(plain(columns.names[place])): place for place in columns.roles.values()}
        again = {place: named.get(_bare(plain(columns.names[place][:MAX_HEADER])), -1) for place in columns.ignored}
        for place, first in sorted({**columns.repeated, **again}.items()):
            if first >= 0:
                header = columns.shown(place)
                report.note("duplicate-column", line, place + 1, header=header, first=first + 1, second=place + 1)
        for place in () if self._complete(columns) else columns.ignored[:MAX_SUGGESTIONS]:
            if hint := self.suggestion(columns.names[place], report):
                report.note("near-column", line, place + 1, hint, header=columns.shown(place))


def _own_names(role: str, questionnaires: Sequence[Questionnaire]) -> tuple[str, ...]:
    own = (getattr(each.columns, role, None) for each in questionnaires)
    return tuple(dict.fromkeys(_bare(plain(name)) for name in own if name))


def _bare(name: str) -> str:
    """Take off what form tools and writers put after a text: full stop, colon, the star of a required question."""
    return name.strip(" .:?!*\"“”'")


def _undressed(header: str) -> Iterator[str]:
    """Yield a header's name as it stands, without the number before it, and from within brackets."""
    name = plain(header[:MAX_HEADER])
    yield _bare(name)
    if match := _NUMBERED.fullmatch(name):
        yield _bare(match[1])
    if match := _BRACKETED.fullmatch(_bare(name)):
        yield _bare(match[1])
        if inner := _NUMBERED.fullmatch(match[1].strip()):
            yield _bare(inner[1])
