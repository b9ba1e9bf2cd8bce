"""The forms of accounts."""

from __future__ import annotations

from typing import Any, Final

from wtforms import EmailField, PasswordField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Email, EqualTo, InputRequired, Length

from web.accounts.passwords import SHORTEST
from web.forms import Form
from web.translations import lazy

_KNOWN: Final = {"autocomplete": "current-password"}
_NEW: Final = {"autocomplete": "new-password"}


class SignInForm(Form):
    """Who signs in."""

    email = EmailField(lazy("Email"), [InputRequired(), Length(max=254)], render_kw={"autocomplete": "username"})
    password = PasswordField(lazy("Password"), [InputRequired(), Length(max=200)], render_kw=_KNOWN)


def _password(label: Any) -> PasswordField:
    """Make the field of a new password."""
    return PasswordField(
        label, [InputRequired(), Length(SHORTEST, 200, lazy("Use at least 12 characters, and at most 200."))],
        description=lazy("At least 12 characters; a few words that belong together only to you are good."),
        render_kw=_NEW,
    )  # fmt: skip


def _again(label: Any) -> PasswordField:
    return PasswordField(
        label, [InputRequired(), EqualTo("password", lazy("These two differ. Type both again."))], render_kw=_NEW
    )


class NewPasswordForm(Form):
    """A new password, typed twice."""

    password = _password(lazy("New password"))
    again = _again(lazy("New password again"))


class ChangePasswordForm(Form):
    """A new password for somebody who knows the old one."""

    old = PasswordField(lazy("Password now"), [InputRequired(), Length(max=200)], render_kw=_KNOWN)
    password = _password(lazy("New password"))
    again = _again(lazy("New password again"))


def _trimmed(typed: str | None) -> str | None:
    return typed and typed.strip()


def _name(label: Any, autocomplete: str) -> StringField:
    return StringField(
        label, [DataRequired(), Length(max=100)], filters=[_trimmed],
        render_kw={"autocomplete": autocomplete},
    )  # fmt: skip


def _email(description: Any, autocomplete: str) -> EmailField:
    return EmailField(
        lazy("Email"), [InputRequired(), Email(lazy("This is not an email address.")), Length(max=254)],
        filters=[_trimmed], description=description, render_kw={"autocomplete": autocomplete},
    )  # fmt: skip


class JoinForm(Form):
    """A new account."""

    name = _name(lazy("Your name"), "name")
    email = _email(lazy("You sign in with it. Nothing is sent to it."), "username")
    password = _password(lazy("Password"))
    again = _again(lazy("Password again"))


class InviteForm(Form):
    """Somebody new."""

    role = SelectField(
        lazy("What they do"),
        choices=[
            SelectChoice("manager", lazy("Manager: starts rounds for teams and reads their results")),
            SelectChoice("coach", lazy("Coach: reads the rule base")),
            SelectChoice("admin", lazy("Admin: invites people and reads the rule base")),
        ],
    )


class PersonForm(Form):
    """What somebody is called, and by which address they sign in."""

    name = _name(lazy("Name"), "off")
    email = _email(lazy("They sign in with it from now on. Tell them: nothing is sent to it."), "off")
