"""The server of the browser's tests leaves nothing running behind a test."""

from __future__ import annotations

import time
from threading import Event, Thread
from urllib.request import urlopen

from flask import Flask

from tests.web.browser import served


def test_closing_waits_for_whoever_is_being_answered() -> None:
    """After a server is closed no request uses the database any more, which would stay open behind the test."""
    app, begun, answered = Flask(__name__), Event(), Event()

    @app.get("/")
    def slow() -> str:
        begun.set()
        time.sleep(0.2)
        answered.set()
        return ""

    def ask(address: str) -> None:
        urlopen(address).close()

    with served(app) as address:
        asking = Thread(target=ask, args=(address,))
        asking.start()
        begun.wait()
    assert answered.is_set()
    asking.join()
