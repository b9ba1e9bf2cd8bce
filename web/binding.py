"""Where the server listens: ``ADDRESS:PORT``, ``[IPv6]:PORT`` or ``unix:PATH``."""

from __future__ import annotations

import ipaddress
import re
import socket
from pathlib import Path
from typing import Final

from engine.errors import PelikirjaError

UNIX: Final = "unix:"
HOST_AND_PORT: Final = re.compile(r"(?:\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+):(?P<port>[0-9]{1,5})")
HIGHEST_PORT: Final = 65535


def check(bind: str) -> None:
    """Check that an address has the form of one.

    Raises:
        PelikirjaError: it has not.
    """
    if bind.startswith(UNIX):
        if not Path(bind.removeprefix(UNIX)).name:
            raise PelikirjaError("--bind needs the path of a socket after unix:, such as unix:/run/pelikirja.sock")
        return
    found = HOST_AND_PORT.fullmatch(bind)
    if not found or int(found["port"]) > HIGHEST_PORT:
        raise PelikirjaError(
            "--bind has to be an address and a port, such as 127.0.0.1:8000 or [::1]:8000, or unix: and a path; "
            f"“{bind}” is neither"
        )


def try_to_listen(bind: str) -> None:
    """See whether the server can listen there now; gunicorn would try for five seconds, and say so in many lines.

    Args:
        bind: where; it has been checked.

    Raises:
        PelikirjaError: it cannot.
    """
    if bind.startswith(UNIX):
        folder = Path(bind.removeprefix(UNIX)).parent
        if not folder.is_dir():
            raise PelikirjaError(f"the server cannot listen at {bind}: there is no folder {folder}")
        return
    host, _, port = bind.rpartition(":")
    try:
        with socket.socket(socket.AF_INET6 if host.startswith("[") else socket.AF_INET) as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            tried.bind((host.strip("[]"), int(port)))
    except OSError as error:
        raise PelikirjaError(f"the server cannot listen at {bind}: {error.strerror}") from error


def is_only_here(bind: str) -> bool:
    """Tell whether only this machine reaches an address."""
    host = bind.rpartition(":")[0].strip("[]")
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
