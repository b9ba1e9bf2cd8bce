"""What texts with placeholders may use; apart from Jinja, which is slow to import and not always needed."""

from __future__ import annotations

import re
from typing import Final

VALUES: Final = ("team", "size", "work_mode")
FUNCTIONS: Final = {"score": "dimension", "found": "finding"}
FILTERS: Final = ("lower", "upper", "capitalize", "trim", "default")

_COMMENT: Final = re.compile(r"\{#.*?#\}", re.DOTALL)


def without_comments(source: str) -> str:
    """Give a text with blanks in the place of its comments, which are never shown."""
    return _COMMENT.sub(lambda found: re.sub(r"[^\n]", " ", found.group()), source)
