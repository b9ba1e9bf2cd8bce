"""The server as an operator has it: its commands, and what it is told."""

from __future__ import annotations

import re
import socket
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import click
import pytest
from click.testing import CliRunner
from sqlalchemy import text

from engine.errors import PelikirjaError
from tests.web.operated import ROOT, START, free_port, pelikirja
from web import binding, cli, serving
from web.database.connection import db

PAGE: Final = (ROOT / "docs" / "operators.md").read_text(encoding="utf-8")


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
    given = (each for command in commands().values() for each in command.params if isinstance(each, click.Option))
    options = {name for each in given for name in each.opts}
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


@pytest.mark.parametrize("bind", ["8237", "localhost", ":8000", "127.0.0.1:", "127.0.0.1:70000",
                                  "::1:8000", "http://127.0.0.1:8000", "a b:8000", "", "unix:"])  # fmt: skip
def test_what_is_no_address_is_told_in_one_sentence(tmp_path: Path, bind: str) -> None:
    """A port alone, or anything else that is no address to listen at, ends the start at once and makes nothing."""
    for more in ([], ["--sample"]):
        said = CliRunner().invoke(cli.main, ["serve", "--bind", bind, "--folder", str(tmp_path / "var"), *more])
        assert said.exit_code == 1
        assert re.fullmatch(r"error: --bind (has to be an address and a port|needs the path of)[^\n]+\n", said.output)
    assert not (tmp_path / "var").exists()


@pytest.mark.parametrize(
    ("bind", "why"),
    [("192.0.2.1:8000", "Cannot assign requested address"), ("no-such-host.invalid:8000", "[Nn]ame"),
     ("unix:/nowhere/at/all.sock", "there is no folder /nowhere/at")],
)  # fmt: skip
def test_where_the_server_cannot_listen_is_told_in_one_sentence(tmp_path: Path, bind: str, why: str) -> None:
    """Another machine's address, a name that nobody has and a folder that is not there are told with the reason."""
    said = CliRunner().invoke(cli.main, ["serve", "--bind", bind, "--folder", str(tmp_path)])
    assert said.exit_code == 1
    assert re.fullmatch(rf"error: the server cannot listen at {re.escape(bind)}: .*{why}.*\n", said.output)


def test_a_port_in_use_is_told_in_one_sentence(tmp_path: Path) -> None:
    """Where another server listens already, that is said at once."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        bind = f"127.0.0.1:{other.getsockname()[1]}"
        said = CliRunner().invoke(cli.main, ["serve", "--bind", bind, "--folder", str(tmp_path)])
    assert (said.exit_code, said.output) == (1, f"error: the server cannot listen at {bind}: Address already in use\n")


@pytest.mark.parametrize("bind", ["127.0.0.1:{}", "localhost:{}", "0.0.0.0:{}", "unix:{}/pelikirja.sock"])
def test_where_the_server_can_listen_is_taken(tmp_path: Path, bind: str) -> None:
    """Addresses of this machine and a socket in a folder that is there are no mistakes."""
    at = bind.format(tmp_path if bind.startswith("unix") else free_port())
    binding.check(at)
    binding.try_to_listen(at)


def test_ipv6_is_an_address() -> None:
    """An address of IPv6 stands in brackets."""
    for at in ("[::1]:8000", "[::]:8000"):
        binding.check(at)


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


@pytest.mark.parametrize("elsewhere", [False, True])
def test_nobody_else_can_read_the_database(tmp_path: Path, elsewhere: bool) -> None:
    """SQLite's file and those beside it are the owner's alone, also in a folder that everybody reads."""
    tmp_path.chmod(0o755)
    url = {"DATABASE_URL": f"sqlite:////{tmp_path}/pelikirja.sqlite"} if elsewhere else {}
    app = serving.up_to_date(serving.settings_for("127.0.0.1:8000", tmp_path, url))
    with app.app_context():
        db.session.execute(text("DELETE FROM event"))
        db.session.commit()
        modes = {each.name: each.stat().st_mode & 0o777 for each in tmp_path.glob("pelikirja.sqlite*")}
        db.engine.dispose()
    assert modes == dict.fromkeys(["pelikirja.sqlite", "pelikirja.sqlite-wal", "pelikirja.sqlite-shm"], 0o600)


def test_settings_do_not_tell_their_secrets(tmp_path: Path) -> None:
    """Whatever prints the settings, neither the key nor the database's password is in it."""
    told = {"DATABASE_URL": "postgresql://p:hush@db.example/p", "PELIKIRJA_SECRET_KEY": "abcdefgh" * 6}
    shown = repr(serving.settings_for("127.0.0.1:8000", tmp_path, told))
    assert "hush" not in shown
    assert "abcdefgh" not in shown


@pytest.mark.parametrize("url", ["postgresql://nobody@127.0.0.1:1/nothing", "sqlite:////nowhere/at/all.sqlite", "x:y"])
def test_a_database_that_cannot_be_used_is_told_in_words(tmp_path: Path, url: str) -> None:
    """A database that is not there ends the start with one sentence and status 1, without a trace."""
    done = pelikirja("migrate", "--folder", tmp_path, DATABASE_URL=url)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("error: the database cannot be used: ")
    assert "Traceback" not in done.stderr
