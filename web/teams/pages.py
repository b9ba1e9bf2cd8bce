"""The pages of teams."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from web.accounts.signing_in import me, only
from web.database.models import now
from web.teams import teams
from web.teams.forms import TeamForm
from web.translations import language

pages: Final = Blueprint("teams", __name__, template_folder="templates")

Answer = str | Response


@pages.get("/teams")
@only("manager")
def mine() -> Answer:
    """See one's teams, each with the state of its latest round."""
    found = teams.my_teams(me().account.id)
    return render_template("teams/mine.html", teams=[(each, teams.latest(each)) for each in found], now=now())


@pages.route("/teams/new", methods=["GET", "POST"])
@only("manager")
def new() -> Answer:
    """Tell about a new team."""
    form = TeamForm(data={"language": language()})
    if form.validate_on_submit():
        made = teams.add_team(me().account.id, form.told())
        return redirect(url_for("teams.team", id_=made.id))
    return render_template("teams/new.html", form=form)


@pages.get("/teams/<int:id_>")
@only("manager")
def team(id_: int) -> Answer:
    """See a team: its rounds, its agreements, what to do next."""
    found = teams.my_team(id_)
    return render_template("teams/team.html", team=found, teams=teams, now=now())


@pages.route("/teams/<int:id_>/edit", methods=["GET", "POST"])
@only("manager")
def edit(id_: int) -> Answer:
    """Change what is told about a team."""
    found = teams.my_team(id_)
    form = TeamForm.about(found)
    if form.validate_on_submit():
        teams.change_team(found, form.told())
        return redirect(url_for("teams.team", id_=found.id))
    return render_template("teams/edit.html", form=form, team=found)
