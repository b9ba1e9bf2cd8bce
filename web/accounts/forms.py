"""The forms of accounts."""

from __future__ import annotations

from typing import Final

from wtforms import EmailField, PasswordField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Email, EqualTo, InputRequired, Length

from web.accounts.accounts import SHORTEST_PASSWORD
from web.forms import Form
from web.translations import lazy

_KNOWN: Final = {"autocomplete": "current-password"}
_NEW: Final = {"autocomplete": "new-password"}


class SignInForm(Form):
    """Who signs in."""

    email = EmailField(lazy("Email"), [InputRequired(), Length(max=254)], render_kw={"autocomplete": "username"})
    password = PasswordField(lazy("Password"), [InputRequired(), Length(max=200)], render_kw=_KNOWN)


class NewPasswordForm(Form):
    """A new password, typed twice."""

    password = PasswordField(
        lazy("New password"), [InputRequired(), Length(SHORTEST_PASSWORD, 200)],
        description=lazy("At least 12 characters; a few words that belong together only to you are good."),
        render_kw=_NEW,
    )  # fmt: skip
    again = PasswordField(
        lazy("New password again"), [InputRequired(), EqualTo("password", lazy("These two differ."))], render_kw=_NEW
    )


class ChangePasswordForm(NewPasswordForm):
    """A new password for somebody who knows the old one."""

    old = PasswordField(lazy("Password now"), [InputRequired(), Length(max=200)], render_kw=_KNOWN)


class JoinForm(NewPasswordForm):
    """A new account."""

    name = StringField(lazy("Your name"), [InputRequired(), Length(max=100)], render_kw={"autocomplete": "name"})
    email = EmailField(
        lazy("Email"), [InputRequired(), Email(lazy("This is not an email address.")), Length(max=254)],
        render_kw={"autocomplete": "username"},
    )  # fmt: skip


class InviteForm(Form):
    """Somebody new."""

    role = SelectField(
        lazy("What they do"),
        choices=[
            SelectChoice("manager", lazy("Manager")),
            SelectChoice("coach", lazy("Coach")),
            SelectChoice("admin", lazy("Admin")),
        ],
    )
