"""Makes the application: settings, database, content, safety, and the packages of pages."""

from __future__ import annotations

from flask import Flask, render_template
from flask_bootstrap import Bootstrap5
from werkzeug.exceptions import HTTPException

from web import content, security, translations
from web.accounts import pages as accounts
from web.accounts.signing_in import init_signing_in
from web.database.connection import connect
from web.front import pages as front
from web.settings import Settings

PAGES = (front.pages, accounts.pages)
"""The packages of pages, each a blueprint with its templates beside it."""


def create_app(settings: Settings) -> Flask:
    """Make an application; the database is reached on the first request, and must be up to date by then.

    Args:
        settings: what the operator decides.

    Raises:
        ProblemsFound: the content has errors.
    """
    app = Flask(__name__)
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
    translations.init_translations(app)
    init_signing_in(app)
    for pages in PAGES:
        app.register_blueprint(pages)
    app.register_error_handler(HTTPException, _failed)
    return app


def _failed(error: HTTPException) -> tuple[str, int]:
    """Say in plain words what went wrong, and what to do."""
    return render_template("error.html", code=error.code or 500), error.code or 500
