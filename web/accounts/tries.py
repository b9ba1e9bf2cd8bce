"""How often a password may be tried for one account, from wherever that is done; the right one costs nothing."""

from __future__ import annotations

from math import ceil
from typing import Final

from flask import Response, current_app, request
from flask_login import current_user

from web.security import digest, limiter
from web.settings import Settings

AN_HOUR: Final = 20
"""So many wrong passwords an account takes in an hour, of up to four workers together; a link to choose a new one works
even then."""
FEWEST: Final = 5
"""So many it takes in each worker, however many there are: a person mistypes."""
SIGN_IN: Final = "accounts.sign_in"
"""The one view where the address of the account is typed."""


def _most() -> str:
    """Give this worker's part, since each of them counts by itself."""
    settings: Settings = current_app.config["PELIKIRJA"]
    return f"{max(ceil(AN_HOUR / settings.workers), FEWEST)}/hour"


def _whose() -> str:
    """Give the account whose password is tried, as a digest: of the address typed to sign in, else of who is signed in.

    Elsewhere no field of the form counts: whoever tries could put another address into it each time.
    """
    if request.endpoint == SIGN_IN:
        return digest(request.form.get("email", "").strip().lower())
    account = getattr(current_user, "account", None)
    return digest(account.email if account else "")


def _wrong(response: Response) -> bool:
    """Tell whether the form is shown again."""
    return response.status_code == 200


limit_tries: Final = limiter.shared_limit(
    _most, "password", key_func=_whose, methods=["POST"], deduct_when=_wrong
)  # fmt: skip
"""Decorates the views that ask for a password."""
