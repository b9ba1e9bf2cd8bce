"""What an admin sets right about somebody: their name and address."""

from __future__ import annotations

from sqlalchemy import select, update

from web.accounts.accounts import plain
from web.database.connection import db
from web.database.models import Account, Event
from web.events import record


def correct(account: Account, name: str, email: str) -> bool:
    """Call somebody by another name or address, in the log too, so that no earlier address stays anywhere.

    Returns:
        Whether it was kept; an address that somebody else has is not.
    """
    before, after = account.email, plain(email)
    if db.session.scalar(select(Account.id).where(Account.email == after, Account.id != account.id)):
        return False
    account.name, account.email = name, after
    db.session.execute(update(Event).where(Event.account_id == account.id).values(who=after))
    db.session.execute(update(Event).where(Event.subject == before).values(subject=after))
    record("account-corrected", after)
    return True
