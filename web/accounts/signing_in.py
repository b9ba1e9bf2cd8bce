"""Who is signed in, and who may see what."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Final, ParamSpec, TypeVar, cast

from flask import Flask, abort, g, request, session
from flask_login import LoginManager, UserMixin, current_user, login_required, login_user, logout_user
from sqlalchemy import select

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
    """

    def __init__(self, account: Account) -> None:
        self.account = account
        self.id = account.id
        self.name = account.name
        self.role = account.role
        self.language = account.language

    def get_id(self) -> str:
        """Give what the session keeps: it ends with the password."""
        return self.account.session

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
    account = db.session.scalar(select(Account).where(Account.session == kept, Account.active))
    return SignedIn(account) if account else None


def sign_in(account: Account) -> None:
    """Sign somebody in, in a new session."""
    chosen = session.get("language")
    session.clear()
    session.permanent = True
    if chosen:
        session["language"] = chosen
    login_user(SignedIn(account))


def sign_out() -> None:
    """Sign out, keeping the language."""
    chosen = language()
    logout_user()
    session.clear()
    session["language"] = chosen


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


def here() -> str:
    """Give the path of this page, to come back to."""
    return request.full_path.rstrip("?")
