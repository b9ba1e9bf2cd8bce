"""The pages by which a manager takes along or erases a team, and anybody their own account."""

from __future__ import annotations

import json
from typing import Any, Final

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask_login import login_required
from werkzeug.wrappers import Response as AnyResponse

from web.accounts.accounts import account_for
from web.accounts.signing_in import me, only, sign_out
from web.accounts.tries import limit_tries
from web.data import erasing
from web.data.exporting import account_data, team_data
from web.data.forms import EraseAccountForm, EraseTeamForm
from web.security import limiter
from web.teams.teams import my_team
from web.translations import _

pages: Final = Blueprint("data", __name__, template_folder="templates")

Answer = str | AnyResponse


@pages.get("/teams/<int:team_id>/data")
@only("manager")
def team(team_id: int) -> Answer:
    """Say what is kept about a team, and lead to taking it along or erasing it."""
    return render_template("data/team.html", team=my_team(team_id))


@pages.get("/teams/<int:team_id>/export")
@only("manager")
def export_team(team_id: int) -> Answer:
    """Give everything about a team as a file."""
    return _file(team_data(my_team(team_id)), f"pelikirja-team-{team_id}.json")


@pages.route("/teams/<int:team_id>/erase", methods=["GET", "POST"])
@only("manager")
def erase_team(team_id: int) -> Answer:
    """Erase a team once its name is typed."""
    mine = my_team(team_id)
    form = EraseTeamForm(mine)
    if form.validate_on_submit():
        erasing.erase_team(mine)
        flash(_("The team and everything about it is erased."), "success")
        return redirect(url_for("front.home"))
    return render_template("data/erase_team.html", team=mine, form=form)


@pages.get("/account/export")
@login_required
def export_account() -> Answer:
    """Give everything about one's own account as a file."""
    return _file(account_data(me().account), "pelikirja-account.json")


@pages.route("/account/erase", methods=["GET", "POST"])
@login_required
@limiter.limit("10/minute;60/hour", methods=["POST"])
@limit_tries
def erase_account() -> Answer:
    """Erase one's own account once its password is given."""
    form, account = EraseAccountForm(), me().account
    if form.validate_on_submit():
        if not account_for(account.email, form.password.data or ""):
            form.password.errors = [_("This is not your password.")]
        elif erasing.erase_account(account):
            sign_out()
            flash(_("Your account is erased."), "success")
            return redirect(url_for("front.home"))
        else:
            form.password.errors = [_("You are the only admin. Invite another first, then erase your account.")]
    return render_template("data/erase_account.html", teams=erasing.teams_of(account), form=form)


def _file(data: dict[str, Any], name: str) -> Response:
    text = json.dumps(data, ensure_ascii=False, indent=2) + "\n"
    return Response(
        text, mimetype="application/json", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
