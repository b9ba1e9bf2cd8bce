"""How answers travel: compressed, and files that are the same for everybody fetched once."""

from __future__ import annotations

import gzip
import hashlib
import io
import secrets
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from flask import Flask, Response, current_app, request

from web.security import is_file

COMPRESSED: Final = {"text/html", "text/css", "text/javascript", "application/json", "image/svg+xml"}
SMALLEST: Final = 500
"""So many bytes and fewer travel as they are."""
LEVEL: Final = 6
PADDING: Final = 100
YEAR: Final = 365 * 24 * 60 * 60


def init_delivery(app: Flask) -> None:
    """Let an application compress what it answers, and name its files so that browsers may keep them."""
    app.url_defaults(_name_version)
    app.after_request(_travel_light)


def version_of(endpoint: str, filename: str) -> str:
    """Give what tells one content of a file from another; empty where there is no such file.

    Args:
        endpoint: of static files, the application's or a blueprint's.
        filename: below its folder.
    """
    owner = current_app.blueprints[endpoint.partition(".")[0]] if "." in endpoint else current_app
    path = Path(owner.static_folder or "") / filename
    return _digest(path, path.stat().st_mtime_ns) if path.is_file() else ""


def _name_version(endpoint: str, values: dict[str, Any]) -> None:
    """Put a file's version into its address."""
    if endpoint.endswith("static") and "v" not in values:
        values["v"] = version_of(endpoint, values["filename"]) or None


@lru_cache(maxsize=256)
def _digest(path: Path, _changed: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def _travel_light(response: Response) -> Response:
    if is_file(response) and _asked_by_version():
        response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    if response.mimetype in COMPRESSED and response.status_code not in (206, 304):
        response.vary.add("Accept-Encoding")
        if request.accept_encodings["gzip"]:
            _compress(response, kept=is_file(response))
    return response


def _asked_by_version() -> bool:
    present = version_of(request.endpoint or "", (request.view_args or {})["filename"])
    return bool(present) and request.args.get("v") == present


def _compress(response: Response, *, kept: bool) -> None:
    response.direct_passthrough = False
    data = response.get_data()
    if len(data) <= SMALLEST:
        return
    response.set_data(_kept(data) if kept else _compressed(data, secrets.randbelow(PADDING)))
    response.content_encoding = "gzip"
    etag, _ = response.get_etag()
    if etag:
        response.set_etag(etag, weak=True)  # the same content in other bytes
    response.headers.pop("Accept-Ranges", None)


@lru_cache(maxsize=64)
def _kept(data: bytes) -> bytes:
    return _compressed(data, 0)


def _compressed(data: bytes, padding: int) -> bytes:
    """Compress; a name of random length in the header hides from who listens how well what they had put in fits.

    Without it the length of many answers could tell a form's token. (Palatucci & al. 2022, “Heal the Breach”; so does
    Django.)
    """
    made = io.BytesIO()
    with gzip.GzipFile(filename="x" * padding, mode="wb", compresslevel=LEVEL, fileobj=made, mtime=0) as file:
        file.write(data)
    return made.getvalue()
