"""The pages of rounds."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from web.accounts.signing_in import only
from web.database.models import Round
from web.rounds import mending, personal, rounds, sharing
from web.rounds.choices import earlier
from web.rounds.forms import MoveForm, PersonalForm, RoundForm
from web.rounds.sheets import counts
from web.teams.teams import latest, my_team
from web.translations import _, day

pages: Final = Blueprint("rounds", __name__, template_folder="templates")

Answer = str | Response


@pages.route("/teams/<int:id_>/rounds/new", methods=["GET", "POST"])
@only("manager")
def new(id_: int) -> Answer:
    """Choose what a round asks, whom and until when, and start it."""
    team = my_team(id_)
    last = latest(team)
    if last and not rounds.close_if_due(last):
        flash(_("This round is still open. Close it before you start another."), "info")
        return redirect(url_for("rounds.round", id_=last.id))
    form = RoundForm.about(team)
    if form.validate_on_submit():
        made = rounds.start(team, form.plan())
        return redirect(url_for("rounds.round", id_=made.id) if made else url_for("teams.team", id_=id_))
    return render_template("rounds/new.html", form=form, team=team, earlier=earlier(team))


@pages.get("/rounds/<int:id_>", endpoint="round")
@only("manager")
def see(id_: int) -> Answer:
    """See how many have answered an open round, and share its links; a closed one leads to its result."""
    made = rounds.my_round(id_)
    if rounds.close_if_due(made):
        return render_template("rounds/closed.html", round=made)
    shared = {each.group: each for each in rounds.links(made) if each.group == "manager" or not each.personal}
    return render_template(
        "rounds/open.html", round=made, standings=rounds.standings(made), shared=shared, sharing=sharing,
        earlier=earlier(made.team),
    )  # fmt: skip


@pages.route("/rounds/<int:id_>/links/<group>", methods=["GET", "POST"])
@only("manager")
def links(id_: int, group: str) -> Answer:
    """Make personal links for a group, and copy them."""
    made = _asking(id_, group)
    form = PersonalForm()
    if form.validate_on_submit():
        result = personal.make_personal(made, group, personal.names_in(form.names.data))
        if result == "made":
            return redirect(url_for("rounds.links", id_=id_, group=group))
        form.names.errors = [_why_not(result)]
    found = _own_links(made, group)
    late = not found and group in counts(id_)
    invitation = sharing.messages(made, group, None, again=False) if found else {}
    return render_template(
        "rounds/links.html", round=made, group=group, form=form, links=found, late=late, invitation=invitation
    )


@pages.get("/rounds/<int:id_>/links/<group>/slips")
@only("manager")
def slips(id_: int, group: str) -> Answer:
    """Print a slip for each person, with the link and its QR code."""
    made = _asking(id_, group)
    found = _own_links(made, group)
    return render_template(
        "rounds/slips.html", round=made, group=group, links=found, qr_of=sharing.qr_of,
        length=sharing.length(made, group),
    )  # fmt: skip


@pages.route("/rounds/<int:id_>/close", methods=["GET", "POST"])
@only("manager")
def close(id_: int) -> Answer:
    """Close a round before its time, after a question."""
    made = rounds.my_round(id_)
    if request.method == "POST":
        rounds.close_now(made)
    if rounds.close_if_due(made):
        return redirect(url_for("results.result", id_=id_))
    return render_template("rounds/close.html", round=made, standings=rounds.standings(made))


@pages.route("/rounds/<int:id_>/move", methods=["GET", "POST"])
@only("manager")
def move(id_: int) -> Answer:
    """Choose another last day for an open round."""
    made = _open(id_)
    form = MoveForm.about(made)
    if form.validate_on_submit():
        if mending.move(made, form.last_day.data):
            told = _("The last day is now %(day)s. Invitations that you have sent name the old one: tell the new one.")
            flash(told % {"day": day(form.last_day.data)}, "success")
        return redirect(url_for("rounds.round", id_=id_))
    return render_template("rounds/move.html", round=made, form=form)


@pages.route("/rounds/<int:id_>/delete", methods=["GET", "POST"])
@only("manager")
def delete(id_: int) -> Answer:
    """Take away an open round that nobody has answered, after a question."""
    made = _open(id_)
    team_id = made.team_id
    if request.method == "POST" and mending.take_away(made):
        flash(_("The round is deleted. Its links no longer work."), "success")
        return redirect(url_for("teams.team", id_=team_id))
    if request.method == "POST" or made.received:
        flash(_("Only a round that nobody has answered can be deleted. You can close this one."), "info")
        return redirect(url_for("rounds.round", id_=id_))
    return render_template("rounds/delete.html", round=made)


def _open(id_: int) -> Round:
    """Give an open round; where it has closed, lead to it instead."""
    made = rounds.my_round(id_)
    if rounds.close_if_due(made):
        abort(redirect(url_for("rounds.round", id_=id_)))
    return made


def _asking(id_: int, group: str) -> Round:
    """Give an open round that asks a group by links that its manager shares."""
    made = _open(id_)
    if group not in made.groups or group == "manager":
        abort(404)
    return made


def _own_links(made: Round, group: str) -> list[sharing.Own]:
    return [sharing.own(made, each) for each in personal.personal_links(made, group)]


def _why_not(result: personal.Made) -> str:
    """Say why no links were made."""
    return {
        "closed": _("The round has closed meanwhile."),
        "answered": _("Someone has already answered by the shared link. With personal ones they could answer twice."),
        "too-many": _("With these there would be more than 200 personal links."),
    }[result]  # fmt: skip
