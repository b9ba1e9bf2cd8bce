"""The front page, the language, and whether the server is well."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.wrappers import Response

from web.accounts.accounts import nobody_yet
from web.accounts.signing_in import choose_language
from web.content import adviser, library
from web.database.connection import db
from web.security import limiter, way_on
from web.translations import LANGUAGES

pages: Final = Blueprint("front", __name__, template_folder="templates")

Answer = str | Response

HOMES: Final = {"manager": "teams.mine", "coach": "coaches.rules"}
"""Where each role begins."""


@pages.get("/")
def home() -> Answer:
    """Explain in one screen what this is, or lead on whoever is signed in."""
    if current_user.is_authenticated:
        return redirect(url_for(HOMES.get(current_user.role, "accounts.admin")))
    quick = library().questionnaires.get("quick-check")
    return render_template("front/home.html", nobody=nobody_yet(), questions=len(quick.all_questions) if quick else 0)


@pages.post("/language/<chosen>")
@limiter.limit("60/minute")
def language(chosen: str) -> Answer:
    """Remember the reader's language."""
    if chosen not in LANGUAGES:
        abort(404)
    choose_language(chosen)
    return redirect(way_on(request.form.get("back"), url_for("front.home")))


@pages.get("/privacy")
def privacy() -> Answer:
    """Say what is and is not promised to those who answer."""
    return render_template("front/privacy.html")


@pages.get("/health")
@limiter.exempt
def health() -> dict[str, object]:
    """Say that the process answers, with what content, and whether the evaluators have agreed."""
    return {"status": "ok", "release": library().digest, "reasoner": adviser().reasoner.mode}


@pages.get("/ready")
@limiter.exempt
def ready() -> tuple[dict[str, str], int]:
    """Say whether the database is reached."""
    try:
        db.session.execute(text("SELECT 1"))
    except SQLAlchemyError:
        return {"status": "the database is not reached"}, 503
    return {"status": "ok"}, 200
