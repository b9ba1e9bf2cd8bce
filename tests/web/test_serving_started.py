"""The server started as an operator starts it, and visited."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.web.conftest import CSRF
from tests.web.operated import START, environment, free_port, pelikirja


@pytest.mark.slow
def test_content_with_errors_is_not_served(tmp_path: Path) -> None:
    """With an error in the content the server names file and line and ends with status 1, not trying for ever."""
    for folder in ("rules", "playbooks"):
        (tmp_path / "content" / folder).mkdir(parents=True)
    (tmp_path / "content" / "rules" / "wrong.yaml").write_text("rules: [{id: 1}]\n", encoding="utf-8")
    told = {"PELIKIRJA_CONTENT": str(tmp_path / "content"), "PELIKIRJA_CACHE": "off"}
    done = pelikirja("serve", "--folder", tmp_path, "--bind", f"127.0.0.1:{free_port()}", **told)
    assert done.returncode == 1
    assert "wrong.yaml:1:" in done.stderr
    assert "Traceback" not in done.stderr


class Browser:
    """Somebody at a real server.

    Args:
        address: of the server.
    """

    def __init__(self, address: str) -> None:
        self._address = address
        cookies = urllib.request.HTTPCookieProcessor(CookieJar())
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), cookies)

    def get(self, path: str) -> str:
        """Read a page."""
        with self._opener.open(self._address + path, timeout=30) as page:
            return str(page.read().decode())

    def post(self, path: str, **fields: str) -> str:
        """Send the form that stands on a page, and read what follows."""
        token = CSRF.search(self.get(path))
        assert token
        data = urlencode({**fields, "csrf_token": token[1]}).encode()
        with self._opener.open(self._address + path, data, timeout=30) as page:
            return str(page.read().decode())


@contextmanager
def served(folder: Path, *options: str) -> Iterator[tuple[str, list[str], Path]]:
    """Serve, and give the address, the lines that were printed, and the file of the log; then stop it politely."""
    bind, log = f"127.0.0.1:{free_port()}", folder.with_suffix(".log")
    command = [sys.executable, "-c", START, "serve", "--bind", bind, "--folder", str(folder), *options]
    told = environment(PELIKIRJA_CACHE=str(folder.with_suffix(".cache")))
    with log.open("w", encoding="utf-8") as errors, subprocess.Popen(
        command, env=told, stdout=subprocess.PIPE, stderr=errors, text=True
    ) as process:  # fmt: skip
        try:
            assert process.stdout
            lines = [process.stdout.readline()]
            wait_for(f"http://{bind}/ready")
            os.set_blocking(process.stdout.fileno(), False)
            yield f"http://{bind}", [*lines, *process.stdout], log
            process.send_signal(signal.SIGTERM)
            assert process.wait(30) == 0
        finally:
            process.kill()


def wait_for(address: str) -> None:
    """Wait until a server answers."""
    for _ in range(600):
        try:
            urllib.request.build_opener(urllib.request.ProxyHandler({})).open(address, timeout=30).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError(f"{address} does not answer")


@pytest.mark.slow
def test_the_first_person_gets_in_by_the_link_that_is_printed(tmp_path: Path) -> None:
    """A new server prints its address and a link by which an admin joins; with an account there is no link."""
    with served(tmp_path / "var") as (address, lines, _):
        assert lines[0].startswith(f"Pelikirja is open at {address}")
        link = re.search(rf"{address}(/join/[\w-]+)", "".join(lines))
        assert link
        password = "birch table and a good book"
        page = Browser(address).post(
            link[1], name="Anna", email="a@example.org", password=password, again=password
        )  # fmt: skip
        assert "Anna" in page
    with served(tmp_path / "var") as (_, lines, _):
        assert "/join/" not in "".join(lines)


@pytest.mark.slow
def test_the_sample_is_there_twice_in_a_row(tmp_path: Path) -> None:
    """With the sample a manager signs in as printed and reads two results; the second start prints the same way in."""
    with served(tmp_path / "var", "--sample") as (address, lines, log):
        [password] = re.findall(r"password (\S+)", "".join(lines))
        manager = Browser(address)
        assert "Nokka" in manager.post("/sign-in", email="manager@example.org", password=password)
        assert "Nothing has clearly changed" not in manager.get("/rounds/2/result")
        assert all("Start here" in manager.get(f"/rounds/{number}/result") for number in (1, 2))
        for email in ("coach@example.org", "admin@example.org"):
            assert "Sign out" in Browser(address).post("/sign-in", email=email, password=password)
    with served(tmp_path / "var", "--sample") as (address, again, _):
        assert password in "".join(again)
        assert "Nokka" in Browser(address).post("/sign-in", email="manager@example.org", password=password)
    told = log.read_text(encoding="utf-8")
    routes = [json.loads(line).get("route") for line in told.splitlines()]
    assert {"/ready", "/sign-in", "/teams"} <= set(routes)
    assert not re.search(r"example\.org|127\.0\.0\.1|Maija|Nokka", told)
