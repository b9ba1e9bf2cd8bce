"""Makes the application: settings, database, content, safety, and the packages of pages."""

from __future__ import annotations

import traceback
from typing import Any

from flask import Flask, render_template, request
from flask.globals import request_ctx
from flask_bootstrap import Bootstrap5
from werkzeug.exceptions import HTTPException

from web import content, delivery, security, translations
from web.accounts import pages as accounts
from web.accounts.signing_in import as_nobody, init_signing_in
from web.answering import pages as answering
from web.coaches import pages as coaches
from web.data import pages as data
from web.database.connection import connect
from web.front import pages as front
from web.quick_check import pages as quick_check
from web.results import pages as results
from web.rounds import pages as rounds
from web.settings import Settings
from web.teams import pages as teams

PAGES = (
    front.pages,
    accounts.pages,
    data.pages,
    teams.pages,
    rounds.pages,
    answering.pages,
    quick_check.pages,
    results.pages,
    coaches.pages,
)
"""The packages of pages, each a blueprint with its templates beside it."""


class Pelikirja(Flask):
    """A Flask application whose log holds nothing that anybody typed.

    The address of a personal link is as good as a name, and what a database says of a failed statement quotes its row.
    """

    def log_exception(self, exc_info: Any) -> None:
        """Write to the log on which page and in which line something went wrong, without its words."""
        kind, _, trace = exc_info
        lines = "".join(traceback.format_tb(trace))
        self.logger.error("%s on %s (%s)\n%s", kind.__name__, request.endpoint, request.method, lines)


def create_app(settings: Settings) -> Flask:
    """Make an application; the database is reached on the first request, and must be up to date by then.

    Args:
        settings: what the operator decides.

    Raises:
        ProblemsFound: the content has errors.
    """
    app = Pelikirja(__name__)
    app.config.update(SECRET_KEY=settings.secret_key, PELIKIRJA=settings)
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    Bootstrap5(app)
    app.config["BOOTSTRAP_SERVE_LOCAL"] = True
    connect(app, settings.database_url)
    content.load_content(app, settings.content)
    security.secure(
        app, cookies=settings.secure, limits=settings.limits, proxies=settings.proxies,
        session_seconds=settings.session_seconds,
    )  # fmt: skip
    delivery.init_delivery(app)
    translations.init_translations(app)
    init_signing_in(app)
    for pages in PAGES:
        app.register_blueprint(pages)
    app.register_error_handler(HTTPException, _failed)
    return app


def _failed(error: HTTPException) -> tuple[str, int] | HTTPException:
    """Say in plain words what went wrong, and what to do; that needs no database, which may be what went wrong."""
    code = error.code or 500
    if request_ctx.url_adapter is None:
        return error  # the request names no host that can be, so no page can be linked
    if code >= 500:
        as_nobody()
    return render_template("error.html", code=404 if code == 405 else code), code
