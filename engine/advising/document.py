"""A team's advice as a document: the same parts for the terminal and for Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from engine.advising.agreements import agreements_for
from engine.advising.data import Presenter
from engine.advising.recommendations import Recommendation
from engine.advising.wording import number, word
from engine.content.measures import GROUPS, Measure
from engine.measuring.anonymity import shown

FEW: Final = 3
"""So many measures are told with a finding unless somebody says otherwise; `pelikirja why` tells all of them."""


@dataclass(frozen=True, slots=True)
class Card:
    """One play to start with, in the words the manager reads.

    Args:
        id: the play.
        title, why, facts, first_step: its parts, each a short text.
    """

    id: str
    title: str
    why: tuple[str, ...]
    facts: str
    first_step: str


@dataclass(frozen=True, slots=True)
class Row:
    """One dimension of the profile: its name, a figure per group, and a word about it."""

    name: str
    figures: tuple[str, ...]
    remark: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """An agreement template for this team: its clauses, how to raise a breach, and weeks until the review."""

    title: str
    clauses: tuple[str, ...]
    breach: str
    weeks: int


class Document:
    """The parts of one team's advice, written out.

    Args:
        presenter: the advice in a language.
        few: so many measures are told with a finding.
    """

    def __init__(self, presenter: Presenter, few: int = FEW) -> None:
        self._presenter = presenter
        self._few = few
        self._advice = presenter.advice
        self._language = presenter.language
        self._library = presenter.library

    def label(self, key: str, **values: object) -> str:
        """Give a heading or label in the reader's language."""
        return word(key, self._language, **values)

    @property
    def title(self) -> str:
        """Give the team's name, or a word for one who has none."""
        return self._advice.team or self.label("your-team")

    @property
    def answered(self) -> str:
        """Give what was asked, and how many answered."""
        profile = self._advice.profile
        if profile.one_view:
            asked_one = (str(getattr(each, self._language)) for each in profile.questionnaires.values())
            return " · ".join([*asked_one, self.label("one-view")])
        asked = dict.fromkeys(str(getattr(each, self._language)) for each in profile.questionnaires.values())
        counts = []
        for group in (each for each in GROUPS if each in profile.respondents):
            count = profile.respondents[group]
            invited = profile.invited.get(group, 0)
            of = group != "manager" and 0 < invited >= count
            key = f"answered-{group}" + ("-of" if of else "-one" if count == 1 else "")
            counts.append(self.label(key, count=count, invited=invited))
        return " · ".join([*asked, ", ".join(counts)])

    @property
    def keep(self) -> str | None:
        """Give the one strength to keep, or an honest word that there is none; None where nothing was measured."""
        if not self._advice.strengths:
            return self.label("no-strength") if self._measured() else None
        return self._presenter.reasons.told(self._advice.strengths[0].id, self._few)

    def cards(self) -> Iterator[Card]:
        """Yield what to start with, best first."""
        for each in self._advice.start_here:
            play = self._library.plays[each.play]
            first_step = self._presenter.texts.first_step(play)
            why = self._presenter.why(each, self._few)
            yield Card(each.play, play.file.title.get(self._language), why, self.facts(each), first_step)

    def facts(self, recommendation: Recommendation) -> str:
        """Give time, people and evidence of a play in one line."""
        play = self._library.plays[recommendation.play].file
        parts = (
            self.label("minutes", count=play.minutes),
            self.label("for-team" if play.for_ == "team" else "for-manager"),
            self.label("evidence", grade=play.evidence.grade),
        )
        return " · ".join(parts)

    def later(self) -> Iterator[str]:
        """Yield what can wait, each with what comes first."""
        for each in self._advice.later:
            cautions = self._presenter.cautions(each, self._few)
            title = self._library.plays[each.play].file.title.get(self._language)
            yield f"{title} ({'; '.join(cautions)})" if cautions else title

    def held_back(self) -> Iterator[str]:
        """Yield what does not suit the team now, why, and what to do instead."""
        for each in self._advice.held_back:
            title = self._library.plays[each.play].file.title.get(self._language)
            because = "; ".join(self._presenter.reasons.held_back(each.play))
            key = "held-back-instead" if each.instead else "held-back-only"
            instead = self._library.plays[each.instead].file.title.get(self._language) if each.instead else ""
            yield self.label(key, title=title, because=because, instead=instead)

    def not_evaluated(self) -> Iterator[str]:
        """Yield what could not be judged, and why."""
        for each in self._advice.not_evaluated:
            missing = self.label(f"missing-{each.missing}")
            key = "not-judged" if len(each.rules) > 1 else "not-judged-one"
            yield self.label(key, missing=missing, reason=each.reason.text(self._language), count=len(each.rules))

    def other_findings(self) -> Iterator[str]:
        """Yield the findings that no play to start with answers."""
        answered = {finding for each in self._advice.start_here for finding in each.treats}
        for finding in self._advice.findings:
            if finding.id not in answered:
                yield self._presenter.reasons.title(finding.id)

    def columns(self) -> tuple[str, ...]:
        """Give the names of the profile's columns: the groups that answered."""
        return tuple(self.label(f"column-{group}") for group in self._groups())

    def rows(self) -> Iterator[Row]:
        """Yield the profile, what members rate lowest first; nothing where no score is known."""
        profile = self._advice.profile
        groups = self._groups()
        dimensions = {str(each.id): each for one in profile.questionnaires.values() for each in one.dimensions}
        if not self._measured():
            return
        for id_ in sorted(dimensions, key=lambda each: (self._height(each), each)):
            figures = tuple(self._score(Measure("score", id_, group)) for group in groups)
            name = str(getattr(dimensions[id_], self._language))
            yield Row(name, figures, self._remark(id_))

    def agreements(self) -> Iterator[Agreement]:
        """Yield the agreement templates that suit, filled in for this team."""
        for template in agreements_for(self._advice, self._library):
            clauses = tuple(each.text for each in self._presenter.texts.clauses(template))
            file = template.file
            title, breach = file.title.get(self._language), file.breach.get(self._language)
            yield Agreement(title, clauses, breach, file.review_after_weeks)

    def play_text(self, play: str) -> str:
        """Give a play's whole text for this team as Markdown, with its evidence."""
        evidence = self._library.plays[play].file.evidence
        sources = "; ".join(evidence.sources) + ". " if evidence.sources else ""
        limits = evidence.limits.get(self._language)
        said = self.label("evidence-text", grade=evidence.grade, sources=sources, limits=limits)
        return f"{self._presenter.texts.play(self._library.plays[play])}\n{said}\n"

    def _measured(self) -> bool:
        return any(measure.kind == "score" for measure in self._advice.profile.values)

    def _groups(self) -> tuple[str, ...]:
        profile = self._advice.profile
        return tuple(each for each in GROUPS if profile.respondents.get(each))

    def _height(self, dimension: str) -> tuple[bool, Decimal]:
        value = self._presenter.figures.shown(Measure("score", dimension, "members")).value
        return (False, value) if isinstance(value, Decimal) else (True, Decimal(0))

    def _score(self, measure: Measure) -> str:
        figure = self._presenter.figures.shown(measure)
        if not isinstance(figure.value, Decimal):
            return "–"
        if figure.about:
            return self._presenter.figures.bare(measure) or "–"
        sign = {"or-more": "≥ ", "or-less": "≤ "}.get(figure.bound, "")
        return sign + number(figure.value, self._language)

    def _remark(self, dimension: str) -> str:
        """Give a word about a dimension: how alike it is seen, and whether it changed."""
        remarks = []
        for kind in ("consensus", "trend"):
            figure = shown(self._advice.profile, Measure(kind, dimension, "members"), exact=False)
            if isinstance(figure.value, str) and figure.value != "steady":
                remarks.append(self.label(figure.value))
            elif isinstance(figure.value, Decimal):
                remarks.append(self.label("consensus-figure", value=number(figure.value, self._language)))
        return ", ".join(remarks)


def as_markdown(document: Document) -> str:
    """Give the whole advice as Markdown: the first page, the profile, the plays to start with and the agreements."""
    return "\n".join(_markdown(document)) + "\n"


def _markdown(document: Document) -> Iterator[str]:
    label = document.label
    yield from (f"# {document.title}", "", document.answered, "")
    if document.keep:
        yield from (f"**{label('keep-this')}** {document.keep}", "")
    yield from (f"## {label('start-here')}", "")
    cards = list(document.cards())
    for place, card in enumerate(cards, 1):
        yield from (f"### {place}. {card.title}", "", *(f"{each}  " for each in card.why), "", card.facts, "")
        yield from (f"**{label('within-two-days')}** {card.first_step}", "")
    for key, items in _lists(document):
        if items:
            yield from (f"## {label(key)}", "", *(f"- {each}" for each in items), "")
    rows = list(document.rows())
    if rows:
        yield from (f"## {label('profile')}", "", *_markdown_table(document, rows), "")
    for card in cards:
        yield from (f"## {card.title}", "", _one_level_down(document.play_text(card.id)))
    for each in document.agreements():
        yield from (f"## {label('agreement', title=each.title)}", "", *(f"- {clause}" for clause in each.clauses), "")
        yield from (f"**{label('breach')}** {each.breach}", "", label("review-after", weeks=each.weeks), "")


def _one_level_down(markdown: str) -> str:
    return re.sub(r"^(#+ )", r"#\1", markdown, flags=re.MULTILINE)


def _lists(document: Document) -> list[tuple[str, list[str]]]:
    return [
        ("also-found", list(document.other_findings())),
        ("later", list(document.later())),
        ("held-back", list(document.held_back())),
        ("not-evaluated", list(document.not_evaluated())),
    ]


def _markdown_table(document: Document, rows: list[Row]) -> Iterator[str]:
    header = [document.label("dimension"), *document.columns(), ""]
    yield "| " + " | ".join(header) + " |"
    yield "|" + " --- |" * len(header)
    for row in rows:
        yield "| " + " | ".join([row.name, *row.figures, row.remark]) + " |"
