"""The server's log: what happened, and nothing about people."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import structlog
from flask import Flask
from flask.testing import FlaskClient

from web import logs, serving


@pytest.fixture
def log() -> Iterator[StringIO]:
    """Give what the server's log writes, and put pytest's own logging back."""
    before, level, stream = logging.root.handlers[:], logging.root.level, StringIO()
    logs.set_up(stream)
    yield stream
    logging.root.handlers[:] = before
    logging.root.setLevel(level)
    structlog.reset_defaults()
    for name in logs.TOLD:
        logging.getLogger(name).setLevel(logging.NOTSET)


def events(log: StringIO) -> list[dict[str, Any]]:
    """Read the lines that were written."""
    return [json.loads(line) for line in log.getvalue().splitlines()]


def test_a_request_is_told_by_its_pattern(app: Flask, client: FlaskClient, log: StringIO) -> None:
    """The log tells method, pattern, status and milliseconds of a request; nothing of its address, query or cookies."""
    logs.log_requests(app)
    client.get("/a/secret-of-a-personal-link?from=maija")
    client.post("/language/fi", data={"back": "/"})
    client.get("/no/such/page/of/maija")
    told = events(log)
    assert [(each["method"], each["route"], each["status"]) for each in told] == [
        ("GET", "/a/<token>", 200), ("POST", "/language/<chosen>", 400), ("GET", "-", 404),
    ]  # fmt: skip
    assert all(set(each) == {"event", "level", "logger", "at", "method", "route", "status", "ms"} for each in told)


def test_an_exception_is_told_without_its_words(log: StringIO) -> None:
    """Whoever logs an exception, the log has its kind and the lines of code, but nothing that was in it."""
    try:
        raise ValueError("maija@example.org said 2")
    except ValueError:
        logging.getLogger("some.library").exception("it failed")
        structlog.get_logger("web.x").exception("so did this")
    told = events(log)
    assert [(each["event"], each["error"]) for each in told] == [
        ("it failed", "ValueError"), ("so did this", "ValueError"),
    ]  # fmt: skip
    assert all("test_logs.py" in each["where"] for each in told)
    assert "maija@example.org said" not in json.dumps([{**each, "where": ""} for each in told])


def test_the_server_itself_tells_no_address(log: StringIO, tmp_path: Path) -> None:
    """What gunicorn says of a bad request or a failure names neither who asked nor for what."""
    settings = serving.settings_for("127.0.0.1:0", tmp_path, {})
    own = logs.ServerLog(serving.Server(settings, "127.0.0.1:0", 1).cfg)
    own.warning("Invalid request from ip=192.0.2.7: Invalid HTTP request line: 'GET /a/secret'")
    own.exception("Error handling request %s %s", "GET", "/a/secret")
    own.warning("Worker (pid:%s) was sent SIGKILL", 17)
    assert [each["event"] for each in events(log)] == [
        "Invalid request", "Error handling request", "Worker (pid:17) was sent SIGKILL",
    ]  # fmt: skip


def test_what_libraries_say_at_length_is_not_told(log: StringIO) -> None:
    """Libraries are heard from warnings on: what Flask-Limiter says of a limit names an address."""
    logging.getLogger("flask-limiter").info("ratelimit 10 per 1 minute (192.0.2.7) exceeded")
    logging.getLogger("web.app").info("ours")
    assert [each["event"] for each in events(log)] == ["ours"]
