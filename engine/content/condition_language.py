"""The condition language as coaches write it: one small model per form, each turning into the condition tree."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, ClassVar, Final, Literal, TypeAlias

from pydantic import BeforeValidator, Discriminator, Field, Tag, WithJsonSchema
from pydantic import model_validator as validator

from engine.content import conditions as tree
from engine.content.conditions import Condition, Operator, Place
from engine.content.measures import NUMBER_FACTS, THOUSAND, WORD_FACTS, WORDS, Group, Measure, word_value
from engine.content.model import Id, Model, fault
from engine.content.source import Mapping, Text

MAX_THRESHOLD: Final = 1_000_000


def _thousandths(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise fault("wrong-type", f"a number is expected here, not “{value}”", "write it without quotes, such as 3.0")
    thousandths = Decimal(value) * THOUSAND
    if abs(thousandths) > MAX_THRESHOLD * THOUSAND:
        raise fault("bad-threshold", f"{value} is far outside what can be measured")
    if thousandths != int(thousandths):
        raise fault("bad-threshold", f"{value} has more than three decimals", "use at most three")
    return int(thousandths)


Threshold = Annotated[int, BeforeValidator(_thousandths), WithJsonSchema({"type": "number"})]


class Form(Model):
    """One form of condition."""

    def tree(self) -> Condition:
        """Give the condition that this form means."""
        raise TypeError(f"{type(self).__name__} is only a base")


class NumberForm(Form):
    """A form that compares one measure with a number: exactly one comparison."""

    below: Threshold | None = None
    at_most: Annotated[Threshold | None, Field(alias="at-most")] = None
    above: Threshold | None = None
    at_least: Annotated[Threshold | None, Field(alias="at-least")] = None
    within: Annotated[tuple[Threshold, Threshold] | None, Field(description="low and high, both included")] = None

    @validator(mode="after")
    def _one_comparison(self) -> Any:
        given = self._given()
        if len(given) != 1:
            said = "none" if not given else " and ".join(operator for operator, _ in given)
            hint = "write one of below, at-most, above, at-least, within" + (", is" if self._words() else "")
            raise fault("one-comparison", f"a condition compares exactly once; here stands {said}", hint)
        if self.within and self.within[0] > self.within[1]:
            raise fault("bad-threshold", "the first number of “within” is larger than the second", "swap them")
        return self

    def _words(self) -> tuple[str, ...]:
        return ()

    def _given(self) -> list[tuple[Operator, Any]]:
        operators: tuple[tuple[Operator, Any], ...] = (
            ("below", self.below), ("at-most", self.at_most), ("above", self.above), ("at-least", self.at_least),
            ("within", self.within), ("is", getattr(self, "is_", None)),
        )  # fmt: skip
        return [(operator, value) for operator, value in operators if value is not None]

    def measure(self) -> Measure:
        """Give the measure that is compared."""
        raise TypeError(f"{type(self).__name__} is only a base")

    def tree(self) -> Condition:
        """Give the comparison."""
        [(operator, value)] = self._given()
        low, high = value if operator == "within" else (value, 0)
        return tree.Comparison(self.measure(), operator, low, high, place=self._place())

    def _place(self) -> Place | None:
        return None


class DimensionForm(NumberForm):
    """A measure of one dimension of one group."""

    kind: ClassVar[str]
    group: Group = "members"

    def measure(self) -> Measure:
        """Give the measure of the dimension named under the form's own key."""
        return Measure(self.kind, str(self._dimension()), self.group)

    def _dimension(self) -> Text:
        name: Text = getattr(self, self.kind)
        return name

    def _place(self) -> Place | None:
        return self._dimension().place


class ScoreForm(DimensionForm):
    """The mean of persons' scores on a dimension."""

    kind = "score"
    score: Id


class QuestionForm(DimensionForm):
    """The mean of the answers to one question."""

    kind = "question"
    question: Id


class FavourableForm(DimensionForm):
    """The share of persons who score 3.5 or more."""

    kind = "favourable"
    favourable: Id


class UnfavourableForm(DimensionForm):
    """The share of persons who score 2.5 or less."""

    kind = "unfavourable"
    unfavourable: Id


class SpreadForm(DimensionForm):
    """The standard deviation between persons."""

    kind = "spread"
    spread: Id


class ConsensusForm(DimensionForm):
    """How alike people answered, 0 to 1."""

    kind = "consensus"
    consensus: Id


class StandingForm(DimensionForm):
    """The score minus the mean of the group's own dimension scores."""

    kind = "standing"
    standing: Id


class ChangeForm(DimensionForm):
    """The score minus the last closed round's."""

    kind = "change"
    change: Id


class TrendForm(Form):
    """Whether a dimension changed by more than chance since the last round."""

    trend: Id
    group: Group = "members"
    is_: Annotated[Literal[WORDS["trend"]], Field(alias="is")]  # type: ignore[valid-type]  # one list of the words

    def tree(self) -> Condition:
        """Give the comparison with the word."""
        value = word_value("trend", self.is_)
        return tree.Comparison(Measure("trend", str(self.trend), self.group), "is", value, place=self.trend.place)


class GapForm(NumberForm):
    """One group's score minus another's, over questions that mirror each other."""

    gap: Id
    of: Group
    minus: Group

    @validator(mode="after")
    def _two_groups(self) -> Any:
        if self.of == self.minus:
            raise fault("bad-gap", f"a gap needs two groups; both are {self.of}", "name another group under “minus:”")
        return self

    def measure(self) -> Measure:
        """Give the gap."""
        return Measure("gap", str(self.gap), self.of, self.minus)

    def _place(self) -> Place | None:
        return self.gap.place


class CsatForm(NumberForm):
    """Customers' satisfaction: the share of 4 and 5."""

    csat: Group

    def measure(self) -> Measure:
        """Give the group's satisfaction."""
        return Measure("csat", group=self.csat)


class NpsForm(NumberForm):
    """Likelihood to recommend, −100 to 100."""

    nps: Group

    def measure(self) -> Measure:
        """Give the group's likelihood to recommend."""
        return Measure("nps", group=self.nps)


class RespondentsForm(NumberForm):
    """How many of a group answered."""

    respondents: Group

    def measure(self) -> Measure:
        """Give the count."""
        return Measure("respondents", group=self.respondents)


class ResponseRateForm(NumberForm):
    """Which share of a group answered."""

    response_rate: Annotated[Group, Field(alias="response-rate")]

    def measure(self) -> Measure:
        """Give the share."""
        return Measure("response-rate", group=self.response_rate)


class FactForm(NumberForm):
    """A fact about the team: a number, or for work-mode a word."""

    fact: Literal[(*NUMBER_FACTS, *WORD_FACTS)]  # type: ignore[valid-type]  # one list of the facts
    is_: Annotated[
        Any, Field(alias="is"), WithJsonSchema({"anyOf": [{"enum": list(WORDS["work-mode"])}, {"type": "number"}]})
    ] = None

    def _words(self) -> tuple[str, ...]:
        return WORDS.get(self.fact, ())

    @validator(mode="after")
    def _fits(self) -> Any:
        words = self._words()
        if words and (self.is_ is None or str(self.is_) not in words):
            raise fault("bad-fact", f"{self.fact} is a word", f"write “is:” with one of {', '.join(words)}")
        if not words and self.is_ is not None:
            _thousandths(self.is_)
        return self

    def measure(self) -> Measure:
        """Give the fact."""
        return Measure("fact", str(self.fact))

    def tree(self) -> Condition:
        """Give the comparison; a word becomes its number."""
        if self.is_ is None:
            return super().tree()
        value = word_value(self.fact, str(self.is_)) if self._words() else _thousandths(self.is_)
        return tree.Comparison(self.measure(), "is", value)


class KnownMeasure(Model):
    """What ``known`` asks about: one measure, named as in a comparison."""

    score: Id | None = None
    question: Id | None = None
    favourable: Id | None = None
    unfavourable: Id | None = None
    spread: Id | None = None
    consensus: Id | None = None
    standing: Id | None = None
    change: Id | None = None
    trend: Id | None = None
    gap: Id | None = None
    csat: Group | None = None
    nps: Group | None = None
    respondents: Group | None = None
    response_rate: Annotated[Group | None, Field(alias="response-rate")] = None
    fact: Literal[(*NUMBER_FACTS, *WORD_FACTS)] | None = None  # type: ignore[valid-type]  # one list of the facts
    group: Group | None = None
    of: Group | None = None
    minus: Group | None = None

    @validator(mode="after")
    def _one(self) -> KnownMeasure:
        if len(self.named()) != 1:
            hint = "write it as in {known: {score: agreements}}"
            raise fault("one-comparison", "“known” asks about exactly one measure", hint)
        [(kind, _)] = self.named()
        if (kind == "gap") != (self.of is not None and self.minus is not None):
            raise fault("bad-gap", "a gap names its groups under “of:” and “minus:”, and nothing else does")
        return self

    def named(self) -> list[tuple[str, str]]:
        """Give the kind of measure that is asked about, and its name; one pair in a valid model."""
        names = set(KnownMeasure.model_fields) - {"group", "of", "minus"}
        pairs = ((name.replace("_", "-"), getattr(self, name)) for name in sorted(names))
        return [(kind, value) for kind, value in pairs if value is not None]

    def measure(self) -> Measure:
        """Give the measure."""
        [(kind, value)] = self.named()
        if kind in ("csat", "nps", "respondents", "response-rate"):
            return Measure(kind, group=value)
        if kind == "fact":
            return Measure(kind, str(value))
        if kind == "gap":
            return Measure(kind, str(value), str(self.of), str(self.minus))
        return Measure(kind, str(value), self.group or "members")


class KnownForm(Form):
    """Whether a measure is known; never unknown itself."""

    known: KnownMeasure

    def tree(self) -> Condition:
        """Give the test."""
        [(_, name)] = self.known.named()
        return tree.Known(self.known.measure(), place=getattr(name, "place", None))


class FindingForm(Form):
    """Whether a rule concluded a finding."""

    finding: Id

    def tree(self) -> Condition:
        """Give the test."""
        return tree.FindingIs(str(self.finding), place=self.finding.place)


class DoneForm(Form):
    """Whether the team has done a play."""

    done: Id

    def tree(self) -> Condition:
        """Give the test."""
        return tree.Comparison(Measure("done", str(self.done)), "is", THOUSAND, place=self.done.place)


class AdoptedForm(Form):
    """Whether the team has adopted an agreement template."""

    adopted: Id

    def tree(self) -> Condition:
        """Give the test."""
        return tree.Comparison(Measure("adopted", str(self.adopted)), "is", THOUSAND, place=self.adopted.place)


Parts = Annotated[tuple["AnyForm", ...], Field(min_length=1, max_length=500)]


class AllForm(Form):
    """Every part holds."""

    all: Parts

    def tree(self) -> Condition:
        """Give the conjunction."""
        return tree.All(tuple(part.tree() for part in self.all))


class AnyOfForm(Form):
    """At least one part holds."""

    any: Parts

    def tree(self) -> Condition:
        """Give the disjunction."""
        return tree.Any(tuple(part.tree() for part in self.any))


class NotForm(Form):
    """The part does not hold."""

    not_: Annotated[AnyForm, Field(alias="not")]

    def tree(self) -> Condition:
        """Give the negation."""
        return tree.Not(self.not_.tree())


class SomeForm(Form):
    """At least so many of the parts hold."""

    some: Annotated[int, Field(ge=1)]
    of: Parts

    @validator(mode="after")
    def _enough(self) -> Any:
        if self.some > len(self.of):
            raise fault("bad-some", f"{self.some} of {len(self.of)} can never hold", f"use {len(self.of)} or less")
        return self

    def tree(self) -> Condition:
        """Give the threshold over the parts."""
        return tree.Some(self.some, tuple(part.tree() for part in self.of))


HEADS: Final = (
    "score", "question", "favourable", "unfavourable", "spread", "consensus", "standing", "change", "trend", "gap",
    "csat", "nps", "respondents", "response-rate", "fact", "known", "finding", "done", "adopted",
    "all", "any", "not", "some",
)  # fmt: skip


def _head(data: Any) -> str | None:
    """Tell which form a condition has by the key it starts with."""
    if not isinstance(data, Mapping):
        return None
    return next((f"~{head}" for head in HEADS if head in data), None)


AnyForm: TypeAlias = Annotated[
    Annotated[ScoreForm, Tag("~score")] | Annotated[QuestionForm, Tag("~question")]
    | Annotated[FavourableForm, Tag("~favourable")] | Annotated[UnfavourableForm, Tag("~unfavourable")]
    | Annotated[SpreadForm, Tag("~spread")] | Annotated[ConsensusForm, Tag("~consensus")]
    | Annotated[StandingForm, Tag("~standing")] | Annotated[ChangeForm, Tag("~change")]
    | Annotated[TrendForm, Tag("~trend")] | Annotated[GapForm, Tag("~gap")]
    | Annotated[CsatForm, Tag("~csat")] | Annotated[NpsForm, Tag("~nps")]
    | Annotated[RespondentsForm, Tag("~respondents")] | Annotated[ResponseRateForm, Tag("~response-rate")]
    | Annotated[FactForm, Tag("~fact")] | Annotated[KnownForm, Tag("~known")]
    | Annotated[FindingForm, Tag("~finding")] | Annotated[DoneForm, Tag("~done")]
    | Annotated[AdoptedForm, Tag("~adopted")] | Annotated[AllForm, Tag("~all")]
    | Annotated[AnyOfForm, Tag("~any")] | Annotated[NotForm, Tag("~not")] | Annotated[SomeForm, Tag("~some")],
    Discriminator(_head),
]  # fmt: skip

for _form in (AllForm, AnyOfForm, NotForm, SomeForm):
    _form.model_rebuild()
