"""Conditions in words: the same words as in a team's reasons, without a team."""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.advising.figures import Figures
from engine.advising.wording import word
from engine.content.conditions import All, Any, Comparison, Condition, FindingIs, Known, Not, Some
from engine.content.library import Library
from engine.measuring.profile import Profile
from web.translations import _


@dataclass(frozen=True, slots=True)
class Sentence:
    """One part of a condition in words.

    Args:
        text: what it says.
        parts: what it says it about, each a sentence; empty for a single test.
        rule, play, template: the id of what it names, to link to; empty otherwise.
    """

    text: str
    parts: tuple[Sentence, ...] = ()
    rule: str = ""
    play: str = ""
    template: str = ""


@dataclass(frozen=True)
class Sentences:
    """Puts conditions into words.

    Args:
        library: names of dimensions, questions, findings, plays and templates.
        language: ``en`` or ``fi``, the reader's.
    """

    library: Library
    language: str
    _figures: Figures = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # Nobody's measures: nothing is known, so nothing has to be hidden, and limits are written as they are.
        object.__setattr__(self, "_figures", Figures(self.library, Profile.of({}), self.language, exact=True))

    def of(self, condition: Condition, holds: bool = True) -> Sentence:
        """Give a condition in words.

        Args:
            condition: any condition.
            holds: whether it is said that it holds, or that it does not.
        """
        match condition:
            case Not(part):
                return self.of(part, not holds)
            case All(parts) | Any(parts) | Some(_, parts) if len(parts) == 1:
                return self.of(parts[0], holds)
            case All(parts) | Any(parts) | Some(_, parts):
                return Sentence(_how_many(condition, holds), tuple(self.of(part) for part in parts))
            case FindingIs(finding):
                return self._finding(finding, holds)
            case Known(measure):
                text = _("%(what)s: known") if holds else _("%(what)s: not known")
                return Sentence(text % {"what": self._figures.name(measure)})
            case Comparison():
                return self._comparison(condition, holds)

    def _finding(self, id_: str, holds: bool) -> Sentence:
        found = self.library.findings[id_]
        key = "finding-fired" if holds else "finding-absent"
        return Sentence(word(key, self.language, name=found.texts.get(self.language)), rule=id_)

    def _comparison(self, leaf: Comparison, holds: bool) -> Sentence:
        measure = leaf.measure
        name = self._figures.name(measure)
        answer = name if holds else f"{name}: {word('no', self.language)}"
        match measure.kind:
            case "done":
                return Sentence(answer, play=measure.of)
            case "adopted":
                return Sentence(answer, template=measure.of)
            case "gap":
                return Sentence(self._gap(leaf, name, holds))
            case _:
                return Sentence(f"{name}: {self._figures.asked(leaf, holds)}")

    def _gap(self, leaf: Comparison, name: str, holds: bool) -> str:
        of, minus, asked = leaf.measure.group, leaf.measure.minus, self._figures.asked(leaf, holds)
        if holds and leaf.operator in ("above", "at-least") and leaf.operand >= 0:
            groups = {"of": word(f"by-{of}", self.language), "minus": word(f"than-{minus}", self.language)}
            return f"{name}: {word('higher', self.language, value=asked, **groups)}"
        groups = {"of": word(of, self.language), "minus": word(minus, self.language)}
        text = _("%(name)s, the difference %(of)s − %(minus)s: %(asked)s")
        return text % {"name": name, "asked": asked, **groups}


def _how_many(condition: All | Any | Some, holds: bool) -> str:
    """Say how many of the parts must hold."""
    match condition:
        case All():
            return _("All of these hold:") if holds else _("Not all of these hold:")
        case Any():
            return _("At least one of these holds:") if holds else _("None of these holds:")
        case Some(count):
            text = _("At least %(count)s of these hold:") if holds else _("Fewer than %(count)s of these hold:")
            return text % {"count": count}
