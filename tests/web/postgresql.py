"""A PostgreSQL server of the tests' own, from the installed binaries; tests that want it are skipped without them."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, text

DEBIAN = Path("/usr/lib/postgresql")


def binaries() -> Path | None:
    """Give the folder of initdb and pg_ctl, the newest there is; None where PostgreSQL is not installed."""
    on_path = shutil.which("initdb")
    found = [Path(on_path).parent] if on_path else sorted(DEBIAN.glob("*/bin"), key=lambda each: int(each.parent.name))
    return found[-1] if found and (found[-1] / "initdb").exists() else None


def as_owner() -> list[str]:
    """Give what begins a command when root runs the tests: PostgreSQL does not run as root."""
    return ["runuser", "-u", "nobody", "--"] if os.geteuid() == 0 else []


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """Give the URL of a server that runs while the tests do, reached by a socket only."""
    found = binaries()
    if found is None:
        pytest.skip("PostgreSQL is not installed (Debian: apt install postgresql)")
    with TemporaryDirectory(prefix="pg") as name:
        folder = Path(name)
        data = folder / "data"
        data.mkdir()
        if os.geteuid() == 0:
            for each in (folder, data):
                shutil.chown(each, "nobody")
        run = [*as_owner(), str(found / "pg_ctl"), "-D", str(data), "-s", "-w"]
        initdb = [str(found / "initdb"), "-D", str(data), "-U", "pelikirja", "-A", "trust", "-N", "-E", "UTF8"]
        subprocess.run([*as_owner(), *initdb], check=True, capture_output=True)
        options = f"-k {folder} -c listen_addresses='' -c fsync=off"
        subprocess.run([*run, "-l", str(data / "log"), "-o", options, "start"], check=True, capture_output=True)
        try:
            yield f"postgresql+psycopg://pelikirja@/postgres?host={folder}"
        finally:
            subprocess.run([*run, "-m", "immediate", "stop"], check=True, capture_output=True)


@pytest.fixture
def new_database(postgresql: str) -> Callable[[], str]:
    """Give a way to make an empty database, which gives its URL."""

    def make() -> str:
        name = f"t{uuid4().hex}"
        engine = create_engine(postgresql, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        engine.dispose()
        return postgresql.replace("/postgres?", f"/{name}?")

    return make
