"""The pages on which people answer: by link, without an account, nothing stored until they send."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, abort, render_template, request, url_for
from werkzeug.wrappers import Response

from web.answering.asking import asking_of
from web.answering.screens import ratings
from web.content import library
from web.database.connection import db
from web.database.models import Round, RoundLink, now
from web.rounds.rounds import link_for
from web.rounds.sheets import send
from web.security import limiter
from web.translations import language

pages: Final = Blueprint("answering", __name__, template_folder="templates")

Answer = str | Response


@pages.route("/a/<token>", methods=["GET", "POST"])
@limiter.limit("240/minute")
def begin(token: str) -> Answer:
    """Answer a round's questions, step by step."""
    link = link_for(token)
    made = db.session.get(Round, link.round_id) if link else None
    # Whether a personal link has been used is told only to who sends: opening it must not show who has answered.
    if link is None or made is None or not made.is_open or made.closes <= now():
        return render_template("answering/end.html", why="closed")
    questionnaire = library().questionnaires.get(made.groups.get(link.group, {}).get("questionnaire", ""))
    if questionnaire is None:
        abort(404)
    asking = asking_of(request.form, questionnaire, language())
    if asking.sending:
        return _sent(link, asking.key, ratings(asking.answers), str(getattr(questionnaire.thanks, language(), "")))
    action = url_for("answering.begin", token=token)
    return asking.page(action, made.team.name, group=link.group)


def _sent(link: RoundLink, key: str, answers: dict[str, int], thanks: str) -> Answer:
    result = send(link, key, answers) if answers else "empty"
    if result in ("taken", "taken-before"):
        return render_template("answering/thanks.html", thanks=thanks)
    return render_template("answering/end.html", why=result)
