"""What every answer of the server carries, and what every request must: headers, nonces, limits, safe ways on."""

from __future__ import annotations

import hashlib
import secrets
from ipaddress import IPv6Address, ip_address
from typing import Final
from urllib.parse import urlsplit

from flask import Flask, Response, abort, current_app, g, request
from flask_limiter import Limiter
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from web.settings import Settings

csrf: Final = CSRFProtect()
limiter: Final = Limiter(lambda: asker(request.remote_addr), storage_uri="memory://", headers_enabled=False)

MAX_REQUEST: Final = 256 * 1024
HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
HALF: Final = 64
"""Bits of an IPv6 address that whoever has it chooses at will."""
YEAR: Final = 365 * 24 * 60 * 60


def secure(app: Flask, *, cookies: bool, limits: bool, proxies: int, session_seconds: int) -> None:
    """Make an application safe by default.

    Args:
        app: the application.
        cookies: whether cookies travel over HTTPS only.
        limits: whether requests are limited.
        proxies: how many proxies stand before the server.
        session_seconds: how long somebody stays signed in without doing anything.
    """
    app.config.update(
        MAX_CONTENT_LENGTH=MAX_REQUEST,
        MAX_FORM_MEMORY_SIZE=MAX_REQUEST,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=cookies,
        SESSION_COOKIE_NAME="__Host-pelikirja" if cookies else "pelikirja",
        PERMANENT_SESSION_LIFETIME=session_seconds,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,  # it asks for the Referer that our pages tell browsers not to send
        RATELIMIT_ENABLED=limits,
    )
    if proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies)  # type: ignore[method-assign]
    csrf.init_app(app)
    limiter.init_app(app)
    app.before_request(_refuse_nul)
    app.jinja_env.globals.update(nonce=nonce, outside=outside)
    app.after_request(_headers)


def asker(address: str | None) -> str:
    """Give by what whoever asks is counted: an IPv4 address, or the first half of one of IPv6, which one household has.

    Args:
        address: from where it is asked; what is none is counted as one.
    """
    try:
        found = ip_address(address or "")
    except ValueError:
        return "elsewhere"
    if not isinstance(found, IPv6Address):
        return str(found)
    return str(found.ipv4_mapped or IPv6Address(int(found) >> HALF << HALF))


def nonce() -> str:
    """Give this answer's nonce, made when a template first asks for it."""
    if "nonce" not in g:
        g.nonce = secrets.token_urlsafe(16)
    made: str = g.nonce
    return made


def _refuse_nul() -> None:
    """Refuse what no browser sends and PostgreSQL cannot store, before it is looked up anywhere."""
    said = (request.path, *request.args.values(), *(each for _, each in request.form.items(multi=True)))
    if any("\0" in each for each in said):
        abort(400)


def _headers(response: Response) -> Response:
    script = f"'nonce-{g.nonce}'" if "nonce" in g else "'none'"
    response.headers.setdefault(
        "Content-Security-Policy",
        f"default-src 'none'; script-src {script}; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    )
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.is_secure:
        response.headers.setdefault("Strict-Transport-Security", f"max-age={YEAR}")
    if not is_file(response):
        response.headers.setdefault("Cache-Control", "no-store")
    return response


def is_file(response: Response) -> bool:
    """Tell whether an answer is a file that is the same for everybody."""
    named = (request.endpoint or "").split(".")[-1] == "static"
    return named and request.method in ("GET", "HEAD") and response.status_code < 400


def outside(path: str) -> str:
    """Give the address of a path, to hand on: it begins as the operator says, where they do, not as a request does.

    Args:
        path: of this site, from its beginning.
    """
    settings: Settings = current_app.config["PELIKIRJA"]
    return (settings.public_url or request.host_url.rstrip("/")) + path


def digest(secret: str) -> str:
    """Give what is stored, or counted, of a secret that somebody else holds."""
    return hashlib.sha256(secret.encode()).hexdigest()


def way_on(wanted: str | None, otherwise: str) -> str:
    """Give where to go next: a path of this site, never another site's address.

    Args:
        wanted: what the request asks for.
        otherwise: a path of this site.
    """
    try:
        parts = urlsplit(wanted or "")
    except ValueError:  # as for an address that begins like one of IPv6
        return otherwise
    own = wanted and wanted.startswith("/") and not parts.netloc and not parts.scheme and "\\" not in wanted
    return wanted if own and wanted and not wanted.startswith("//") else otherwise
