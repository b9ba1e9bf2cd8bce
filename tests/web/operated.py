"""The command as an operator runs it: in a process of its own, told nothing but what a test tells it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
START: Final = "from web.cli import main; main(prog_name='pelikirja')"


def environment(**more: str) -> dict[str, str]:
    """Give an environment in which nothing is set but what a test sets."""
    kept = {key: value for key, value in os.environ.items() if key != "DATABASE_URL" and "PELIKIRJA" not in key}
    return {**kept, "PYTHONPATH": str(ROOT), **more}


def pelikirja(*typed: object, code: str = START, **more: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own."""
    command = [sys.executable, "-c", code, *map(str, typed)]
    return subprocess.run(command, env=environment(**more), capture_output=True, text=True, check=False, timeout=60)


def free_port() -> int:
    """Give a port of this machine that nobody listens at."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port
