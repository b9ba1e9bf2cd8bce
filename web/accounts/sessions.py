"""Sessions: one for each browser in which somebody is signed in; signing out ends it, also in a copy of its cookie."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Final

from sqlalchemy import Delete, delete, func, select

from web.database.connection import db
from web.database.models import Account, AccountSession, now
from web.security import digest

LONGEST: Final = timedelta(days=14)
"""A session ends after so long even if somebody uses it all the time; a stolen one must not live for ever."""


def begin(account: Account) -> str:
    """Begin a session, and give the secret by which its browser goes on with it."""
    token = secrets.token_urlsafe(32)
    db.session.execute(_of(account).where(AccountSession.expires < now()))
    db.session.add(AccountSession(digest=digest(token), account_id=account.id, expires=now() + LONGEST))
    return token


def account_of(token: str) -> Account | None:
    """Give whose session a secret goes on with; None where it has ended or the account is closed."""
    mine = (AccountSession.digest == digest(token), AccountSession.expires > now(), Account.active)
    return db.session.scalar(select(Account).join(AccountSession).where(*mine))


def end(token: str) -> None:
    """End one session."""
    db.session.execute(delete(AccountSession).where(AccountSession.digest == digest(token)))


def end_all(account: Account, but: str = "") -> None:
    """End an account's sessions.

    Args:
        account: whose.
        but: the secret of one that goes on.
    """
    db.session.execute(_of(account).where(AccountSession.digest != digest(but)))


def others(account: Account, token: str) -> int:
    """Give in how many other browsers somebody is signed in, as far as their cookies are still there."""
    here = AccountSession.digest == digest(token)
    mine = (AccountSession.account_id == account.id, AccountSession.expires > now(), ~here)
    return db.session.scalar(select(func.count()).select_from(AccountSession).where(*mine)) or 0


def forget_old() -> None:
    """Delete sessions that have ended by themselves."""
    db.session.execute(delete(AccountSession).where(AccountSession.expires < now()))


def _of(account: Account) -> Delete:
    return delete(AccountSession).where(AccountSession.account_id == account.id)
