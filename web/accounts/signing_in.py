"""Who is signed in, and who may see what."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Final, ParamSpec, TypeVar, cast

from flask import Flask, abort, g, request, session
from flask_login import LoginManager, UserMixin, current_user, login_required, login_user, logout_user

from web.accounts import sessions
from web.database.connection import db
from web.database.models import Account, Role
from web.translations import LANGUAGES, _, language, use_language

manager: Final = LoginManager()
Given = ParamSpec("Given")
Made = TypeVar("Made")


class SignedIn(UserMixin):
    """An account as the pages see it.

    Args:
        account: whose.
        session: the secret of the session in which it is signed in.
    """

    def __init__(self, account: Account, session: str) -> None:
        self.account = account
        self.session = session
        self.id = account.id
        self.name = account.name
        self.role = account.role
        self.language = account.language

    def get_id(self) -> str:
        """Give what the cookie keeps."""
        return self.session

    @property
    def is_active(self) -> bool:
        """Tell whether the account may be used."""
        return self.account.active


def init_signing_in(app: Flask) -> None:
    """Let an application know who is signed in."""
    manager.init_app(app)
    manager.login_view = "accounts.sign_in"
    manager.login_message = _("Please sign in first.")
    manager.localize_callback = _
    manager.login_message_category = "info"
    manager.session_protection = "basic"


@manager.user_loader
def _load(kept: str) -> SignedIn | None:
    account = sessions.account_of(kept)
    return SignedIn(account, kept) if account else None


def sign_in(account: Account) -> None:
    """Sign somebody in, in a new session; what was going on in this browser before ends."""
    _end_here()
    token = sessions.begin(account)
    db.session.commit()
    session.clear()
    session.permanent = True
    session["language"] = account.language  # also for a page that has to do without the database
    login_user(SignedIn(account, token))


def sign_out() -> None:
    """Sign out, keeping the language; a copy of the cookie is worth nothing any more."""
    chosen = language()
    _end_here()
    db.session.commit()
    logout_user()
    session.clear()
    session["language"] = chosen


def _end_here() -> None:
    if current_user.is_authenticated:
        sessions.end(me().session)


def choose_language(chosen: str) -> None:
    """Remember a language: in this browser, and with the account of who is signed in."""
    session["language"] = chosen
    if current_user.is_authenticated and me().account.language != chosen:
        me().account.language = chosen
        db.session.commit()


def as_nobody() -> None:
    """Show the rest of this request as to nobody, for a page that must do without the database."""
    g._login_user = manager.anonymous_user()
    use_language(session.get("language") or request.accept_languages.best_match(LANGUAGES) or "en")


def me() -> SignedIn:
    """Give who is signed in; only for pages that ask for it."""
    return cast(SignedIn, current_user)


def only(*roles: Role) -> Callable[[Callable[Given, Made]], Callable[Given, Made]]:
    """Let only some roles see a page; others do not learn that there is one."""

    def decorated(view: Callable[Given, Made]) -> Callable[Given, Made]:
        @wraps(view)
        @login_required
        def guarded(*args: Given.args, **kwargs: Given.kwargs) -> Made:
            if me().role not in roles:
                abort(404)
            return view(*args, **kwargs)

        return cast(Callable[Given, Made], guarded)

    return decorated
