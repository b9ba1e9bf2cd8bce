"""What a manager chooses when starting a round, and whom personal links are for."""

from __future__ import annotations

from datetime import timedelta

from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, Field, IntegerField, SelectField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional, StopValidation

from engine.content.questionnaire import Questionnaire
from engine.measuring.gate import USUAL_MINIMUM
from web.database.models import Round, Team
from web.days import day_of, today
from web.forms import Between, Form
from web.rounds import choices, personal
from web.rounds.choices import MOST_DAYS, Plan
from web.translations import _, language, lazy, ngettext


class Enough(Between):
    """Accepts as many people as a result needs; where there are fewer, it says why they are not enough.

    Args:
        why: in words.
    """

    def __init__(self, why: str) -> None:
        super().__init__(USUAL_MINIMUM, choices.MOST_INVITED)
        self._why = why

    def __call__(self, form: FlaskForm, field: Field) -> None:
        """Check what was typed."""
        if field.data is not None and 0 < field.data < USUAL_MINIMUM:
            raise StopValidation(str(self._why))
        super().__call__(form, field)


class IfAsked(Optional):
    """Takes whatever was typed about customers who are not asked; where they are, it may be left empty."""

    def __call__(self, form: FlaskForm, field: Field) -> None:
        """Check whether more has to be checked."""
        if not form.customers.data:
            field.errors = []
            raise StopValidation
        super().__call__(form, field)


class LastDay(Form):
    """Until when a round is open: what a new round and one that is moved have in common."""

    last_day = DateField(
        lazy("Last day to answer"), [InputRequired()],
        invalid_value_message=lazy("Choose a day, or write the year, the month and the day, such as 2026-03-31."),
    )  # fmt: skip

    def validate_last_day(self, field: DateField) -> None:
        """Accept today and the next weeks."""
        if field.data and not today() <= field.data <= today() + timedelta(days=MOST_DAYS):
            raise ValidationError(_("Choose a day from today to %(days)s days ahead.") % {"days": MOST_DAYS})


class MoveForm(LastDay):
    """Another last day for an open round."""

    @classmethod
    def about(cls, made: Round) -> MoveForm:
        """Give a form with the day until which a round is open now."""
        return cls(data={"last_day": day_of(made.closes)})


class RoundForm(LastDay):
    """A new round."""

    questionnaire = SelectField(lazy("What the members are asked"))
    members = IntegerField(
        lazy("How many members are invited"),
        [InputRequired(),
         Enough(lazy("At least five members have to answer before anything of their answers is shown: invite five or "
                     "more."))],
        description=lazy("Without you. Five have to answer before anything of their answers is shown."),
    )  # fmt: skip
    manager = BooleanField(
        lazy("I answer too"), default=True,
        description=lazy("The same questions by your own link. Your answers stand beside the team's, never in them."),
    )  # fmt: skip
    customers = BooleanField(
        lazy("Ask customers too"),
        description=lazy("Two minutes by a link of their own. At least five have to answer before anything is shown."),
    )
    customers_invited = IntegerField(
        lazy("How many customers are invited"),
        [IfAsked(),
         Enough(lazy("At least five customers have to answer before anything is shown: invite five or more, or leave "
                     "them out."))],
        description=lazy("Leave this empty if nobody knows."),
    )  # fmt: skip

    @classmethod
    def about(cls, team: Team) -> RoundForm:
        """Give a form with what is usual for a team."""
        form = cls(
            data={"members": team.size, "manager": True, "last_day": today() + timedelta(days=choices.USUAL_DAYS)}
        )
        form.questionnaire.choices = [
            SelectChoice(str(each.id), _long_name(each)) for each in choices.members_questionnaires(team)
        ]
        if not choices.customers_questionnaire():
            del form.customers, form.customers_invited
        return form

    def plan(self) -> Plan:
        """Give what was chosen."""
        asked = bool(self.customers and self.customers.data)
        return Plan(
            questionnaire=self.questionnaire.data, members=self.members.data, manager=self.manager.data,
            customers=asked, customers_invited=self.customers_invited.data if asked else None,
            last_day=self.last_day.data,
        )  # fmt: skip


class PersonalForm(Form):
    """Whom personal links are for."""

    names = TextAreaField(
        lazy("Names or addresses, one on each line"),
        [InputRequired(), Length(max=personal.MOST * (personal.LONGEST + 2))],
        description=lazy("At most 200. They are kept only while the round is open."),
        render_kw={"rows": 8, "autocomplete": "off", "spellcheck": "false"},
    )

    def validate_names(self, field: TextAreaField) -> None:
        """Accept so many names, none of them endless."""
        names = personal.names_in(field.data or "")
        if not names:
            raise ValidationError(_("Write at least one name."))
        if len(names) > personal.MOST:
            raise ValidationError(_("That is more than %(most)s names.") % {"most": personal.MOST})
        if max(map(len, names)) > personal.LONGEST:
            raise ValidationError(_("One of the lines is too long for a name or an address."))
        wrong = next((each for each in names if not personal.is_usable(each)), None)
        if wrong:
            raise ValidationError(
                _("“%(name)s” is not an email address. Correct it, or write a name alone.") % {"name": wrong}
            )


def _long_name(asked: Questionnaire) -> str:
    """Give a questionnaire's name with how much it asks, which is what a manager chooses by."""
    count = len(asked.all_questions)
    length = ngettext("%(num)s question", "%(num)s questions", count) % {"num": count}
    return f"{getattr(asked, language())} · {length}"
