"""Accounts: passwords, one-time links, and what an admin does."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import timedelta
from functools import cache
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from sqlalchemy import delete, func, or_, select, update

from web.accounts.sessions import end_all
from web.database.connection import db
from web.database.models import Account, AccountLink, Event, LinkPurpose, Role, now
from web.events import record
from web.security import digest

SHORTEST_PASSWORD: Final = 12
LINK_DAYS: Final = 7


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


@cache
def _nobodys_password() -> str:
    """Give a hash to check against where there is no account, so that both take equally long."""
    return _hasher().hash(secrets.token_urlsafe(16))


def account_for(email: str, password: str) -> Account | None:
    """Give the account that an address and a password open, None where they open none."""
    account = db.session.scalar(select(Account).where(Account.email == _plain(email)))
    try:
        _hasher().verify(account.password if account else _nobodys_password(), password)
    except VerificationError:
        return None
    return account if account and account.active else None


def change_password(account: Account, password: str) -> None:
    """Give an account a new password; every session that it had ends, and every link to choose a new one."""
    account.password = _hasher().hash(password)
    end_all(account)
    db.session.execute(delete(AccountLink).where(AccountLink.account_id == account.id))
    record("password-changed", account.email)


def make_link(purpose: LinkPurpose, role: Role | None = None, account: Account | None = None) -> str:
    """Make a one-time link and give its secret, which is stored nowhere.

    Args:
        purpose: to join with a role, or to choose a new password.
        role: what the one who joins may do.
        account: whose password it resets.
    """
    token = secrets.token_urlsafe(24)
    db.session.add(
        AccountLink(
            digest=digest(token),
            purpose=purpose,
            role=role or "",
            account_id=account.id if account else None,
            expires=now() + timedelta(days=LINK_DAYS),
        )
    )
    record(f"{purpose}-link-made", account.email if account else role or "")
    return token


def link_for(token: str, purpose: LinkPurpose) -> AccountLink | None:
    """Give the link that a secret opens, None where it is unknown, used or too old; of two at once one must wait."""
    wanted = select(AccountLink).where(AccountLink.digest == digest(token), AccountLink.purpose == purpose)
    link = db.session.scalar(wanted.with_for_update())
    return link if link and link.expires > now() else None


def join(link: AccountLink, email: str, name: str, password: str, language: str) -> Account | None:
    """Make an account by a link, once; None where the address has one already.

    Whoever joins first uses up every other link to be admin: each start of an empty server had printed one.
    """
    if _whose(email) is not None:
        return None
    account = Account(
        email=_plain(email), name=name.strip(), role=link.role, language=language,
        password=_hasher().hash(password),
    )  # fmt: skip
    used = AccountLink.id == link.id
    db.session.execute(delete(AccountLink).where(or_(used, AccountLink.role == "admin") if nobody_yet() else used))
    db.session.add(account)
    record("joined", account.email)
    return account


def reset(link: AccountLink, password: str) -> Account:
    """Choose a new password by a link, once."""
    account = db.session.get_one(Account, link.account_id)
    change_password(account, password)
    return account


def everyone() -> Sequence[Account]:
    """Give every account, by name."""
    return db.session.scalars(select(Account).order_by(Account.name, Account.id)).all()


def nobody_yet() -> bool:
    """Tell whether there is no account at all."""
    return not db.session.scalar(select(func.count()).select_from(Account))


def switch(account: Account, active: bool) -> None:
    """Let an account be used, or no longer; its sessions end."""
    account.active = active
    end_all(account)
    record("account-opened" if active else "account-closed", account.email)


def correct(account: Account, name: str, email: str) -> bool:
    """Call somebody by another name or address, in the log too, so that no earlier address stays anywhere.

    Returns:
        Whether it was kept; an address that somebody else has is not.
    """
    before, after = account.email, _plain(email)
    if _whose(after) not in (None, account.id):
        return False
    account.name, account.email = name, after
    db.session.execute(update(Event).where(Event.account_id == account.id).values(who=after))
    db.session.execute(update(Event).where(Event.subject == before).values(subject=after))
    record("account-corrected", after)
    return True


def forget_old_links() -> None:
    """Delete links that are too old to be used."""
    db.session.execute(delete(AccountLink).where(AccountLink.expires < now()))


def _whose(email: str) -> int | None:
    return db.session.scalar(select(Account.id).where(Account.email == _plain(email)))


def _plain(email: str) -> str:
    return email.strip().lower()
