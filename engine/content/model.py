"""The base of every content model: strict about keys and types, with words for people where something is wrong."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated, Any, Final, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Strict, ValidationError
from pydantic import WithJsonSchema as Schema

from engine.content.explain import explained, fault, place_of
from engine.content.source import Node, Text
from engine.errors import Problem

__all__ = [
    "DIMENSION", "ID", "LANGUAGES", "Id", "Model", "Number", "Prose", "Texts", "Whole",
    "check_id", "fault", "place_of", "validate",
]  # fmt: skip

LANGUAGES: Final = ("en", "fi")
DIMENSION: Final = "<dimension>"
"""What stands for a dimension in a rule that says ``for-each: dimension``."""

ID: Final = "[a-z][a-z0-9]*(-[a-z0-9]+)*"
ID_PATTERN: Final = re.compile(ID)
MAX_TEXT: Final = 2_000


def check_id(text: Text) -> Text:
    """Give an id back when it is well formed; the placeholder for a dimension may stand in it.

    Raises:
        PydanticCustomError: it is not.
    """
    if not ID_PATTERN.fullmatch(text.replace(DIMENSION, "dimension")):
        hint = "use lower-case letters, digits and single hyphens, starting with a letter"
        raise fault("bad-id", f"“{text}” cannot be an id", hint, text.place)
    return text


def _prose(text: Text) -> Text:
    if not text.strip():
        raise fault("empty-text", "the text is empty", "write it, or leave the key out if it is optional")
    if len(text) > MAX_TEXT:
        raise fault("too-long", f"the text is longer than {MAX_TEXT:,} characters", "say it in fewer words")
    return text


def _number(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise fault("wrong-type", "a number is expected here, not {value}", "write it without quotes")
    return value


def _named(value: Any) -> Any:
    if not isinstance(value, Text):
        raise fault("wrong-type", "an id is expected here, not {value}", "write a name such as clear-roles")
    return value


Id = Annotated[
    Text, BeforeValidator(_named), AfterValidator(check_id), Schema({"type": "string", "pattern": f"^{ID}$"})
]
Prose = Annotated[
    Text, AfterValidator(_prose), Schema({"type": "string", "minLength": 1, "maxLength": MAX_TEXT, "pattern": "\\S"})
]
Whole = Annotated[int, Strict()]
Number = Annotated[Decimal, BeforeValidator(_number), Schema({"type": "number"})]


class Model(BaseModel):
    """A piece of content: no unknown keys, never changed after it was read."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True, hide_input_in_errors=True)


class Texts(Model):
    """One text in every language."""

    en: Prose
    fi: Prose

    def get(self, language: str) -> str:
        """Give the text in a language, one of LANGUAGES."""
        return str(getattr(self, language))


AnyModel = TypeVar("AnyModel", bound=Model)


def validate(kind: type[AnyModel], node: Node, shown: str) -> tuple[AnyModel | None, list[Problem]]:
    """Check plain data against a model.

    Args:
        kind: the model.
        node: what the YAML door read.
        shown: the file's name in problems.

    Returns:
        The model, None where there are problems, and every problem with its place.
    """
    try:
        return kind.model_validate(node), []
    except ValidationError as error:
        return None, explained(error, kind, node, shown)
