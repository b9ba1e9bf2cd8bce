"""The form of results: what if a score were another."""

from __future__ import annotations

from typing import Final

from flask import request
from wtforms import SelectField, StringField
from wtforms.validators import InputRequired, Regexp

from engine.advising.data import Presenter
from engine.errors import PelikirjaError
from web.forms import Form
from web.results.trying import Difference, choices, difference, ends
from web.translations import _, lazy

NUMBER: Final = r"^\s*\d{1,3}([.,]\d{1,3})?\s*$"


class WhatIfForm(Form):
    """Which dimension, and what its score would be; sent as an address, since nothing is kept."""

    dimension = SelectField(lazy("Dimension"))
    score = StringField(
        lazy("Its score would be"), [InputRequired(), Regexp(NUMBER, message=lazy("Write a number such as 3.5."))],
        render_kw={"inputmode": "decimal", "maxlength": "7", "autocomplete": "off"},
    )  # fmt: skip

    @classmethod
    def about(cls, presenter: Presenter) -> WhatIfForm:
        """Make the form for the dimensions that have a score, filled in with what was sent."""
        form = cls(formdata=request.args, meta={"csrf": False})
        form.dimension.choices = choices(presenter)
        low, high = ends(presenter)
        form.score.description = _("From %(low)s to %(high)s.") % {"low": low, "high": high}
        return form

    def tried(self, presenter: Presenter) -> Difference | None:
        """Give what would change; None where nothing was sent, or what was sent cannot be."""
        if "score" not in request.args or not self.validate():
            return None
        try:
            return difference(presenter, self.dimension.data, (self.score.data or "").strip())
        except PelikirjaError:
            low, high = ends(presenter)
            said = _("Write a number from {low} to {high}.").format(low=low, high=high)
            self.score.errors = [said]
            return None
