"""What every form has: words in the reader's language, and protection against forgery."""

from __future__ import annotations

from typing import Any, Final

from flask_wtf import FlaskForm
from wtforms import Field
from wtforms.validators import NumberRange

from web.translations import lazy

WORDS: Final[dict[str, Any]] = {
    "This field is required.": lazy("Fill this in."),
    "Field cannot be longer than %(max)d characters.": lazy("Write at most %(max)d characters."),
    "Not a valid choice.": lazy("Choose one of these."),
}
"""What our forms say instead of WTForms' own messages, whose Finnish is poor."""


class Words:
    """WTForms' messages in our words and the reader's language, in the shape of what it calls translations."""

    def gettext(self, text: str) -> str:
        """Give what we say instead of a message."""
        return str(WORDS.get(text, text))

    def ngettext(self, one: str, many: str, count: int) -> str:
        """Give what we say instead of a message that depends on a number."""
        return self.gettext(one if count == 1 else many)


class Form(FlaskForm):
    """A form whose messages are ours, in the reader's language."""

    class Meta(FlaskForm.Meta):
        """Where WTForms finds its words."""

        def get_translations(self, _: FlaskForm) -> Words:
            """Give our words."""
            return Words()


class Between(NumberRange):
    """Accepts a whole number within limits; whatever else was typed, one sentence says what to write."""

    def __init__(self, least: int, most: int) -> None:
        super().__init__(least, most, lazy("Write a whole number from %(min)s to %(max)s."))

    def __call__(self, form: FlaskForm, field: Field) -> None:
        """Check what was typed."""
        field.errors = []  # that it is no number at all, which our sentence says as well
        super().__call__(form, field)
