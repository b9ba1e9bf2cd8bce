"""Accounts: passwords, one-time links, and what an admin does."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.exc import IntegrityError

from web.accounts.passwords import Hash, hashed, is_right
from web.accounts.sessions import end_all
from web.database.connection import db, let_go, reading
from web.database.models import Account, AccountLink, Event, LinkPurpose, Role, now
from web.events import record
from web.security import digest

LINK_DAYS: Final = 7


def account_for(email: str, password: str) -> Account | None:
    """Give the account that an address and a password open, None where they open none.

    What the present transaction read is read again afterwards: nobody has to wait while a password is checked.
    """
    known = _known(email, password)
    return _still(*known) if known else None


def change_own_password(email: str, old: str, new: str) -> Account | None:
    """Give a new password to whoever knows the old one; None, and nothing changed, where they do not."""
    known = _known(email, old)
    if known is None:
        return None
    password = hashed(new)
    account = _still(*known)
    if account:
        change_password(account, password)
    return account


def _known(email: str, password: str) -> tuple[int, str] | None:
    """Give an account's id and what is stored of its password, where it is that one, and end the transaction."""
    with reading():
        found = db.session.execute(select(Account.id, Account.password).where(Account.email == _plain(email)))
        id_, stored = found.one_or_none() or (0, None)
    let_go()
    return (id_, stored) if is_right(password, stored) and stored else None


def _still(id_: int, stored: str) -> Account | None:
    """Give an account, unless it was closed or its password changed while that was checked."""
    same = (Account.id == id_, Account.password == stored, Account.active)
    return db.session.scalar(select(Account).where(*same).with_for_update())


def change_password(account: Account, password: Hash) -> None:
    """Give an account a new password; every session that it had ends, and every link to choose a new one."""
    account.password = password
    end_all(account)
    _forget_links(account)
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
    return link if link and link.expires > now() and _is_for_somebody(link) else None


def _is_for_somebody(link: AccountLink) -> bool:
    """Tell whether a link is nobody's yet, or of an account that may be used."""
    account = db.session.get(Account, link.account_id) if link.account_id else None
    return account is None or account.active


def join(link: AccountLink, email: str, name: str, password: Hash, language: str) -> Account | None:
    """Make an account by a link, once; None where the address has one already, be it from the same moment.

    Whoever joins first uses up every other link to be admin: each start of an empty server had printed one.
    """
    if _whose(email) is not None:
        return None
    account = Account(
        email=_plain(email), name=name.strip(), role=link.role, language=language, password=password
    )  # fmt: skip
    used = AccountLink.id == link.id
    db.session.execute(delete(AccountLink).where(or_(used, AccountLink.role == "admin") if nobody_yet() else used))
    db.session.add(account)
    if not _is_alone():
        return None
    record("joined", account.email)
    return account


def reset(link: AccountLink, password: Hash) -> Account:
    """Choose a new password by a link, once."""
    account = db.session.get_one(Account, link.account_id)
    change_password(account, password)
    return account


def found_by(email: str) -> Account | None:
    """Give the account that signs in by an address."""
    return db.session.scalar(select(Account).where(Account.email == _plain(email)))


def everyone() -> Sequence[Account]:
    """Give every account, by name."""
    return db.session.scalars(select(Account).order_by(Account.name, Account.id)).all()


def nobody_yet() -> bool:
    """Tell whether there is no account at all."""
    return not db.session.scalar(select(func.count()).select_from(Account))


def switch(account: Account, active: bool) -> None:
    """Let an account be used, or no longer; its sessions end, and its links to choose a new password with them."""
    account.active = active
    end_all(account)
    _forget_links(account)
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
    if not _is_alone():
        return False
    db.session.execute(update(Event).where(Event.account_id == account.id).values(who=after))
    db.session.execute(update(Event).where(Event.subject == before).values(subject=after))
    record("account-corrected", after)
    return True


def _forget_links(account: Account) -> None:
    db.session.execute(delete(AccountLink).where(AccountLink.account_id == account.id))


def forget_old_links() -> None:
    """Delete links that are too old to be used."""
    db.session.execute(delete(AccountLink).where(AccountLink.expires < now()))


def _is_alone() -> bool:
    """Tell whether nobody took the same address at the same moment; otherwise nothing is changed."""
    try:
        db.session.flush()
    except IntegrityError:
        db.session.rollback()
        return False
    return True


def _whose(email: str) -> int | None:
    return db.session.scalar(select(Account.id).where(Account.email == _plain(email)))


def _plain(email: str) -> str:
    return email.strip().lower()
