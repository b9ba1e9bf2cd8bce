"""The gate: whose answers may be computed with at all, and from how many people on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Literal

from engine.content.measures import Group
from engine.measuring.answers import Round

Viewer = Literal["manager", "team"]

LEAST_MEMBERS: Final = 3
LEAST_CUSTOMERS: Final = 5
USUAL_MINIMUM: Final = 5


@dataclass(frozen=True, slots=True)
class Gate:
    """The smallest groups whose answers are used, and for whom.

    Nothing that is computed behind the gate may rest on fewer people: below its minimum a group has no measure except
    how many answered. The manager's own answers are a group of their own, never part of the members. One manager's are
    let through because only that manager reads them; several managers would read each other's, so they need the
    members' minimum.

    Args:
        minimum: how many members must have answered, 3 or more.
        customers_minimum: how many customers must have answered, 5 or more.
        self_check: the round is one person's, read only by that person; a members' group of exactly one is let through.
        viewer: who reads the profile; for ``team`` the manager's answers are left out before anything is computed.

    Raises:
        ValueError: a minimum is too small to protect anybody; the text is meant for people.
    """

    minimum: int = USUAL_MINIMUM
    customers_minimum: int = USUAL_MINIMUM
    self_check: bool = False
    viewer: Viewer = "manager"

    def __post_init__(self) -> None:
        _check("members", self.minimum, LEAST_MEMBERS)
        _check("customers", self.customers_minimum, LEAST_CUSTOMERS)
        if self.viewer not in ("manager", "team"):
            raise ValueError(f"a profile is for “manager” or “team”, not for “{self.viewer}”")

    def minimum_of(self, group: Group, respondents: int) -> int:
        """Give how many people a shown number of this group must rest on, when so many have answered."""
        if self.one_person(group, respondents):
            return 1
        return self.customers_minimum if group == "customers" else self.minimum

    def one_person(self, group: Group, respondents: int) -> bool:
        """Tell whether the group's numbers are a single person's own, shown to that person only."""
        return respondents == 1 and (group == "manager" or (self.self_check and group == "members"))

    def admitted(self, round_: Round) -> Round:
        """Give the round without the answers that the viewer must not see in any form."""
        return drop_manager(round_) if self.viewer == "team" else round_


def drop_manager(round_: Round) -> Round:
    """Give the round without the manager's answers."""
    if "manager" not in round_.groups:
        return round_
    return replace(round_, groups={group: rows for group, rows in round_.groups.items() if group != "manager"})


def _check(group: str, minimum: int, least: int) -> None:
    if minimum < least:
        raise ValueError(f"with fewer than {least} {group} answers can be guessed; {minimum} is not allowed as minimum")
