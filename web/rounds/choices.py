"""What a manager may choose when starting a round, and what is worth knowing before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from engine.content.questionnaire import Questionnaire, written
from web.content import library
from web.database.models import Team
from web.days import end_of
from web.teams.teams import latest_closed

FIRST: Final = ("appreciative-review", "quick-check")
"""What a team begins with; others ask about what it has done or agreed on before."""
CUSTOMERS: Final = "customer-voice"
USUAL_DAYS: Final = 7
MOST_DAYS: Final = 60
MOST_INVITED: Final = 500


@dataclass(frozen=True, slots=True)
class Plan:
    """What a round will be.

    Args:
        questionnaire: the members', by id; the manager answers the same.
        members: how many members are invited.
        manager: whether the manager answers too.
        customers: whether customers are asked.
        customers_invited: how many of them are invited; None where nobody counted.
        last_day: until the end of which day, in the organisation's time zone, it is open.
    """

    questionnaire: str
    members: int
    manager: bool
    customers: bool
    customers_invited: int | None
    last_day: date

    @property
    def closes(self) -> datetime:
        """Give the last moment of the last day."""
        return end_of(self.last_day)

    def groups(self) -> dict[str, dict[str, object]]:
        """Give for each group what it is asked and how many were invited, as a round keeps it."""
        asked = customers_questionnaire() if self.customers else None
        made: dict[str, dict[str, object]] = {
            "members": {"questionnaire": self.questionnaire, "invited": self.members}
        }  # fmt: skip
        if self.manager:
            made["manager"] = {"questionnaire": self.questionnaire, "invited": 1}
        if asked:
            made["customers"] = {"questionnaire": str(asked.id), "invited": self.customers_invited}
        return made

    def asked(self) -> dict[str, str]:
        """Give for each group what it is asked, written down whole."""
        everything = library().questionnaires
        return {group: written(everything[str(each["questionnaire"])]) for group, each in self.groups().items()}


@dataclass(frozen=True, slots=True)
class Earlier:
    """The round with which another one will be compared.

    Args:
        number: which one it was.
        size: how many people the team had then; None where nobody said.
    """

    number: int
    size: int | None


def members_questionnaires(team: Team) -> Sequence[Questionnaire]:
    """Give what a team's members can be asked: at first the two to begin with, later all."""
    everything = [each for each in library().questionnaires.values() if each.group == "members"]
    first = [each for id_ in FIRST for each in everything if each.id == id_]
    rest = [each for each in everything if each not in first]
    return [*first, *rest] if team.adopted or team.rounds or not first else first


def customers_questionnaire() -> Questionnaire | None:
    """Give what customers are asked, None where the content has nothing for them."""
    found = [each for each in library().questionnaires.values() if each.group == "customers"]
    return next((each for each in found if each.id == CUSTOMERS), found[0] if found else None)


def earlier(team: Team) -> Earlier | None:
    """Give the closed round with which the next result will be compared, None where there is none."""
    closed = latest_closed(team)
    return Earlier(closed.number, closed.facts.get("size")) if closed else None
