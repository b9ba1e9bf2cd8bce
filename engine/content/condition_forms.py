"""The forms of condition that coaches can write: one table, from which they are read and their schema is made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias

from engine.content.measures import FACTS, GROUPS, NUMBER_FACTS, WORD_FACTS, WORDS

About: TypeAlias = Literal["dimension", "question", "group", "fact", "measure", "finding", "play", "template", "parts"]
Compares: TypeAlias = Literal["number", "word", "fact", "nothing"]

COMPARISONS: Final = ("below", "at-most", "above", "at-least", "within")


@dataclass(frozen=True, slots=True)
class Form:
    """One form of condition.

    Args:
        about: what its first key names.
        meaning: what it says, for an editor's tooltip.
        optional, required: the keys that go with it, besides the comparison; each names a group.
        compares: what it is compared with.
    """

    about: About
    meaning: str
    optional: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    compares: Compares = "number"

    @property
    def operators(self) -> tuple[str, ...]:
        """Give the comparisons it may have."""
        by_kind = {"number": COMPARISONS, "word": ("is",), "fact": (*COMPARISONS, "is"), "nothing": ()}
        return by_kind[self.compares]

    @property
    def keys(self) -> tuple[str, ...]:
        """Give every key that may stand beside the first one."""
        return (*self.required, *self.optional, *self.operators)


_ONE_GROUP: Final = ("group",)

FORMS: Final[dict[str, Form]] = {
    "score": Form("dimension", "the mean of persons' scores on a dimension", _ONE_GROUP),
    "question": Form("question", "the mean of the answers to one question", _ONE_GROUP),
    "favourable": Form("dimension", "the share of persons who score 3.5 or more, 0 to 1", _ONE_GROUP),
    "unfavourable": Form("dimension", "the share of persons who score 2.5 or less, 0 to 1", _ONE_GROUP),
    "spread": Form("dimension", "the standard deviation between persons, in scale points", _ONE_GROUP),
    "consensus": Form("dimension", "how alike people answered, 0 to 1", _ONE_GROUP),
    "standing": Form("dimension", "the score minus the mean of the group's own dimension scores", _ONE_GROUP),
    "change": Form("dimension", "the score minus the last closed round's", _ONE_GROUP),
    "trend": Form("dimension", "whether the score moved by more than chance", _ONE_GROUP, compares="word"),
    "gap": Form("dimension", "one group's score minus another's", required=("of", "minus")),
    "csat": Form("group", "customers' satisfaction: the share of 4 and 5, 0 to 1"),
    "nps": Form("group", "how likely customers are to recommend the team, −100 to 100"),
    "respondents": Form("group", "how many of a group answered"),
    "response-rate": Form("group", "which share of a group answered, 0 to 1"),
    "fact": Form("fact", "a fact about the team", compares="fact"),
    "known": Form("measure", "whether a measure is known; never unknown itself", compares="nothing"),
    "finding": Form("finding", "whether a rule concluded a finding", compares="nothing"),
    "done": Form("play", "whether the team has done a play", compares="nothing"),
    "adopted": Form("template", "whether the team has adopted an agreement template", compares="nothing"),
    "all": Form("parts", "every part holds", compares="nothing"),
    "any": Form("parts", "at least one part holds", compares="nothing"),
    "not": Form("parts", "the part does not hold", compares="nothing"),
    "some": Form("parts", "at least so many of the parts hold", required=("of",), compares="nothing"),
}
"""By the first key of each form."""

MEASURED: Final = ("dimension", "question", "group", "fact")
"""What a form can be about so that it names a measure."""


def json_schema(id_schema: dict[str, Any]) -> dict[str, Any]:
    """Give the JSON Schema of a condition, to stand under ``$defs/condition``.

    Args:
        id_schema: the schema of an id.
    """
    forms = [_form_schema(head, form, id_schema) for head, form in FORMS.items()]
    return {"title": "Condition", "description": "What must hold; see docs/content-files.md", "anyOf": forms}


def _form_schema(head: str, form: Form, id_schema: dict[str, Any]) -> dict[str, Any]:
    properties = {head: {**_head_schema(head, form, id_schema), "description": form.meaning}}
    properties |= {key: {"enum": list(GROUPS)} for key in (*form.required, *form.optional)}
    properties |= {operator: _operand_schema(operator, head) for operator in form.operators}
    if head == "some":
        properties["of"] = _PARTS
    schema = {"type": "object", "title": head, "properties": properties, "additionalProperties": False}
    schema["required"] = [head, *form.required]
    if form.operators:
        schema["oneOf"] = [{"required": [operator]} for operator in form.operators]
    return schema


_PARTS: Final = {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/condition"}}


def _head_schema(head: str, form: Form, id_schema: dict[str, Any]) -> dict[str, Any]:
    if head == "not":
        return {"$ref": "#/$defs/condition"}
    if head == "some":
        return {"type": "integer", "minimum": 1}
    match form.about:
        case "group":
            return {"enum": list(GROUPS)}
        case "fact":
            return {"enum": list(FACTS)}
        case "parts":
            return dict(_PARTS)
        case "measure":
            return _measure_schema(id_schema)
        case _:
            return id_schema


def _measure_schema(id_schema: dict[str, Any]) -> dict[str, Any]:
    named = [(head, form) for head, form in FORMS.items() if form.about in MEASURED]
    return {"anyOf": [
        {
            "type": "object",
            "properties": {
                head: _head_schema(head, form, id_schema),
                **{key: {"enum": list(GROUPS)} for key in (*form.required, *form.optional)},
            },
            "required": [head, *form.required],
            "additionalProperties": False,
        }
        for head, form in named
    ]}  # fmt: skip


def _operand_schema(operator: str, head: str) -> dict[str, Any]:
    number = {"type": "number", "description": "at most three decimals"}
    if operator == "within":
        return {
            "type": "array",
            "items": number,
            "minItems": 2,
            "maxItems": 2,
            "description": "low and high, inclusive",
        }
    if operator == "is":
        words = WORDS[head] if head in WORDS else [word for fact in WORD_FACTS for word in WORDS[fact]]
        return {"enum": list(words)} if head in WORDS else {"anyOf": [{"enum": words}, {"type": "number"}]}
    return number


def words_of(head: str, name: str) -> tuple[str, ...]:
    """Give the words that a measure is compared with; none for numbers.

    Args:
        head: the first key of the form.
        name: what stands under it.
    """
    return WORDS["trend"] if head == "trend" else WORDS[name] if head == "fact" and name not in NUMBER_FACTS else ()
