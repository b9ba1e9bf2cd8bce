"""The pages of accounts."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_login import login_required
from werkzeug.wrappers import Response

from web.accounts import accounts, invitations, sessions
from web.accounts.deeds import ROLES, deeds
from web.accounts.forms import ChangePasswordForm, InviteForm, JoinForm, NewPasswordForm, PersonForm, SignInForm
from web.accounts.passwords import Hash, hashed
from web.accounts.signing_in import me, only, sign_out
from web.accounts.signing_in import sign_in as let_in
from web.accounts.tries import limit_tries
from web.database.connection import db, let_go
from web.database.models import HIGHEST_ID, Account, LinkPurpose
from web.events import SHOWN, page_of
from web.security import limiter, outside, way_on
from web.translations import _, language

pages: Final = Blueprint("accounts", __name__, template_folder="templates")

Answer = str | Response


@pages.route("/sign-in", methods=["GET", "POST"])
@limiter.limit("10/minute;60/hour", methods=["POST"])
@limit_tries
def sign_in() -> Answer:
    """Sign in with address and password."""
    form = SignInForm()
    if form.validate_on_submit():
        account = accounts.account_for(form.email.data or "", form.password.data or "")
        if account:
            let_in(account)
            return redirect(way_on(request.args.get("next"), url_for("front.home")))
        form.password.errors = [_("The address and the password do not go together.")]
    return render_template("accounts/sign_in.html", form=form)


@pages.post("/sign-out")
@login_required
def leave() -> Answer:
    """Sign out."""
    sign_out()
    return redirect(url_for("front.home"))


@pages.route("/join/<token>", methods=["GET", "POST"])
@limiter.limit("30/hour", methods=["POST"])
def join(token: str) -> Answer:
    """Make an account by an invitation."""
    form = JoinForm()
    password = _chosen(form, token, "join")
    link = accounts.link_for(token, "join")
    if link is None:
        return render_template("accounts/link_gone.html")
    if password:
        account = accounts.join(link, form.email.data or "", form.name.data or "", password, language())
        if account:
            db.session.commit()
            let_in(account)
            return redirect(url_for("front.home"))
        form.email.errors = [_("This address has an account already; sign in with it.")]
    return render_template("accounts/join.html", form=form, role=link.role)


@pages.route("/reset/<token>", methods=["GET", "POST"])
@limiter.limit("30/hour", methods=["POST"])
def reset(token: str) -> Answer:
    """Choose a new password by a link."""
    form = NewPasswordForm()
    password = _chosen(form, token, "reset")
    link = accounts.link_for(token, "reset")
    if link is None:
        return render_template("accounts/link_gone.html")
    if password:
        account = accounts.reset(link, password)
        db.session.commit()
        let_in(account)
        return redirect(url_for("front.home"))
    return render_template("accounts/reset.html", form=form)


@pages.route("/account", methods=["GET", "POST"])
@login_required
@limiter.limit("10/minute;60/hour", methods=["POST"])
@limit_tries
def account() -> Answer:
    """See one's account and change its password."""
    form = ChangePasswordForm()
    if form.validate_on_submit():
        mine = accounts.change_own_password(me().account.email, form.old.data or "", form.password.data or "")
        if mine:
            db.session.commit()
            let_in(mine)
            flash(_("Your password is changed. Everywhere else you are signed out."), "success")
            return redirect(url_for("accounts.account"))
        form.old.errors = [_("This is not your password.")]
    return render_template("accounts/account.html", form=form, others=sessions.others(me().account, me().session))


@pages.post("/account/sign-out-elsewhere")
@login_required
def leave_elsewhere() -> Answer:
    """Sign out in every other browser."""
    sessions.end_all(me().account, but=me().session)
    db.session.commit()
    flash(_("Everywhere else you are signed out."), "success")
    return redirect(url_for("accounts.account"))


@pages.route("/admin", methods=["GET", "POST"])
@only("admin")
def admin() -> Answer:
    """See all accounts, and invite somebody."""
    form = InviteForm()
    link = ""
    if form.validate_on_submit():
        token = accounts.make_link("join", form.role.data)
        db.session.commit()
        link = outside(url_for("accounts.join", token=token))
    return _admin(form, link)


@pages.post("/admin/accounts/<int:id_>/reset")
@only("admin")
def reset_link(id_: int) -> Answer:
    """Make a link by which somebody chooses a new password."""
    account = _account(id_)
    if not account.active:
        flash(_("%(name)s can no longer sign in.") % {"name": account.name}, "warning")
        return redirect(url_for("accounts.admin"))
    token = accounts.make_link("reset", account=account)
    db.session.commit()
    return _admin(InviteForm(), outside(url_for("accounts.reset", token=token)), account)


@pages.post("/admin/invitations/<int:id_>/take-back")
@only("admin")
def take_back(id_: int) -> Answer:
    """Let an invitation that nobody has used work no longer."""
    if not invitations.take_back(id_):
        abort(404)
    db.session.commit()
    flash(_("The invitation is taken back: its link no longer works."), "success")
    return redirect(url_for("accounts.admin"))


@pages.post("/admin/accounts/<int:id_>/switch")
@only("admin")
def switch(id_: int) -> Answer:
    """Close somebody's account, or open it again."""
    account = _account(id_)
    if account.id == me().account.id:
        flash(_("You cannot close your own account."), "warning")
    else:
        accounts.switch(account, not account.active)
        db.session.commit()
        said = _("%(name)s can sign in again.") if account.active else _("%(name)s can no longer sign in.")
        flash(said % {"name": account.name}, "success")
    return redirect(url_for("accounts.admin"))


@pages.route("/admin/accounts/<int:id_>", methods=["GET", "POST"])
@only("admin")
def person(id_: int) -> Answer:
    """See one account, and correct its name or address."""
    account = _account(id_)
    form = PersonForm(obj=account)
    if form.validate_on_submit():
        if accounts.correct(account, form.name.data or "", form.email.data or ""):
            db.session.commit()
            flash(_("The name and the address are kept."), "success")
            return redirect(url_for("accounts.person", id_=id_))
        form.email.errors = [_("Somebody else has this address.")]
    return render_template("accounts/person.html", person=account, roles=ROLES, form=form)


@pages.get("/admin/log")
@only("admin")
def log() -> Answer:
    """See what was done to accounts, rounds and content."""
    page = page_of(before=request.args.get("before", type=int), after=request.args.get("after", type=int))
    return render_template("accounts/log.html", page=page, deeds=deeds(page.events), most=SHOWN)


def _chosen(form: JoinForm | NewPasswordForm, token: str, purpose: LinkPurpose) -> Hash | None:
    """Give what to store of a password chosen by a link that works; the link is looked up again for using it."""
    if not (form.validate_on_submit() and accounts.link_for(token, purpose)):
        return None
    let_go()
    return hashed(form.password.data or "")


def _admin(form: InviteForm, link: str = "", whose: Account | None = None) -> str:
    people, unused = accounts.everyone(), list(invitations.open_invitations())
    return render_template(
        "accounts/admin.html", accounts=people, invitations=unused, roles=ROLES, form=form, link=link, whose=whose
    )


def _account(id_: int) -> Account:
    account = db.session.get(Account, id_) if id_ <= HIGHEST_ID else None
    if account is None:
        abort(404)
    return account
