"""The server's log: one line an event, JSON unless a person watches, and nothing about people in it.

A request is told by its method and the pattern of its address, never by the address itself, which may be a personal
link; whoever asked is not told at all. Of an exception the kind and the lines of code are told, never its words, which
may quote what somebody typed.
"""

from __future__ import annotations

import logging
import sys
import traceback
from time import perf_counter
from typing import Any, Final, TextIO

import structlog
from flask import Flask, Response, g, request, request_finished, request_started
from gunicorn.glogging import Logger
from structlog.typing import EventDict, Processor

TOLD: Final = ("engine", "web")
"""Whose lines are told from *info* on; everybody else's from *warning* on."""
_requests: Final = structlog.stdlib.get_logger("web.requests")


def set_up(stream: TextIO | None = None) -> None:
    """Send every log of this process to one stream: for people where that is a terminal, as JSON elsewhere.

    Args:
        stream: standard error unless another is named.
    """
    stream = stream or sys.stderr
    before: list[Processor] = [
        structlog.stdlib.add_log_level, structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"), _without_words,
    ]  # fmt: skip
    shown = structlog.dev.ConsoleRenderer() if stream.isatty() else structlog.processors.JSONRenderer()
    structlog.configure(
        processors=[*before, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(), wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )  # fmt: skip
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=before, processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, shown]
        )
    )
    logging.root.handlers[:] = [handler]
    logging.root.setLevel(logging.WARNING)
    for name in TOLD:
        logging.getLogger(name).setLevel(logging.INFO)


def log_requests(app: Flask) -> None:
    """Let an application tell each request when it is answered."""
    request_started.connect(_begun, app)
    request_finished.connect(_answered, app)


def _begun(_: Flask, **__: object) -> None:
    g.begun = perf_counter()


def _answered(_: Flask, response: Response, **__: object) -> None:
    if (request.endpoint or "").endswith("static") and response.status_code < 400:
        return  # files that are the same for everybody
    rule = request.url_rule.rule if request.url_rule else "-"
    taken = round((perf_counter() - g.begun) * 1000, 1)
    _requests.info("request", method=request.method, route=rule, status=response.status_code, ms=taken)


def _without_words(_: object, __: str, event: EventDict) -> EventDict:
    """Tell of an exception what kind it was and where it happened."""
    raised = event.pop("exc_info", None)
    if raised is True:
        raised = sys.exc_info()
    if isinstance(raised, tuple) and raised[0]:
        event["error"], event["where"] = raised[0].__name__, "".join(traceback.format_tb(raised[2]))
    return event


class ServerLog(Logger):
    """Gunicorn's own log: into the same stream, without the addresses that it would tell."""

    def setup(self, cfg: Any) -> None:
        """Hand what is told on to ``set_up``'s handler."""
        super().setup(cfg)
        self.error_log.propagate = True

    def warning(self, msg: object, *args: object, **kwargs: Any) -> None:
        """Warn, but not about whose request it was."""
        super().warning(str(msg).partition(" from ip=")[0], *args, **kwargs)

    def exception(self, msg: object, *args: object, **kwargs: Any) -> None:
        """Tell an exception, but not on which address."""
        super().exception(str(msg).partition("%s")[0].strip(), **kwargs)

    def _set_handler(self, *_: object, **__: object) -> None:
        """Have no handler of its own."""
