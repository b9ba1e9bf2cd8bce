"""Since when a team works by an agreement, and when it looks at it again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from web.days import today


@dataclass(frozen=True, slots=True)
class Term:
    """The days of an agreement.

    Args:
        agreed: since which day the team works by it; None where it does not, or nobody knows.
        review: on which day it is looked at again; None where nobody knows since when it is in use.
    """

    agreed: date | None
    review: date | None

    @property
    def is_due(self) -> bool:
        """Tell whether the day to look at it again has passed."""
        return self.agreed is not None and self.review is not None and self.review < today()


def term_of(day: str | None, weeks: int) -> Term:
    """Give the days of an agreement.

    Args:
        day: on which it was agreed, as a team keeps it: empty where nobody knows; None where it is not agreed on, and
            the review is as if that were today.
        weeks: after how many weeks it is looked at again.
    """
    agreed = date.fromisoformat(day) if day else None
    begins = today() if day is None else agreed
    return Term(agreed, begins + timedelta(weeks=weeks) if begins else None)
