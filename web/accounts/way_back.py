"""The way back for somebody whom no admin can help, such as the only admin: a link that the operator makes."""

from __future__ import annotations

from flask import Flask

from engine.errors import PelikirjaError
from web.accounts.accounts import found_by, make_link, nobody_yet
from web.database.connection import db


def way_back(app: Flask, address: str) -> str:
    """Make a link for a new password, and give its path; it works also where too many wrong passwords were tried.

    Args:
        app: with its database up to date; it needs no content.
        address: by which the account signs in.

    Raises:
        PelikirjaError: there is no such account, or it is closed.
    """
    with app.app_context():
        account = found_by(address)
        if account is None:
            first = "; start the server, which prints a link that makes the first account" if nobody_yet() else ""
            raise PelikirjaError(f"there is no account with the address “{address}”{first}")
        if not account.active:
            raise PelikirjaError(f"the account with the address “{address}” is closed; an admin can open it again")
        token = make_link("reset", account=account)
        db.session.commit()
        return f"/reset/{token}"
