"""Plays and agreement clauses rendered for one team."""

from __future__ import annotations

from dataclasses import dataclass

from engine.advising.figures import Figures
from engine.content.measures import Measure
from engine.content.playbooks import AgreementTemplate, Play
from engine.content.templating import plain_context
from engine.measuring.anonymity import shown


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause of an agreement, prefilled for a team.

    Args:
        id: the clause's id.
        text: with the first choice put in.
        choices: all choices, the first included; empty where there are none.
    """

    id: str
    text: str
    choices: tuple[str, ...]


class Texts:
    """Renders texts for one team in one language.

    Args:
        figures: writes the team's measures.
        found: ids of the findings that fired.
    """

    def __init__(self, figures: Figures, found: frozenset[str]) -> None:
        self._figures = figures
        self._found = found
        self._context = self._team_context()

    def play(self, play: Play) -> str:
        """Give a play's text as Markdown."""
        return play.texts[self._figures.language].render(self._context).strip() + "\n"

    def first_step(self, play: Play) -> str:
        """Give what to do within two days."""
        return play.first_steps[self._figures.language].render(self._context).strip()

    def clauses(self, template: AgreementTemplate) -> tuple[Clause, ...]:
        """Give a template's clauses, those that answer this team's findings first."""
        language = self._figures.language
        rendered = []
        for clause in template.file.clauses:
            choices = clause.choices.get(language) if clause.choices else ()
            context = {**self._context, "choice": choices[0] if choices else ""}
            text = template.clauses[str(clause.id), language].render(context).strip()
            apt = any(self._is_found(str(each)) for each in clause.answers)
            rendered.append((not apt, Clause(str(clause.id), text, choices)))
        return tuple(clause for _, clause in sorted(rendered, key=lambda each: each[0]))

    def _team_context(self) -> dict[str, object]:
        profile = self._figures.profile
        values = {"size": self._number_fact("size"), "work_mode": self._figures.value(Measure("fact", "work-mode"))}
        return plain_context(profile.team, values, {"score": self._score, "found": self._is_found})

    def _is_found(self, finding: str) -> bool:
        return self._figures.library.replaced.get(finding, finding) in self._found

    def _number_fact(self, name: str) -> int | None:
        value = shown(self._figures.profile, Measure("fact", name), exact=False).value
        return None if value is None or isinstance(value, str) else int(value)

    def _score(self, dimension: str, group: str = "members") -> str | None:
        """Give a score without its scale, for running text; none in one person's view: texts call it the team's."""
        if self._figures.profile.one_view:
            return None
        return self._figures.bare(Measure("score", dimension, group))
