"""The quick check's pages, for anybody."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, abort, render_template, request, url_for
from werkzeug.wrappers import Response

from web.answering.asking import Occasion, asking_of, speak
from web.content import library
from web.quick_check.one_view import view_of
from web.security import limiter
from web.translations import _

pages: Final = Blueprint("quick_check", __name__, template_folder="templates")


@pages.route("/quick-check", methods=["GET", "POST"])
@limiter.limit("120/minute")
def begin() -> str | Response:
    """Answer the quick check, and see what one's own answers suggest."""
    language = speak(request.form)
    questionnaire = library().questionnaires.get("quick-check")
    if questionnaire is None:
        abort(404)
    asking = asking_of(request.form, questionnaire, language)
    if asking.sending and asking.answers:
        return render_template("quick_check/view.html", view=view_of(questionnaire, asking.answers, language))
    return asking.page(_occasion())


def _occasion() -> Occasion:
    promise = _("Nothing is stored on the server, and what your answers suggest is shown to you alone.")
    return Occasion(url_for("quick_check.begin"), _("Try it yourself"), promise, stays=False)
