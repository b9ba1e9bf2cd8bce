"""A PostgreSQL server of one's own, from the installed binaries; tests that want it are skipped without them."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
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


@contextmanager
def own_server(*, durable: bool) -> Iterator[str | None]:
    """Run a server of one's own, reached by a socket only; gone with all it holds afterwards.

    Args:
        durable: whether it waits for the disk, as a real one does. Tests need not; measurements must.

    Yields:
        The URL of its empty database; None where PostgreSQL is not installed.
    """
    found = binaries()
    if found is None:
        yield None
        return
    with TemporaryDirectory(prefix="pg") as name:
        data = _make_cluster(found, Path(name))
        ctl = [*as_owner(), str(found / "pg_ctl"), "-D", str(data), "-s", "-w"]
        options = f"-k {name} -c listen_addresses='' -c fsync={'on' if durable else 'off'}"
        subprocess.run([*ctl, "-l", str(data / "log"), "-o", options, "start"], check=True, capture_output=True)
        try:
            yield f"postgresql+psycopg://pelikirja@/postgres?host={name}"
        finally:
            stop = "fast" if durable else "immediate"
            subprocess.run([*ctl, "-m", stop, "stop"], check=True, capture_output=True)


def _make_cluster(found: Path, folder: Path) -> Path:
    """Make what a server keeps, owned by who will run it; give where it is."""
    data = folder / "data"
    data.mkdir()
    if as_owner():
        for each in (folder, data):
            shutil.chown(each, "nobody")
    initdb = [str(found / "initdb"), "-D", str(data), "-U", "pelikirja", "-A", "trust", "-N", "-E", "UTF8"]
    subprocess.run([*as_owner(), *initdb], check=True, capture_output=True)
    return data


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """Give the URL of a server that runs while the tests do."""
    with own_server(durable=False) as url:
        if url is None:
            pytest.skip("PostgreSQL is not installed (Debian: apt install postgresql)")
        yield url


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
