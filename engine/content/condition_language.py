"""Reads a condition as a coach wrote it into the condition tree, collecting everything that is wrong with it."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, Final, cast

from pydantic import GetPydanticSchema, WithJsonSchema
from pydantic_core import PydanticCustomError, core_schema

from engine.content import conditions as tree
from engine.content.condition_forms import FORMS, MEASURED, Form, words_of
from engine.content.conditions import Condition, Operator, Place
from engine.content.explain import Fault, described, faults
from engine.content.measures import FACTS, GROUPS, THOUSAND, Measure, word_value
from engine.content.model import check_id
from engine.content.source import Mapping, Node, Sequence, Text
from engine.content.suggestions import did_you_mean

MAX_THRESHOLD: Final = 1_000_000
EXAMPLE: Final = "write it as {score: agreements, below: 3.0}"


def read_condition(node: Any) -> Condition:
    """Read a condition.

    Args:
        node: what the YAML door read.

    Raises:
        PydanticCustomError: carrying every fault of the condition.
    """
    reader = _Reader()
    condition = reader.condition(node, None)
    if condition is None or reader.faults:
        raise faults(reader.faults)
    return condition


CONDITION: Final = {"format": "condition"}
"""Stands in a model's JSON Schema where schemas.py puts what a condition is."""

When = Annotated[
    Condition,
    GetPydanticSchema(lambda _source, _handler: core_schema.no_info_plain_validator_function(read_condition)),
    WithJsonSchema(CONDITION),
]
"""A condition as a field of a content model."""


class _Reader:
    """Reads one condition; what cannot be read becomes None and a fault."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def _wrong(self, place: Place | None, code: str, message: str, hint: str = "") -> None:
        self.faults.append(Fault(code, message, hint, place))

    def condition(self, node: Node, place: Place | None) -> Condition | None:
        if not isinstance(node, Mapping):
            message = f"a condition is expected here, not {described(node)}"
            hint = "write “all:” or “any:” before the list" if isinstance(node, Sequence) else EXAMPLE
            self._wrong(place, "bad-condition", message, hint)
            return None
        head = self._head(node, tuple(FORMS))
        if head is None:
            return None
        form = FORMS[head]
        complete = self._keys(node, head, form)
        match head:
            case "all" | "any":
                parts = self._parts(node, head)
                return tree.All(parts) if head == "all" else tree.Any(parts)
            case "not":
                part = self.condition(node[Text("not")], node.places["not"])
                return tree.Not(part) if part else None
            case "some":
                return self._some(node) if complete else None
        return self._leaf(node, head, form, complete)

    def _leaf(self, node: Mapping, head: str, form: Form, complete: bool) -> Condition | None:
        if head == "known":
            return self._known(node)
        if form.about == "finding":
            finding = self._id(node, head)
            return tree.FindingIs(str(finding), place=finding.place) if finding else None
        if form.about in ("play", "template"):
            name = self._id(node, head)
            return tree.Comparison(Measure(head, str(name)), "is", THOUSAND, place=name.place) if name else None
        return self._comparison(node, head, form, complete)

    def _head(self, node: Mapping, heads: tuple[str, ...]) -> str | None:
        """Tell which form a condition has, by the one key of it that names a form."""
        found = [key for key in node if key in heads]
        if len(found) == 1:
            return str(found[0])
        first = next(iter(node), None)
        if first is None:
            self._wrong(node.place, "bad-condition", "this condition is empty", EXAMPLE)
        elif not found:
            hint = did_you_mean(first, heads) or f"start with {', '.join(heads[:4])} …"
            self._wrong(first.place, "bad-condition", f"no condition starts with “{first}”", hint)
        else:
            message = f"“{found[0]}” and “{found[1]}” stand in one condition"
            self._wrong(found[1].place, "bad-condition", message, "write two conditions and join them with “all:”")
        return None

    def _keys(self, node: Mapping, head: str, form: Form) -> bool:
        """Check the keys beside the first one; tell whether the comparison can be judged."""
        unknown = [key for key in node if key != head and key not in form.keys]
        for key in unknown:
            hint = did_you_mean(key, form.keys) if form.keys else "take it away"
            self._wrong(key.place, "unknown-key", f"“{key}” does not go with “{head}”", hint)
        missing = [key for key in form.required if key not in node]
        for name in missing if not unknown else ():
            self._wrong(node.place, "missing-key", f"“{head}” also needs “{name}:”", f"add “{name}:”")
        return not (unknown or missing)

    def _parts(self, node: Mapping, key: str) -> tuple[Condition, ...]:
        listed, place = node[Text(key)], node.places[key]
        if not isinstance(listed, Sequence):
            message = f"“{key}” takes a list of conditions, not {described(listed)}"
            self._wrong(place, "bad-condition", message, "write one condition per line, each starting with “- ”")
            return ()
        if not listed:
            self._wrong(place, "bad-condition", f"“{key}” has no conditions", "write at least one")
        parts = [self.condition(part, at) for part, at in zip(listed, listed.places, strict=True)]
        return tuple(part for part in parts if part)

    def _some(self, node: Mapping) -> Condition | None:
        count, place = node[Text("some")], node.places["some"]
        before = len(self.faults)
        parts = self._parts(node, "of")
        if isinstance(count, bool) or not isinstance(count, int) or count < 1:
            hint = "write it as {some: 2, of: [ … ]}"
            self._wrong(place, "bad-some", f"“some” takes a whole number from 1 on, not {described(count)}", hint)
        elif len(self.faults) == before and count > len(parts):
            self._wrong(place, "bad-some", f"{count} of {len(parts)} can never hold", f"use {len(parts)} or less")
        return tree.Some(cast(int, count), parts) if len(self.faults) == before else None

    def _known(self, node: Mapping) -> Condition | None:
        asked = node[Text("known")]
        hint = "write it as {known: {score: agreements}}"
        if not isinstance(asked, Mapping):
            message = f"“known” asks about a measure, not {described(asked)}"
            self._wrong(node.places["known"], "bad-condition", message, hint)
            return None
        compared = next((key for key in asked if key in FORMS["fact"].operators), None)
        if compared is not None:
            message = f"“known” asks only whether there is a number; “{compared}” compares it"
            self._wrong(compared.place, "unknown-key", message, f"take “{compared}” away")
            return None
        other = next((key for key in asked if key in FORMS and FORMS[key].about not in MEASURED), None)
        if other is not None:
            message = f"“known” asks about a measure, and “{other}” is none"
            self._wrong(other.place, "bad-condition", message, f"use “{other}” without “known”")
            return None
        head = self._head(asked, tuple(head for head, form in FORMS.items() if form.about in MEASURED))
        if head is None:
            return None
        self._keys(asked, head, FORMS[head])
        measure, place = self._measure(asked, head, FORMS[head])
        return tree.Known(measure, place=place) if measure else None

    def _comparison(self, node: Mapping, head: str, form: Form, complete: bool) -> Condition | None:
        measure, place = self._measure(node, head, form)
        given = [key for key in node if key in form.operators]
        if complete and not given:
            hint = f"add one of {', '.join(form.operators)}" if len(form.operators) > 1 else "add “is:”"
            self._wrong(node.place, "one-comparison", f"“{head}” is compared with nothing", hint)
        if len(given) > 1:
            message = f"“{given[0]}” and “{given[1]}” stand in one condition, which compares only once"
            hint = "use “within: [low, high]”, or two conditions under “all:”"
            self._wrong(given[1].place, "one-comparison", message, hint)
        if measure is None or len(given) != 1:
            return None
        bounds = self._operand(node, given[0], words_of(head, measure.of))
        return tree.Comparison(measure, cast(Operator, str(given[0])), *bounds, place=place) if bounds else None

    def _measure(self, node: Mapping, head: str, form: Form) -> tuple[Measure | None, Place]:
        place = node.places[head]
        groups = {key: self._group(node, key) for key in (*form.required, *form.optional)}
        if form.about == "group":
            group = self._group(node, head)
            return (Measure(head, group=group) if group else None), place
        if form.about == "fact":
            fact = self._word(node, head, FACTS, "fact")
            return (Measure(head, fact) if fact else None), place
        name = self._id(node, head)
        if head == "gap" and groups["of"] and groups["of"] == groups["minus"]:
            message = f"a gap needs two groups; both are {groups['of']}"
            self._wrong(node.places["minus"], "bad-gap", message, "name another group under “minus:”")
        if name is None or None in groups.values():
            return None, place
        return Measure(head, str(name), *(str(group) for group in groups.values())), place

    def _group(self, node: Mapping, key: str) -> str | None:
        return self._word(node, key, GROUPS, "group") if key in node else GROUPS[0] if key == "group" else ""

    def _word(self, node: Mapping, key: str, known: tuple[str, ...], what: str) -> str | None:
        word = node[Text(key)]
        if isinstance(word, Text) and word in known:
            return str(word)
        message = f"there is no {what} “{word}”"
        if not isinstance(word, Text):
            message = f"a {what} is expected here, not {described(word)}"
        self._wrong(node.places[key], f"unknown-{what}", message, did_you_mean(str(word), known))
        return None

    def _id(self, node: Mapping, head: str) -> Text | None:
        name = node[Text(head)]
        if not isinstance(name, Text):
            message = f"“{head}” names a {FORMS[head].about}, not {described(name)}"
            self._wrong(node.places[head], "wrong-type", message, f"write its id, as in “{head}: some-id”")
            return None
        try:
            return check_id(name)
        except PydanticCustomError as error:
            self.faults += (error.context or {})["faults"]
            return None

    def _operand(self, node: Mapping, operator: Text, words: tuple[str, ...]) -> tuple[int, int] | None:
        value, place = node[operator], node.places[operator]
        if words:
            return self._words_value(operator, value, place, words)
        if operator != "within":
            number = self._threshold(value, place)
            return None if number is None else (number, 0)
        if not isinstance(value, Sequence) or len(value) != 2:
            message = f"“within” takes two numbers, not {described(value)}"
            if isinstance(value, Sequence):
                message = f"“within” takes two numbers, not {len(value)}"
            self._wrong(place, "bad-threshold", message, "write it as within: [2.5, 3.5]")
            return None
        low, high = (self._threshold(each, at) for each, at in zip(value, value.places, strict=True))
        if low is None or high is None:
            return None
        if low > high:
            self._wrong(place, "bad-threshold", "the first number of “within” is larger than the second", "swap them")
        return low, high

    def _words_value(self, operator: Text, value: Node, place: Place, words: tuple[str, ...]) -> tuple[int, int] | None:
        kind = "trend" if "falling" in words else "work-mode"
        if operator != "is":
            hint = f"write “is:” with one of {', '.join(words)}"
            self._wrong(operator.place, "bad-threshold", f"{kind} is a word, so “{operator}” cannot compare it", hint)
        elif str(value) not in words:
            message = f"{kind} is never {described(value)}"
            self._wrong(place, "unknown-word", message, did_you_mean(str(value), words))
        else:
            return word_value(kind, str(value)), 0
        return None

    def _threshold(self, value: Node, place: Place) -> int | None:
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            hint = "write one, such as 3.0" if value is None else "write it without quotes, such as 3.0"
            if isinstance(value, Text) and re.fullmatch(r"-?\d+,\d+", value):
                hint = f"write it with a point, as {value.replace(',', '.')}"
            self._wrong(place, "wrong-type", f"a number is expected here, not {described(value)}", hint)
            return None
        thousandths = Fraction(value) * THOUSAND
        if abs(thousandths) > MAX_THRESHOLD * THOUSAND:
            self._wrong(place, "bad-threshold", f"{value} is far outside what can be measured", "choose one inside")
        elif thousandths.denominator != 1:
            self._wrong(place, "bad-threshold", f"{value} has more than three decimals", "use at most three")
        return int(thousandths)
