"""Every setting of the web front end, read from the environment in one place."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from engine.errors import PelikirjaError

DAY: Final = 24 * 60 * 60
THREADS: Final = 8
"""So many requests a process answers at once, each with a connection of its own to the database."""
LONGEST: Final = 20
"""No number has so many digits."""
SHORTEST_SECRET: Final = 32
FEWEST_CHARACTERS: Final = 8
"""So many different ones; of 32 hexadecimal digits by chance, one in thirty million has fewer."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the operator decides.

    Args:
        database_url: SQLite or PostgreSQL, as SQLAlchemy writes it.
        secret_key: signs cookies and forms; whoever has it can be anyone.
        content: the folder with ``rules/`` and ``playbooks/``; None for the built-in ones.
        public_url: what links in messages begin with; empty for the address of the request.
        secure: whether cookies travel over HTTPS only.
        proxies: how many proxies stand before the server; their headers tell who asks.
        session_seconds: how long somebody stays signed in without doing anything.
        retention_days: how long the answers of a closed round are kept.
        limits: whether requests are limited.
        workers: how many processes serve; each counts for its limits by itself.
        time_zone: in which days end and dates are shown, by its name.
    """

    database_url: str = field(repr=False)
    secret_key: str = field(repr=False)
    content: Path | None = None
    public_url: str = ""
    secure: bool = True
    proxies: int = 0
    session_seconds: int = DAY // 2
    retention_days: int = 800
    limits: bool = True
    workers: int = 1
    time_zone: str = "Europe/Helsinki"

    @classmethod
    def from_environment(cls, folder: Path, environment: Mapping[str, str] = os.environ) -> Settings:
        """Read the settings; what is not set is kept in a folder, made when it is first needed.

        Args:
            folder: for the database and the secret, where the environment names no others.
            environment: ``DATABASE_URL`` and the variables that begin with ``PELIKIRJA_``.

        Raises:
            PelikirjaError: a value cannot be, or the folder cannot be written to.
        """
        get = environment.get
        content = get("PELIKIRJA_CONTENT")
        return cls(
            database_url=get("DATABASE_URL") or f"sqlite:///{_made(folder).absolute() / 'pelikirja.sqlite'}",
            secret_key=_strong(get("PELIKIRJA_SECRET_KEY") or "", "PELIKIRJA_SECRET_KEY") or _secret(folder),
            content=Path(content) if content else None,
            public_url=get("PELIKIRJA_PUBLIC_URL", "").rstrip("/"),
            secure=get("PELIKIRJA_INSECURE") != "1",
            proxies=_number(environment, "PELIKIRJA_PROXIES", 0, most=10),
            session_seconds=_number(environment, "PELIKIRJA_SESSION_SECONDS", DAY // 2, most=366 * DAY),
            retention_days=_number(environment, "PELIKIRJA_RETENTION_DAYS", 800, most=36_500),
            time_zone=_zone(environment, "PELIKIRJA_TIME_ZONE", "Europe/Helsinki"),
        )


def _made(folder: Path) -> Path:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise PelikirjaError(f"{folder}: cannot be made: {error.strerror}; name another with --folder") from error
    return folder


def _secret(folder: Path) -> str:
    """Read the folder's secret, made where there is none: whole or not at all, whoever else makes it meanwhile."""
    path = _made(folder) / "secret"
    if not path.exists():
        with NamedTemporaryFile("w", encoding="ascii", dir=folder) as file:  # nobody else can read it
            file.write(secrets.token_urlsafe(48))
            file.flush()
            with suppress(FileExistsError):
                os.link(file.name, path)
    return _strong(path.read_text(encoding="utf-8").strip() or "-", str(path))


def _strong(secret: str, where: str) -> str:
    """Give a secret that cannot be guessed, or none at all.

    Raises:
        PelikirjaError: it is too short, or the same characters again and again.
    """
    if secret and (len(secret) < SHORTEST_SECRET or len(set(secret)) < FEWEST_CHARACTERS):
        raise PelikirjaError(
            f"{where} can be guessed: it has to have {SHORTEST_SECRET} characters or more, by chance; make one with: "
            "python3 -c 'import secrets; print(secrets.token_urlsafe(48))'"
        )
    return secret


def _number(environment: Mapping[str, str], name: str, usual: int, *, most: int) -> int:
    value = environment.get(name, "")
    if not value:
        return usual
    if not (value.isascii() and value.isdecimal() and len(value) < LONGEST and int(value) <= most):
        raise PelikirjaError(f"{name} is a whole number from 0 to {most}, not “{value}”")
    return int(value)


def _zone(environment: Mapping[str, str], name: str, usual: str) -> str:
    """Give the name of a time zone that this machine knows; no other would do when a round closes."""
    value = environment.get(name) or usual
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise PelikirjaError(
            f"{name} is the name of a time zone that this machine knows, such as Europe/Helsinki or UTC, not “{value}”"
            "; where it knows none, install tzdata"
        ) from error
    return value
