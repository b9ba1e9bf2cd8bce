"""What is stored. Answers stand apart from whoever gave them, without times; see docs on anonymity in each class."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Final, Literal

from sqlalchemy import JSON, ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship
from sqlalchemy.types import DateTime, TypeDecorator

Role = Literal["manager", "coach", "admin"]
LinkPurpose = Literal["join", "reset"]

HIGHEST_ID: Final = 2**31 - 1
"""Databases do not even compare with more."""


class Moment(TypeDecorator[datetime]):
    """A point in time, always UTC; SQLite forgets the zone, so it is put back."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        """Give the zone back."""
        return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value


def now() -> datetime:
    """Give the present moment, to the second."""
    return datetime.now(UTC).replace(microsecond=0)


class Model(DeclarativeBase):
    """The base of every table."""


class Account(Model):
    """Somebody who signs in."""

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(100))
    role: Mapped[str] = mapped_column(String(10))
    language: Mapped[str] = mapped_column(String(2), default="en")
    password: Mapped[str] = mapped_column(String(200))
    active: Mapped[bool] = mapped_column(default=True)
    created: Mapped[datetime] = mapped_column(Moment, default=now)


class AccountSession(Model):
    """One browser in which somebody is signed in; signing out deletes it, so that no copy of its cookie lives on.

    Only a digest of what the cookie holds is stored, and nothing of the browser or its address.
    """

    __tablename__ = "account_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    expires: Mapped[datetime] = mapped_column(Moment)
    """It ends then even if somebody uses it all the time; without use it ends sooner, by the cookie's own date."""


class AccountLink(Model):
    """A one-time link: to join with a role, or to choose a new password. Only a digest of it is stored."""

    __tablename__ = "account_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    purpose: Mapped[str] = mapped_column(String(5))
    role: Mapped[str] = mapped_column(String(10), default="")
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    expires: Mapped[datetime] = mapped_column(Moment)


class Team(Model):
    """A team and the manager whose it is."""

    __tablename__ = "team"

    id: Mapped[int] = mapped_column(primary_key=True)
    manager_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    work_mode: Mapped[str] = mapped_column(String(10))
    together_since: Mapped[str | None] = mapped_column(String(7))
    """The month in which it began, as in 2025-03."""
    language: Mapped[str] = mapped_column(String(2), default="en")
    done: Mapped[list[str]] = mapped_column(JSON, default=list)
    adopted: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    """The agreement templates that it works by, each with the day on which it was agreed, empty where nobody knows."""
    created: Mapped[datetime] = mapped_column(Moment, default=now)
    rounds: Mapped[list[Round]] = relationship(
        back_populates="team", order_by="Round.number", cascade="all, delete-orphan", passive_deletes=True
    )


class Round(Model):
    """One run of questionnaires for a team: open, then closed and frozen."""

    __tablename__ = "round"
    __table_args__ = (UniqueConstraint("team_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id", ondelete="CASCADE"))
    number: Mapped[int]
    state: Mapped[str] = mapped_column(String(6), default="open")
    groups: Mapped[dict[str, Any]] = mapped_column(JSON)
    """For each group that is asked: its questionnaire, and how many were invited (or None)."""
    asked: Mapped[dict[str, str] | None] = mapped_column(JSON, deferred=True)
    """What each group is asked, written down when the round began, since the content may change; long, so read late.

    None for rounds from before that was kept.
    """
    facts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """What was known of the team when the round was closed."""
    minimum: Mapped[int] = mapped_column(default=5)
    received: Mapped[int] = mapped_column(default=0)
    """Counts sheets, and is what sending and closing both write first, so that they never happen at once."""
    opened: Mapped[datetime] = mapped_column(Moment, default=now)
    closes: Mapped[datetime] = mapped_column(Moment)
    closed: Mapped[datetime | None] = mapped_column(Moment)
    team_link: Mapped[str] = mapped_column(String(43), default="")
    """The secret of the team's read-only link to the result; empty until it is shared."""
    team: Mapped[Team] = relationship(back_populates="rounds")

    @property
    def is_open(self) -> bool:
        """Tell whether answers are still taken."""
        return self.state == "open"


class RoundLink(Model):
    """A link by which people answer an open round: one for a whole group, or one a person. Deleted at closing."""

    __tablename__ = "round_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"), index=True)
    group: Mapped[str] = mapped_column("respondents", String(10))
    token: Mapped[str] = mapped_column(String(43), unique=True)
    name: Mapped[str] = mapped_column(String(254), default="")
    """Whose it is, for a personal link; empty for the link of a whole group."""
    used: Mapped[bool] = mapped_column(default=False)
    """Whether its one answer has come; always false for the link of a whole group."""

    @property
    def personal(self) -> bool:
        """Tell whether it is one person's."""
        return bool(self.name)


class Sheet(Model):
    """One respondent's answers in an open round: no name, no link, no time, no language.

    Its id is a digest of a random word that the respondent's device made, so that sending twice stores once. The
    table has no order of its own in SQLite; at closing the rows are rewritten in random order and deleted.
    """

    __tablename__ = "sheet"
    __table_args__ = ({"sqlite_with_rowid": False},)

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"), index=True)
    group: Mapped[str] = mapped_column("respondents", String(10))
    answers: Mapped[dict[str, int]] = mapped_column(JSON)


class GroupSheets(Model):
    """All answers of one group in a closed round, as one frozen text of sheets in random order."""

    __tablename__ = "group_sheets"
    __table_args__ = (UniqueConstraint("round_id", "respondents"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"))
    group: Mapped[str] = mapped_column("respondents", String(10))
    sheets: Mapped[bytes] = mapped_column(LargeBinary)


class Event(Model):
    """What somebody did to accounts, rounds or content; never what anybody answered."""

    __tablename__ = "event"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment, default=now, index=True)
    account_id: Mapped[int | None]
    who: Mapped[str] = mapped_column(String(254))
    what: Mapped[str] = mapped_column(String(40))
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id", ondelete="SET NULL"), index=True)
    """Which team it was done to; its name is read where it is shown, so that an old or erased one stays nowhere."""
    subject: Mapped[str] = mapped_column(Text, default="")
    """What else it was done to; never a team's name."""
    team: Mapped[Team | None] = relationship()

    @property
    def told(self) -> str:
        """Give what it was done to in words: the team as it is called today, and the rest."""
        return " · ".join(each for each in (self.team.name if self.team else "", self.subject) if each)
