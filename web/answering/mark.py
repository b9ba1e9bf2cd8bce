"""A mark on a device that answers have been sent from it, so that nobody answers twice by mistake.

It is a cookie which only that link's own page gets to see, and the browser forgets it when the round closes. It knows
neither who answered nor what, the server stores nothing of it, and whoever shares a device can pass it by.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from flask import Response, current_app, make_response, request

NAME: Final = "pelikirja-sent"
ANOTHER: Final = "another"
"""Stands in the address of somebody who says that they are not who answered."""


def is_marked() -> bool:
    """Tell whether somebody opens a link by which this device has answered, and has not said that it was another."""
    return request.method in ("GET", "HEAD") and NAME in request.cookies and ANOTHER not in request.args


def marked(page: str, until: datetime) -> Response:
    """Give a page that marks the device it is shown on.

    Args:
        page: what is shown.
        until: when the round closes.
    """
    response = make_response(page)
    response.set_cookie(
        NAME, "1", expires=until, path=request.path, secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True, samesite="Lax",
    )  # fmt: skip
    return response
