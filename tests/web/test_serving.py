"""The server as an operator has it: its commands, what it is told, started, and looked after."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

import click
import pytest
from click.testing import CliRunner
from flask import Flask

from engine.errors import PelikirjaError
from tests.web import making
from tests.web.conftest import CSRF
from web import cli, serving, upkeep
from web.accounts import accounts
from web.database.connection import db
from web.database.models import Account, AccountLink, GroupSheets, Round, RoundLink, now

ROOT: Final = Path(__file__).parents[2]
PAGE: Final = (ROOT / "docs" / "operators.md").read_text(encoding="utf-8")
START: Final = "from web.cli import main; main(prog_name='pelikirja')"


def environment(**more: str) -> dict[str, str]:
    """Give an environment in which nothing is set but what a test sets."""
    kept = {key: value for key, value in os.environ.items() if key != "DATABASE_URL" and "PELIKIRJA" not in key}
    return {**kept, "PYTHONPATH": str(ROOT), **more}


def pelikirja(*typed: object, code: str = START, **more: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own."""
    command = [sys.executable, "-c", code, *map(str, typed)]
    return subprocess.run(command, env=environment(**more), capture_output=True, text=True, check=False, timeout=60)


# --- the command ------------------------------------------------------------------------------------------------------


def test_help_names_every_command_and_loads_none() -> None:
    """``pelikirja --help`` names the engine's commands and the server's, and loads neither Flask nor gunicorn."""
    code = f"import atexit, sys; atexit.register(lambda: print('flask' in sys.modules)); {START}"
    done = pelikirja("--help", code=code)
    assert done.stdout.endswith("False\n")
    assert all(re.search(rf"^  {name} ", done.stdout, re.MULTILINE) for name in (*cli.COMMANDS, "advise", "new"))


def test_without_the_packages_of_the_pages_it_says_how_to_install_them() -> None:
    """Where only the engine's packages are installed, ``serve`` names what is missing, and ``check`` still works."""
    bare = f"import sys; sys.modules['flask'] = None; {START}"
    done = pelikirja("serve", code=bare)
    assert done.returncode == 1
    assert "pip install 'pelikirja[web]' (flask is missing)" in done.stderr
    assert pelikirja("schema", "rules", code=bare).returncode == 0


def test_a_mistyped_command_is_asked_back() -> None:
    """The server's commands are offered to somebody who nearly typed one."""
    assert "Did you mean “serve”?" in CliRunner().invoke(cli.main, ["sreve"]).output


def commands() -> dict[str, click.Command]:
    """Give the server's commands by name."""
    found = {name: cli.main.get_command(click.Context(cli.main), name) for name in cli.COMMANDS}
    return {name: each for name, each in found.items() if each}


def test_every_command_and_option_is_on_the_operators_page() -> None:
    """Each command has an example on the page, each option an explanation, and no option is made up."""
    options = {each for command in commands().values() for option in command.params for each in option.opts}
    assert set(commands()) == set(cli.COMMANDS)
    assert all(re.search(rf"^(.*/)?pelikirja {name}\b", PAGE, re.MULTILINE) for name in cli.COMMANDS)
    assert all(f"`{option}" in PAGE for option in options)
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", PAGE)) <= options


def test_every_setting_is_on_the_operators_page() -> None:
    """Each variable that is read has its row on the page, and the page names no other."""
    read = (ROOT / "web" / "settings.py").read_text(encoding="utf-8")
    variables = set(re.findall(r'"(DATABASE_URL|PELIKIRJA_[A-Z_]+)"', read)) | {"PELIKIRJA_CACHE"}
    assert len(variables) > 8
    assert set(re.findall(r"^\| `(\w+)`", PAGE, re.MULTILINE)) == variables


# --- what it is told --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("bind", "told", "secure"),
    [
        ("127.0.0.1:8000", {}, False),
        ("localhost:8000", {}, False),
        ("[::1]:8000", {}, False),
        ("127.0.0.1:8000", {"PELIKIRJA_PROXIES": "1"}, True),
        ("127.0.0.1:8000", {"PELIKIRJA_PUBLIC_URL": "https://pelikirja.example"}, True),
        ("127.0.0.1:8000", {"PELIKIRJA_INSECURE": "0"}, True),
        ("0.0.0.0:8000", {}, True),
        ("unix:/run/pelikirja.sock", {}, True),
        ("0.0.0.0:8000", {"PELIKIRJA_INSECURE": "1"}, False),
    ],
)
def test_cookies_travel_over_http_only_on_this_machine(
    tmp_path: Path, bind: str, told: Mapping[str, str], secure: bool
) -> None:
    """Cookies do without HTTPS only where nobody else reaches the server, or the operator says so."""
    assert serving.settings_for(bind, tmp_path, told).secure is secure


def test_a_sample_is_for_this_machine_only(tmp_path: Path) -> None:
    """The sample, whose password is printed, is never open to others, and never in somebody's real database."""
    with pytest.raises(PelikirjaError, match="this machine only"):
        serving.settings_for("0.0.0.0:8000", tmp_path, {}, with_sample=True)
    told = {"DATABASE_URL": "postgresql://db.example/real", "PELIKIRJA_PUBLIC_URL": "https://pelikirja.example"}
    settings = serving.settings_for("127.0.0.1:8000", tmp_path, told, with_sample=True)
    assert settings.database_url == f"sqlite:///{tmp_path / 'pelikirja.sqlite'}"
    assert not settings.public_url


def test_several_workers_need_postgresql(tmp_path: Path) -> None:
    """Two processes are not started on SQLite."""
    done = pelikirja("serve", "--workers", 2, "--folder", tmp_path)
    assert done.returncode == 1
    assert done.stderr.strip() == "error: several workers need PostgreSQL; set DATABASE_URL, or serve with one worker"


@pytest.mark.parametrize("secret", ["k", "a short one", "k" * 64, "abc" * 20])
def test_a_secret_that_can_be_guessed_is_refused(tmp_path: Path, secret: str) -> None:
    """A short or repetitive secret ends the start with one sentence that says how to make a good one."""
    done = pelikirja("migrate", "--folder", tmp_path, PELIKIRJA_SECRET_KEY=secret)
    assert done.returncode == 1
    assert done.stderr.startswith("error: PELIKIRJA_SECRET_KEY can be guessed: it has to have 32 characters or more")
    command = done.stderr.strip().partition("make one with: ")[2]
    made = subprocess.run(command, shell=True, capture_output=True, text=True, check=True).stdout.strip()  # noqa: S602  # as an operator would
    settings = serving.settings_for("127.0.0.1:8000", tmp_path, {"PELIKIRJA_SECRET_KEY": made})
    assert settings.secret_key == made


def test_the_folders_secret_is_made_once(tmp_path: Path) -> None:
    """It is kept, only the owner can read it, nothing else is left beside it, and a damaged one is told, not used."""
    first, second = (serving.settings_for("127.0.0.1:8000", tmp_path, {}).secret_key for _ in range(2))
    assert first == second
    assert [each.name for each in tmp_path.iterdir()] == ["secret"]
    assert (tmp_path / "secret").stat().st_mode & 0o077 == 0
    (tmp_path / "secret").write_text("", encoding="ascii")
    with pytest.raises(PelikirjaError, match="secret can be guessed"):
        serving.settings_for("127.0.0.1:8000", tmp_path, {})


@pytest.mark.parametrize("url", ["postgresql://nobody@127.0.0.1:1/nothing", "sqlite:////nowhere/at/all.sqlite", "x:y"])
def test_a_database_that_cannot_be_used_is_told_in_words(tmp_path: Path, url: str) -> None:
    """A database that is not there ends the start with one sentence and status 1, without a trace."""
    done = pelikirja("migrate", "--folder", tmp_path, DATABASE_URL=url)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("error: the database cannot be used: ")
    assert "Traceback" not in done.stderr


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


# --- the server -------------------------------------------------------------------------------------------------------


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


def free_port() -> int:
    """Give a port of this machine that nobody listens at."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


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


# --- what is looked after ---------------------------------------------------------------------------------------------


def test_due_rounds_are_closed_and_old_things_forgotten(app: Flask, account: Any) -> None:
    """A round whose time is over is closed with its facts and without links; old answers and links are deleted."""
    account("manager", "m@example.org")
    with app.app_context():
        team = making.make_team("m@example.org")
        old, due = making.answered_round(team), making.open_round(team)
        making.answer(due, "members", *[making.sheet("members", 3)] * 5)
        db.session.get_one(Round, old).closed = now() - timedelta(days=900)
        db.session.get_one(Round, due).closes = now() - timedelta(minutes=1)
        accounts.make_link("join", "coach")
        db.session.query(AccountLink).update({"expires": now() - timedelta(days=1)})
        open_one = making.open_round(making.make_team("m@example.org", "Muut"))
        db.session.commit()
    assert upkeep.close_due(app) == upkeep.Done(closed=1, forgotten=1)
    assert upkeep.close_due(app) == upkeep.Done(closed=0, forgotten=0)
    with app.app_context():
        assert db.session.get_one(Round, due).facts["size"] == 8
        assert db.session.get_one(Round, open_one).is_open
        assert {each.round_id for each in db.session.query(GroupSheets)} == {due}
        assert {each.round_id for each in db.session.query(RoundLink)} == {open_one}
        assert not db.session.query(AccountLink).count()
        assert db.session.query(Account).count() == 1


def test_migrate_and_close_due_work_on_a_new_folder(tmp_path: Path) -> None:
    """Both commands make the database where there is none, say what they did, and can be run again."""
    folder = str(tmp_path / "var")
    for _ in range(2):
        assert CliRunner().invoke(cli.main, ["migrate", "--folder", folder]).output == "The database is up to date.\n"
        done = CliRunner().invoke(cli.main, ["close-due", "--folder", folder])
        assert done.output == "Rounds closed: 0. Rounds whose answers were forgotten: 0.\n"
    assert (tmp_path / "var").stat().st_mode & 0o077 == 0
