"""The pages of results: read, explained, tried out, put into practice, shared with the team."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from web.accounts.signing_in import only
from web.database.models import now
from web.results import plan
from web.results.explaining import Explainer
from web.results.forms import WhatIfForm
from web.results.helped import deeds
from web.results.reading import Reading
from web.results.results import advice_beside, advice_of, before, is_kept, my_closed, shared_round
from web.results.suiting import agreement_of, offered, play_of
from web.rounds.rounds import my_round
from web.security import limiter
from web.teams.teams import latest_closed
from web.translations import _

pages: Final = Blueprint("results", __name__, template_folder="templates")

Answer = str | Response | tuple[str, int]


@pages.get("/rounds/<int:id_>/result")
@only("manager")
def result(id_: int) -> Answer:
    """Read the result of a closed round; there is nothing to read before it is closed."""
    made = my_round(id_)
    if made.is_open:
        return render_template("results/not_yet.html", round=made, over=made.closes <= now()), 404
    earlier = before(made)
    reading = Reading(advice_beside(made, earlier, "manager"), is_kept(made))
    return render_template(
        "results/result.html", round=made, reading=reading, latest=latest_closed(made.team), before=earlier,
        deeds=deeds(reading.presenter, made, earlier),
    )  # fmt: skip


@pages.get("/r/<token>")
@limiter.limit("120/minute")
def team(token: str) -> Answer:
    """Read a result as its team: without anything about the manager's answers."""
    made = shared_round(token)
    earlier = before(made)
    reading = Reading(advice_beside(made, earlier, "team"), is_kept(made))
    return render_template(
        "results/team.html", round=made, reading=reading, before=earlier, deeds=deeds(reading.presenter, made, earlier)
    )


@pages.get("/rounds/<int:id_>/why")
@only("manager")
def nearest(id_: int) -> Answer:
    """See what was nearest to being found, but was not; and ask about any play."""
    made = my_closed(id_)
    presenter = advice_of(made, "manager")
    grounds = list(Explainer(presenter).nearest())
    return render_template("results/nearest.html", round=made, grounds=grounds, reading=Reading(presenter))


@pages.get("/rounds/<int:id_>/why/<about>")
@only("manager")
def why(id_: int, about: str) -> Answer:
    """See why a play or finding is there, or is not."""
    made = my_closed(id_)
    presenter = advice_of(made, "manager")
    explanation = Explainer(presenter).of(about)
    if explanation is None:
        abort(404)
    return render_template("results/why.html", round=made, explanation=explanation, reading=Reading(presenter))


@pages.get("/rounds/<int:id_>/what-if")
@limiter.limit("60/minute")
@only("manager")
def what_if(id_: int) -> Answer:
    """Try what would change if a score were another; nothing is kept."""
    made = my_closed(id_)
    presenter = advice_of(made, "manager")
    form = WhatIfForm.about(presenter)
    return render_template("results/what_if.html", round=made, form=form, tried=form.tried(presenter))


@pages.get("/rounds/<int:id_>/plays/<play>")
@only("manager")
def play(id_: int, play: str) -> Answer:
    """Read a play as it is for this team."""
    made = my_closed(id_)
    found = play_of(advice_of(made, "manager"), play) or abort(404)
    return render_template("results/play.html", round=made, play=found, latest=latest_closed(made.team))


@pages.get("/rounds/<int:id_>/plays/<play>/run")
@only("manager")
def run(id_: int, play: str) -> Answer:
    """Run a play: its steps in large type, to tick off."""
    made = my_closed(id_)
    found = play_of(advice_of(made, "manager"), play) or abort(404)
    return render_template("results/run.html", round=made, play=found)


@pages.post("/rounds/<int:id_>/plays/<play>/done")
@only("manager")
def done(id_: int, play: str) -> Answer:
    """Keep that the team has done a play."""
    plan.mark_done(my_closed(id_), play, True)
    flash(_("Well done. It is kept as done, and the next round shows whether it helped."), "success")
    return redirect(url_for("results.play", id_=id_, play=play))


@pages.post("/rounds/<int:id_>/plays/<play>/not-done")
@only("manager")
def not_done(id_: int, play: str) -> Answer:
    """Keep that the team has not done a play after all."""
    plan.mark_done(my_closed(id_), play, False)
    return redirect(url_for("results.play", id_=id_, play=play))


@pages.get("/rounds/<int:id_>/agreements")
@only("manager")
def agreements(id_: int) -> Answer:
    """See the agreement templates: those that suit this team first."""
    made = my_closed(id_)
    suiting, others = offered(advice_of(made, "manager"), made.team.adopted)
    return render_template("results/agreements.html", round=made, suiting=suiting, others=others)


@pages.get("/rounds/<int:id_>/agreements/<template>")
@only("manager")
def agreement(id_: int, template: str) -> Answer:
    """Read an agreement template filled in for this team, or print it as a poster."""
    made = my_closed(id_)
    found = agreement_of(advice_of(made, "manager"), template, made.team.adopted) or abort(404)
    return render_template("results/agreement.html", round=made, agreement=found, latest=latest_closed(made.team))


@pages.post("/rounds/<int:id_>/agreements/<template>/adopt")
@only("manager")
def adopt(id_: int, template: str) -> Answer:
    """Keep that the team has adopted a template."""
    plan.adopt(my_closed(id_), template, True)
    flash(_("It is kept that your team works by this. Look at it again together on the review day."), "success")
    return redirect(url_for("results.agreement", id_=id_, template=template))


@pages.post("/rounds/<int:id_>/agreements/<template>/drop")
@only("manager")
def drop(id_: int, template: str) -> Answer:
    """Keep that the team no longer works by a template."""
    plan.adopt(my_closed(id_), template, False)
    flash(_("It is kept that your team no longer works by this."), "success")
    return redirect(url_for("results.agreement", id_=id_, template=template))


@pages.post("/rounds/<int:id_>/share")
@only("manager")
def share(id_: int) -> Answer:
    """Make the team's link to a result."""
    plan.share(my_closed(id_))
    return redirect(url_for("results.result", id_=id_, _anchor="share"))


@pages.post("/rounds/<int:id_>/take-back")
@only("manager")
def take_back(id_: int) -> Answer:
    """Take the team's link back."""
    plan.take_back(my_closed(id_))
    flash(_("The link is taken back. It opens nothing any more."), "success")
    return redirect(url_for("results.result", id_=id_))
