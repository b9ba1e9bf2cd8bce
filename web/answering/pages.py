"""The pages on which people answer: by link, without an account, nothing stored until they send."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from web.answering.asking import Asking, asking_of, speak
from web.answering.invitations import Invitation, invitation_for
from web.answering.mark import is_marked, marked
from web.rounds.sheets import send
from web.security import digest, limiter

pages: Final = Blueprint("answering", __name__, template_folder="templates")

Answer = str | Response


def _not_sending() -> bool:
    return request.form.get("go") != "send"


def _link() -> str:
    return digest(request.path)


@pages.route("/a/<token>", methods=["GET", "POST"])
@limiter.limit("240/minute")
@limiter.limit("120/minute", exempt_when=_not_sending)
@limiter.limit("60/minute;300/hour", key_func=_link, exempt_when=_not_sending)
def begin(token: str) -> Answer:
    """Answer a round's questions, step by step."""
    language = speak(request.form)
    invitation = invitation_for(token)
    if not isinstance(invitation, Invitation):
        return render_template("answering/end.html", why=invitation)
    if is_marked():
        return render_template("answering/already.html", invitation=invitation)
    asking = asking_of(request.form, invitation.questionnaire, language)
    return _sent(invitation, asking) if asking.sending else asking.page(invitation.occasion)


def _sent(invitation: Invitation, asking: Asking) -> Answer:
    personal, way_back = invitation.link.personal, invitation.way_back  # before sending, which may find the link gone
    result = send(invitation.link, asking.key, asking.rated) if asking.rated else "empty"
    if result in ("taken", "taken-before"):
        before, thanks = result == "taken-before", invitation.thanks
        page = render_template("answering/thanks.html", before=before, thanks=thanks, way_back=way_back)
        return page if personal else marked(page, invitation.closes)
    return render_template("answering/end.html", why="replaced" if result == "used" and not personal else result)
