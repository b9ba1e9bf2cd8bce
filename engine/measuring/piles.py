"""Which team, round and group a row belongs to, and which questionnaire the group answered."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Final

from engine.content.measures import Group
from engine.content.questionnaire import Questionnaire
from engine.errors import Severity
from engine.measuring.headers import Columns
from engine.measuring.ratings import plain
from engine.measuring.report import Report, quotable

GROUP_WORDS: Final[dict[str, Group]] = {
    **dict.fromkeys(("members", "member", "jäsenet", "jäsen"), "members"),
    **dict.fromkeys(("manager", "esihenkilö", "esimies"), "manager"),
    **dict.fromkeys(("customers", "customer", "asiakkaat", "asiakas"), "customers"),
}  # fmt: skip
MAX_NAME: Final = 500


@dataclass(slots=True)
class Pile:
    """What one group of one team answered in one round, while it is read.

    Args:
        team, label, group: whose answers.
        questionnaire: the place of the questionnaire that the group answered among those given.
        first_row: the first row that belongs here.
        rows: a wide table's respondents, as GroupAnswers holds them.
        seen: the respondents of those rows, where the table names them.
        sheets: a long table's respondents.
        asked: places of the questions that the group was asked.
    """

    team: str
    label: str
    group: Group
    questionnaire: int
    first_row: int
    rows: list[bytes] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    sheets: dict[str, bytearray] = field(default_factory=dict)
    asked: frozenset[int] = frozenset()


def choose(group: Group, questionnaires: Sequence[Questionnaire], found: Mapping[int, Collection[int]]) -> int | None:
    """Choose the questionnaire that a group answered: the one with most of its questions in the table.

    Args:
        group: who answered; the manager answers what the members do, unless at least half of a questionnaire for
            managers is in the table.
        questionnaires: all of them.
        found: for the questionnaires that have any, the places of their questions in the table.

    Returns:
        The questionnaire's place, None where the table has no question for the group; of equals the one of which
        the table has the larger share, then the first by id.
    """
    own = [which for which in found if questionnaires[which].group == group]
    if group == "manager":
        half = [which for which in own if 2 * len(found[which]) >= len(questionnaires[which].all_questions)]
        own = half or [*own, *(which for which in found if questionnaires[which].group == "members")]
    return best(own, questionnaires, found)


def best(
    among: Collection[int], questionnaires: Sequence[Questionnaire], found: Mapping[int, Collection[int]]
) -> int | None:
    """Give the questionnaire with most questions found; of equals the shorter one, then the first by id."""

    def rank(which: int) -> tuple[int, int, str]:
        return -len(found[which]), len(questionnaires[which].all_questions), questionnaires[which].id

    return min(among, key=rank, default=None)


class Piles:
    """Puts rows on piles by their team, round and group cells; every different combination is worked out once.

    Args:
        columns: where the table says it.
        choice: the questionnaire of each group that can answer.
        default: the group of rows that do not name one.
        report: is told about rows that belong nowhere.
    """

    def __init__(self, columns: Columns, choice: Mapping[Group, int], default: Group, report: Report) -> None:
        self._columns, self._choice, self._default, self._report = columns, choice, default, report
        self.raw = raw_key([columns.roles[role] for role in ("team", "round", "group") if role in columns.roles])
        self.known: dict[object, Pile] = {}
        self.piles: dict[tuple[str, str, Group], Pile] = {}
        self._not_asked: dict[Group, tuple[int, int]] = {}

    def find(self, row: int, cells: Sequence[str]) -> Pile | None:
        """Give the pile of a row, None for an empty row and for one that belongs nowhere, which is set aside."""
        if not any(map(str.strip, cells)) or self._has_formula(row, cells):
            return None
        team = self._cell("team", cells)
        if not team and "team" in self._columns.roles:
            column = self._columns.roles["team"]
            self._report.set_row_aside("no-team", row, column + 1, header=self._columns.shown(column))
            return None
        group = self._group(row, cells)
        if group is None:
            return None
        key = (team, self._cell("round", cells), group)
        pile = self.piles.setdefault(key, Pile(*key, self._choice[group], row))
        self.known[self.raw(cells)] = pile
        return pile

    def _cell(self, role: str, cells: Sequence[str]) -> str:
        return quotable(cells[self._columns.roles[role]], MAX_NAME) if role in self._columns.roles else ""

    def _has_formula(self, row: int, cells: Sequence[str]) -> bool:
        for role in ("team", "round", "group"):
            column = self._columns.roles.get(role)
            if column is not None and cells[column].startswith("="):
                set_formula_aside(row, column, self._columns, self._report)
                return True
        return False

    def _group(self, row: int, cells: Sequence[str]) -> Group | None:
        word = self._cell("group", cells)
        group = GROUP_WORDS.get(plain(word)) if word else self._default
        column = self._columns.roles.get("group", -1) + 1
        if group is None:
            hint = self._report.did_you_mean(word, GROUP_WORDS) or self._report.word(
                "one-of", words="members, manager, customers" if self._report.language == "en" else
                "jäsenet, esihenkilö, asiakkaat")  # fmt: skip
            self._report.set_row_aside("unknown-group", row, column, hint, found=quotable(word))
        elif group not in self._choice:
            first, count = self._not_asked.get(group, (row, 0))
            self._not_asked[group] = first, count + 1
            return None
        return group

    def tell_not_asked(self, chosen: bool) -> None:
        """Tell, once for each group, about rows of a group whose questions are not read.

        Args:
            chosen: whether the person named the questionnaires, and so meant to leave the other groups out.
        """
        column = self._columns.roles.get("group", -1) + 1
        for group, (row, count) in self._not_asked.items():
            self._report.count_rows_aside(count)
            severity: Severity = "warning" if chosen else "error"
            whose = self._report.word(group)
            self._report.note("no-questionnaire", row, column, severity=severity, row=row, count=count, group=whose)


def set_formula_aside(row: int, column: int, columns: Columns, report: Report) -> None:
    """Set a row aside in which a formula stands where it says who answered."""
    aside = report.word("row-aside")
    report.set_row_aside("formula", row, column + 1, header=columns.shown(column), aside=aside)


def raw_key(columns: Sequence[int]) -> Callable[[Sequence[str]], object]:
    """Give a fast function from a row to what its cells in some columns hold, as one key of a dictionary."""
    return itemgetter(*columns) if columns else lambda cells: ""
