"""Plays and agreement templates written out for one team."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.advising.agreements import agreements_for
from engine.advising.data import Presenter
from engine.advising.texts import Clause
from engine.advising.wording import word
from engine.content.playbooks import AgreementTemplate, PlayFile
from web.results.headline import is_done
from web.results.running import Section, running, sections
from web.teams.terms import Term, term_of


@dataclass(frozen=True, slots=True)
class PlayForTeam:
    """A whole play for one team.

    Args:
        id, title: of the play.
        file: what else is known about it.
        facts: time, people and evidence in one line.
        first_step: what to do within two days.
        sections: its text.
        steps, before: the section to run from, and what to prepare.
        agreements: ids and titles of the templates that it leads to.
        limits: what its evidence does not show.
        done: whether the team has done it.
    """

    id: str
    title: str
    file: PlayFile
    facts: str
    first_step: str
    sections: tuple[Section, ...]
    steps: Section | None
    before: Section | None
    agreements: tuple[tuple[str, str], ...]
    limits: str
    done: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One clause of an agreement, taken apart where the team chooses.

    Args:
        before, chosen, after: its text; ``chosen`` is the first choice, empty where there is none.
        others: the other choices.
    """

    before: str
    chosen: str
    after: str
    others: tuple[str, ...]

    @property
    def text(self) -> str:
        """Give the whole clause with the first choice."""
        return f"{self.before}{self.chosen}{self.after}"


@dataclass(frozen=True, slots=True)
class Agreement:
    """An agreement template for one team.

    Args:
        id, title: of the template.
        lines: its clauses, those that answer this team's findings first.
        breach: how to raise it when a clause is not kept.
        weeks: after how many weeks it is looked at again.
        adopted: whether the team works by it.
        term: since when, and when it is looked at again.
    """

    id: str
    title: str
    lines: tuple[Line, ...]
    breach: str
    weeks: int
    adopted: bool
    term: Term


def play_of(presenter: Presenter, id_: str) -> PlayForTeam | None:
    """Give a play as it is for one team, None where there is none."""
    play = presenter.library.plays.get(id_)
    if play is None:
        return None
    language, file = presenter.language, play.file
    parts = sections(presenter.texts.play(play))
    steps, before = running(parts)
    templates = [presenter.library.templates[str(each)] for each in file.agreements]
    return PlayForTeam(
        id_, file.title.get(language), file, _facts(file, language), presenter.texts.first_step(play), parts,
        steps, before, tuple((each.id, each.file.title.get(language)) for each in templates),
        file.evidence.limits.get(language), is_done(presenter, id_),
    )  # fmt: skip


def agreement_of(presenter: Presenter, id_: str, adopted: Mapping[str, str]) -> Agreement | None:
    """Give an agreement template filled in for one team, None where there is none.

    Args:
        presenter: the team's advice.
        id_: of the template.
        adopted: the templates that the team works by, each with the day on which it was agreed.
    """
    template = presenter.library.templates.get(id_)
    return _filled(presenter, template, adopted) if template else None


def offered(presenter: Presenter, adopted: Mapping[str, str]) -> tuple[list[Agreement], list[Agreement]]:
    """Give the templates that suit one team now and that it does not work by yet, and all others by title."""
    templates = presenter.library.templates
    suiting = [each for each in agreements_for(presenter.advice, presenter.library) if each.id not in adopted]
    others = [templates[each] for each in templates if templates[each] not in suiting]
    filled = [[_filled(presenter, each, adopted) for each in found] for found in (suiting, others)]
    return filled[0], sorted(filled[1], key=lambda each: each.title)


def _filled(presenter: Presenter, template: AgreementTemplate, adopted: Mapping[str, str]) -> Agreement:
    file, language = template.file, presenter.language
    return Agreement(
        template.id, file.title.get(language), tuple(map(_line, presenter.texts.clauses(template))),
        file.breach.get(language), file.review_after_weeks, template.id in adopted,
        term_of(adopted.get(template.id), file.review_after_weeks),
    )  # fmt: skip


def _line(clause: Clause) -> Line:
    """Take a clause apart at its first choice; one that names it more than once, or never, stays whole."""
    chosen, *others = clause.choices or ("",)
    if not chosen or clause.text.count(chosen) != 1:
        return Line(clause.text, "", "", tuple(others))
    before, after = clause.text.split(chosen)
    return Line(before, chosen, after, tuple(others))


def _facts(file: PlayFile, language: str) -> str:
    who = word("for-team" if file.for_ == "team" else "for-manager", language)
    parts = (word("minutes", language, count=file.minutes), who, word("evidence", language, grade=file.evidence.grade))
    return " · ".join(parts)
