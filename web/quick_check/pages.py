"""The quick check's pages, for anybody."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, render_template, request, url_for
from werkzeug.wrappers import Response

from web.answering.asking import asking_of
from web.content import library
from web.quick_check.one_view import view_of
from web.security import limiter
from web.translations import _, language

pages: Final = Blueprint("quick_check", __name__, template_folder="templates")


@pages.route("/quick-check", methods=["GET", "POST"])
@limiter.limit("120/minute")
def begin() -> str | Response:
    """Answer the quick check, and see what one's own answers suggest."""
    questionnaire = library().questionnaires["quick-check"]
    asking = asking_of(request.form, questionnaire, language())
    if asking.sending and asking.answers:
        return render_template("quick_check/view.html", view=view_of(questionnaire, asking.answers, language()))
    return asking.page(url_for("quick_check.begin"), _("Quick check"))
