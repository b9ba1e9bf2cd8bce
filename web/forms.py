"""What every form has: words in the reader's language, and protection against forgery."""

from __future__ import annotations

from collections.abc import Sequence

from flask_wtf import FlaskForm
from wtforms.meta import DefaultMeta

from web.translations import language


class Form(FlaskForm):
    """A form whose own messages are in the reader's language."""

    class Meta(FlaskForm.Meta):
        """How WTForms finds its own translations."""

        @property
        def locales(self) -> Sequence[str]:
            """Give the reader's language."""
            return (language(),)

        get_translations = DefaultMeta.get_translations
