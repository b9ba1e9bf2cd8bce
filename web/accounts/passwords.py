"""Passwords: what is stored of them, and whether one is right. Both take long on purpose, so nobody waits meanwhile."""

from __future__ import annotations

import secrets
from functools import cache
from typing import Final, NewType

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

SHORTEST: Final = 12

Hash = NewType("Hash", str)
"""What is stored of a password."""


def hashed(password: str) -> Hash:
    """Give what is stored of a password; in a page no transaction may be open meanwhile."""
    return Hash(_hasher().hash(password))


def is_right(password: str, stored: str | None) -> bool:
    """Tell whether a password is the one of which something is stored; where nothing is, that takes equally long.

    Args:
        password: as it was typed.
        stored: None where there is no account.
    """
    try:
        _hasher().verify(stored or _nobodys(), password)
    except VerificationError:
        return False
    return stored is not None


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


@cache
def _nobodys() -> Hash:
    """Give a hash to check against where there is no account."""
    return hashed(secrets.token_urlsafe(16))
