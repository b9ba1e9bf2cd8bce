"""The forms of erasing: nothing is erased by one careless tap."""

from __future__ import annotations

from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired, Length, ValidationError

from web.database.models import Team
from web.forms import Form
from web.translations import _, lazy


class EraseTeamForm(Form):
    """Which team is erased, typed.

    Args:
        team: whose name must be typed.
    """

    name = StringField(
        lazy("Type the team's name"), [InputRequired(), Length(max=100)], render_kw={"autocomplete": "off"}
    )

    def __init__(self, team: Team) -> None:
        super().__init__()
        self._team = team

    def validate_name(self, field: StringField) -> None:
        """Take only the name of this team."""
        if (field.data or "").strip() != self._team.name.strip():
            raise ValidationError(_("This is not the team's name."))


class EraseAccountForm(Form):
    """The password of whoever erases their account."""

    password = PasswordField(
        lazy("Your password"), [InputRequired(), Length(max=200)], render_kw={"autocomplete": "current-password"}
    )
