"""The forms of accounts."""

from __future__ import annotations

from wtforms import EmailField, PasswordField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Email, EqualTo, InputRequired, Length

from web.accounts.accounts import SHORTEST_PASSWORD
from web.forms import Form
from web.translations import lazy


class SignInForm(Form):
    """Who signs in."""

    email = EmailField(lazy("Email"), [InputRequired(), Length(max=254)])
    password = PasswordField(lazy("Password"), [InputRequired(), Length(max=200)])


class NewPasswordForm(Form):
    """A new password, typed twice."""

    password = PasswordField(
        lazy("New password"), [InputRequired(), Length(SHORTEST_PASSWORD, 200)],
        description=lazy("At least 12 characters; a few words that belong together only to you are good."),
    )  # fmt: skip
    again = PasswordField(lazy("New password again"), [InputRequired(), EqualTo("password", lazy("These two differ."))])


class ChangePasswordForm(NewPasswordForm):
    """A new password for somebody who knows the old one."""

    old = PasswordField(lazy("Password now"), [InputRequired(), Length(max=200)])


class JoinForm(NewPasswordForm):
    """A new account."""

    name = StringField(lazy("Your name"), [InputRequired(), Length(max=100)])
    email = EmailField(lazy("Email"), [InputRequired(), Email(), Length(max=254)])


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
