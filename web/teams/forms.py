"""What a manager tells about a team."""

from __future__ import annotations

from datetime import date
from typing import Final

from wtforms import IntegerField, MonthField, SelectField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from web.database.models import Team
from web.days import today
from web.forms import Between, Form
from web.teams.teams import About
from web.translations import LANGUAGE_NAMES, _, lazy

EARLIEST: Final = date(1950, 1, 1)


class TeamForm(Form):
    """A team."""

    name = StringField(
        lazy("Name of the team"), [DataRequired(), Length(max=100)], filters=[lambda typed: typed and typed.strip()]
    )  # fmt: skip
    size = IntegerField(
        lazy("How many people"), [InputRequired(), Between(2, 200)],
        description=lazy("Without you, from 2 to 200. With fewer than five a round shows nothing of their answers."),
    )  # fmt: skip
    work_mode = SelectField(
        lazy("Where you work"),
        choices=[
            SelectChoice("onsite", lazy("In one place")),
            SelectChoice("hybrid", lazy("Partly in one place, partly apart")),
            SelectChoice("remote", lazy("Apart from each other")),
        ],
        default="hybrid",
    )
    together_since = MonthField(
        lazy("Together since (you can leave this empty)"), [Optional()],
        description=lazy(
            "The month in which you began as this team. If it cannot be chosen here, write the year and "
            "the month, such as 2025-03. A new team gets other advice."
        ),
        invalid_value_message=lazy("Choose a month, or write the year and the month, such as 2025-03."),
    )  # fmt: skip
    language = SelectField(
        lazy("The team's language"),
        choices=[SelectChoice(code, name) for code, name in LANGUAGE_NAMES.items()],
        description=lazy("Messages to the team are offered in it first. Everyone answers in the language they choose."),
    )

    @classmethod
    def about(cls, team: Team) -> TeamForm:
        """Give a form that says what is known of a team."""
        since = date.fromisoformat(f"{team.together_since}-01") if team.together_since else None
        known = {key: getattr(team, key) for key in ("name", "size", "work_mode", "language")}
        return cls(data={**known, "together_since": since})

    def told(self) -> About:
        """Give what was told."""
        since = self.together_since.data.strftime("%Y-%m") if self.together_since.data else None
        return About(self.name.data, self.size.data, self.work_mode.data, since, self.language.data)

    def validate_together_since(self, field: MonthField) -> None:
        """Accept a month that has begun."""
        if field.data and not EARLIEST <= field.data <= today():
            raise ValidationError(_("This month has not begun yet, or is very long ago."))
