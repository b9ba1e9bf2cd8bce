"""All content together, as the checks see it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.content.conditions import Place
from engine.content.files import Files
from engine.content.playbooks import AgreementTemplate, Play
from engine.content.rules import Rule
from engine.content.source import Text
from engine.errors import Problem


@dataclass(frozen=True)
class Content:
    """All content together.

    Args:
        files: everything as it was read.
        rules, plays, templates: what could be made of it, by id.
        replaced: the replacing rule's id by the replaced one's.
    """

    files: Files
    rules: Mapping[str, Rule]
    plays: Mapping[str, Play]
    templates: Mapping[str, AgreementTemplate]
    replaced: Mapping[str, str]

    def names(self, kind: str) -> set[str]:
        """Give the ids of a kind that may be referred to, counting those whose files have other faults."""
        match kind:
            case "finding":
                concluded = {id_ for id_, rule in self.rules.items() if rule.finding}
                return concluded | set(self.replaced) | self.files.named["rules"]
            case "play" | "template":
                return {*(self.plays if kind == "play" else self.templates), *self.files.named[kind]}
            case "dimension":
                return {str(each.id) for read in self.files.questionnaires for each in read.model.dimensions}
            case _:
                return {str(each.id) for read in self.files.questionnaires for each in read.model.all_questions}

    def judged(self, kind: str) -> bool:
        """Tell whether a missing id can be judged: not where a file that may define it could not be read."""
        if kind == "finding":
            return not self.files.unread & {"rules", "questionnaire"}  # for-each rules have an instance per dimension
        return {"play": "play", "template": "template"}.get(kind, "questionnaire") not in self.files.unread


def problem_at(path: str, where: Text | Place, code: str, message: str, hint: str = "") -> Problem:
    """Give an error that stands at a text, or at a place."""
    place = where.place if isinstance(where, Text) else where
    return Problem(path, place.line, place.column, code, message, hint)


def warning_at(path: str, place: Place, code: str, message: str, hint: str = "") -> Problem:
    """Give a warning that stands at a place."""
    return Problem(path, place.line, place.column, code, message, hint, "warning")
