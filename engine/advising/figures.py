"""Figures as people read them: every measure that is shown passes here, and so through the one coarsening function."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from engine.advising.evidence import Evidence
from engine.advising.wording import number, percent, word
from engine.content.conditions import Comparison, Operator
from engine.content.library import Library
from engine.content.measures import DIMENSION_KINDS, THOUSAND, WORDS, Measure, word_of
from engine.content.ranges import tellable_values
from engine.measuring.anonymity import Figure, coarse_value, shown
from engine.measuring.profile import Profile

_SHARES: Final = ("favourable", "unfavourable", "csat", "response-rate")
_IN_STEPS: Final = ("favourable", "unfavourable", "csat", "nps")
_SIGNED: Final = ("standing", "change")
_OPPOSITE: Final[dict[Operator, str]] = {
    "below": "at-least", "at-most": "above", "above": "at-most", "at-least": "below",
    "within": "not-within", "is": "not-is",
}  # fmt: skip


@dataclass(frozen=True)
class Figures:
    """Writes the measures of one team in one language.

    Args:
        library: names of dimensions, questions, plays and templates.
        profile: the team's measures.
        language: ``en`` or ``fi``.
        exact: whether thousandths are shown, to one who holds the answers anyway.
    """

    library: Library
    profile: Profile
    language: str
    exact: bool = False
    _shown: dict[Measure, Figure] = field(default_factory=dict, repr=False, compare=False)
    _sentences: dict[Evidence, str] = field(default_factory=dict, repr=False, compare=False)

    def shown(self, measure: Measure) -> Figure:
        """Give what may be shown of a measure; worked out once, since reasons name the same measures often."""
        figure = self._shown.get(measure)
        if figure is None:
            figure = self._shown[measure] = shown(self.profile, measure, exact=self.exact)
        return figure

    def name(self, measure: Measure) -> str:
        """Give the label of a measure, such as “Agreements” or “Customer focus, customers' view”."""
        key = measure.kind
        if key == "score":
            key = f"score-{measure.group}"
        elif key == "respondents":
            key = f"respondents-{measure.group}"
        elif key == "fact":
            key = f"fact-{measure.of}"
        group = word(measure.group, self.language) if measure.group else ""
        return word(key, self.language, name=self._subject(measure), group=group)

    def bare(self, measure: Measure) -> str | None:
        """Give the shown value without its scale, or None where nothing may be shown."""
        figure = self.shown(measure)
        if not isinstance(figure.value, Decimal):
            return None
        text = self._plain(measure, figure.value)
        # They, and means of one question, are shown in coarse steps, and the truth may lie half a step away.
        return self._bounded(text, figure.bound, figure.about or (measure.kind in _IN_STEPS and not self.exact))

    def value(self, measure: Measure) -> str | None:
        """Give the shown value of a measure in words and figures, or None where nothing may be shown."""
        figure = self.shown(measure)
        if figure.value is None:
            return None
        if isinstance(figure.value, str):
            return word(figure.value, self.language)
        if measure.kind == "gap":
            return self._gap(measure, figure)
        text = self.bare(measure)
        scaled = measure.kind == "score"
        return word("of-scale", self.language, value=text, top=self._top(measure)) if scaled else text

    def sentence(self, evidence: Evidence) -> str:
        """Give a comparison as a person reads it: name, value, and what the rule asks."""
        said = self._sentences.get(evidence)
        if said is None:
            said = self._sentences[evidence] = self._said(evidence)
        return said

    def _said(self, evidence: Evidence) -> str:
        leaf = evidence.leaf
        if not isinstance(leaf, Comparison):
            raise TypeError("findings and known tests have words of their own")
        value = self.value(leaf.measure)
        if isinstance(self.shown(leaf.measure).value, str):
            return f"{self.name(leaf.measure)}: {value}"
        if leaf.measure.kind in ("done", "adopted"):
            held = evidence.truth if evidence.truth is not None else False
            return f"{self.name(leaf.measure)}: {word('yes' if held else 'no', self.language)}"
        if self.tells(leaf):
            return f"{self.name(leaf.measure)}: {value or '…'}"
        side = self._rounded_away(evidence, leaf)
        if value is None or (side and leaf.measure.kind not in ("score", "question")):
            return f"{self.name(leaf.measure)}: {self.asked(leaf, evidence.wanted)}"
        return f"{self.name(leaf.measure)}: {value} ({side or self.asked(leaf, evidence.wanted)})"

    def asked(self, leaf: Comparison, wanted: bool) -> str:
        """Give what a rule asks of a measure, such as “under 3.0”; “…” where that would tell what is not shown."""
        if self.tells(leaf):
            return "…"
        key = leaf.operator if wanted else _OPPOSITE[leaf.operator]
        limit, upper = (self._limit(leaf.measure, end) for end in (leaf.operand, leaf.upper))
        return word(key, self.language, limit=limit, upper=upper)

    def tells(self, leaf: Comparison) -> bool:
        """Tell whether a limit lies beyond what is shown of a measure, so that the limit must not be said either."""
        figure = self.shown(leaf.measure)
        ends = (leaf.operand, leaf.upper) if leaf.operator == "within" else (leaf.operand,)
        if isinstance(figure.value, Decimal):
            value = figure.value * THOUSAND
            over, under = figure.bound == "or-more", figure.bound == "or-less"
            return any((over and end > value) or (under and end < value) for end in ends)
        if figure.value is None and leaf.measure not in self.profile.values:
            return False  # unknown, so that nothing is hidden
        tellable = None if self.exact else tellable_values(list(self.library.questionnaires.values()), leaf.measure)
        return tellable is not None and any(not tellable[0] <= end <= tellable[1] for end in ends)

    def _rounded_away(self, evidence: Evidence, leaf: Comparison) -> str:
        """Give “just under 3.0” where rounding makes a measure look as if it did not meet what the rule asks."""
        low, high = leaf.bounds
        value = None if self.exact else coarse_value(self.profile, leaf.measure)
        if value is None or evidence.truth is not evidence.wanted:
            return ""
        if evidence.wanted is ((low is None or low <= value) and (high is None or value < high)):
            return ""
        near = min((end for end in (low, high) if end is not None), key=lambda end: abs(end - value))
        under = (near == high) is evidence.wanted
        limit = self._limit(leaf.measure, near if near != leaf.operand + 1 else leaf.operand)
        return word("just-under" if under else "just-over", self.language, limit=limit)

    def difference(self, measure: Measure, thousandths: int) -> str:
        """Give a distance in the measure's unit."""
        return self._limit(measure, thousandths)

    def _subject(self, measure: Measure) -> str:
        library, language = self.library, self.language
        if measure.kind in (*DIMENSION_KINDS, "gap"):
            dimension = library.dimensions.get(measure.of)
            return str(getattr(dimension, language)) if dimension else measure.of
        if measure.kind == "question":
            return next(
                (
                    str(getattr(question, language))
                    for questionnaire in library.questionnaires.values()
                    for question in questionnaire.all_questions
                    if question.id == measure.of
                ),
                measure.of,
            )
        if measure.kind == "done" and measure.of in library.plays:
            return library.plays[measure.of].file.title.get(language)
        if measure.kind == "adopted" and measure.of in library.templates:
            return library.templates[measure.of].file.title.get(language)
        return measure.of

    def _plain(self, measure: Measure, value: Decimal) -> str:
        if measure.kind in _SHARES:
            return percent(value, self.language)
        text = number(value, self.language)
        return f"+{text}" if measure.kind in _SIGNED and value > 0 else text

    def _gap(self, measure: Measure, figure: Figure) -> str:
        assert isinstance(figure.value, Decimal)
        direction = "higher" if figure.value > 0 else "lower" if figure.value < 0 else "same"
        size = number(abs(figure.value), self.language)
        bound = {"or-less": "or-more", "or-more": "or-less"}.get(figure.bound) if figure.value < 0 else figure.bound
        size = self._bounded(size, bound, figure.about)
        of, minus = f"by-{measure.group}", f"than-{measure.minus}"
        words = {"of": word(of, self.language), "minus": word(minus, self.language)}
        return word(direction, self.language, value=size, **words)

    def _bounded(self, text: str, bound: str | None, about: bool) -> str:
        said = "-".join(filter(None, ("about" if about else "", bound)))
        return word(said, self.language, value=text) if said else text

    def _limit(self, measure: Measure, thousandths: int) -> str:
        if measure.kind in WORDS or measure.of in WORDS:
            return word(word_of(measure.of if measure.kind == "fact" else measure.kind, thousandths), self.language)
        value = Decimal(thousandths) / THOUSAND
        if measure.kind in _SHARES:
            return percent(value, self.language)
        whole = value == int(value)
        if measure.kind in ("respondents", "fact", "nps"):
            return number(int(value) if whole else value.normalize(), self.language)
        return number(value.quantize(Decimal("0.1")) if whole else value.normalize(), self.language)

    def _top(self, measure: Measure) -> int:
        questionnaire = self.profile.questionnaires.get(measure.group)  # type: ignore[call-overload]  # a group's name
        return questionnaire.scale.to if questionnaire else 5
