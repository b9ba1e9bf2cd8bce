"""What is known about a team besides its answers, as a scenario or a file of facts tells it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from engine.content.model import Id, Model

Count = Annotated[int, Field(ge=0, le=1_000_000, strict=True)]
Months = Annotated[int, Field(ge=0, le=1_000, strict=True)]


class Invited(Model):
    """How many people of each group were asked to answer."""

    members: Count | None = None
    manager: Count | None = None
    customers: Count | None = None


class TeamFacts(Model):
    """What is known about one team, or about every team that does not say otherwise."""

    size: Annotated[int, Field(ge=1, le=10_000, strict=True)] | None = None
    work_mode: Annotated[Literal["onsite", "hybrid", "remote"] | None, Field(alias="work-mode")] = None
    months_together: Annotated[Months | None, Field(alias="months-together")] = None
    rounds: Months | None = None
    invited: Invited | None = None
    done: tuple[Id, ...] | None = None
    adopted: tuple[Id, ...] | None = None
