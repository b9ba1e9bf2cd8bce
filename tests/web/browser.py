"""A real browser against a real server: Debian's chromium, and an application on a port of its own."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from flask import Flask
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright
from werkzeug.serving import ThreadedWSGIServer, WSGIRequestHandler

PHONE: Final = ViewportSize(width=320, height=720)
"""The narrowest that pages fit."""
ARGUMENTS: Final = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run",
)  # fmt: skip


class Handler(WSGIRequestHandler):
    """Answers without a word in the log, and does not wait long on a connection that a browser opened beforehand."""

    timeout = 5

    def log(self, type: str, message: str, *args: object) -> None:
        """Say nothing."""


class Server(ThreadedWSGIServer):
    """Waits, when it is closed, for whoever is still being answered: nothing is open after that, no database either."""

    daemon_threads = False


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """Serve an application; give its address."""
    server = Server("127.0.0.1", 0, app, handler=Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def chromium() -> Iterator[Browser]:
    """Give the system's browser, or skip the test where there is none; a thread can drive one only."""
    path = shutil.which("chromium")
    if path is None:
        pytest.skip("there is no chromium here (Debian: apt install chromium)")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield opened
        opened.close()


SETTLED: Final = """async () => {
  await document.fonts.ready;
  for (const each of document.getAnimations()) each.finish();
}"""
"""Takes what moves to its end, rather than wait for it: where no picture is drawn, nothing moves."""


def settled(page: Page) -> None:
    """Wait until a page is loaded with its style sheets and fonts, and nothing on it changes its colour any more."""
    page.wait_for_load_state("load")
    page.evaluate(SETTLED)


def violations(page: Page, rules: Sequence[str] = ()) -> list[str]:
    """Give what axe finds wrong with a page.

    Args:
        page: which; axe is put into it once.
        rules: by which of axe's rules; without any, by all.
    """
    settled(page)
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    options = {"resultTypes": ["violations"], **({"runOnly": rules} if rules else {})}
    found = page.evaluate("options => axe.run(options)", options)["violations"]
    return [f"{each['id']}: {node['html'][:120]}" for each in found for node in each["nodes"]]


def overflows(page: Page) -> bool:
    """Tell whether a page is wider than its window."""
    return bool(page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))
