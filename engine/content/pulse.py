"""A pulse: a short questionnaire about chosen dimensions, and about the clauses that a team has agreed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from engine.content.library import Library
from engine.content.model import ID_PATTERN, LANGUAGES, Texts
from engine.content.playbooks import AgreementTemplate, Clause
from engine.content.questionnaire import Dimension, Question, Questionnaire, Scale
from engine.content.suggestions import did_you_mean
from engine.content.templating import plain_context
from engine.errors import PelikirjaError

BASE: Final = "pulse"
"""The questionnaire whose words a pulse has, and whose dimension the clauses stand in."""

_NO_TEAM: Final = plain_context("", {}, {"score": lambda *_: None, "found": lambda *_: False})

Written = dict[str, Any]
"""A part of a questionnaire file as plain data."""


@dataclass(frozen=True, slots=True)
class AgreedClause:
    """A clause in the words that the team agreed.

    Args:
        id: unique within the pulse.
        en, fi: its words.
    """

    id: str
    en: str
    fi: str


def agreed(library: Library, asked: str) -> list[AgreedClause]:
    """Give the clauses of an agreement template as a team would agree them.

    Args:
        library: with the templates.
        asked: ``template`` for all of its clauses, ``template/clause`` for one; ``template/clause=2`` for the second
            of the clause's choices, otherwise the first.

    Raises:
        PelikirjaError: there is no such template, clause or choice.
    """
    name, _, rest = asked.partition("/")
    wanted, _, choice = rest.partition("=")
    template = library.templates.get(name)
    if template is None:
        raise _unknown(f"there is no agreement template “{name}”", name, library.templates)
    clauses = {str(each.id): each for each in template.file.clauses}
    if wanted and wanted not in clauses:
        raise _unknown(f"“{name}” has no clause “{wanted}”", wanted, clauses)
    return [_agreed(template, each, choice) for id_, each in clauses.items() if wanted in ("", id_)]


def pulse_of(library: Library, id_: str, dimensions: Sequence[str], clauses: Sequence[AgreedClause]) -> Written:
    """Make a pulse, as the plain data of a questionnaire file.

    A question of the review stays what it is, id and all, so that a dimension can be compared with the last round.

    Args:
        library: with the questionnaire “pulse” and those that the dimensions are asked in.
        id_: the pulse's own id.
        dimensions: ids of the dimensions to ask about.
        clauses: what the team has agreed.

    Raises:
        PelikirjaError: nothing is asked, a dimension is not known, or an id stands twice.
    """
    _check(library, id_, dimensions, clauses)
    base = library.questionnaires[BASE]
    asked = [_asked(library, each) for each in dict.fromkeys(dimensions)]
    scale = asked[0][1].scale if asked else base.scale
    parts = [_dimension(dimension, questionnaire, scale) for dimension, questionnaire in asked]
    if clauses:
        parts.append(_kept(base, clauses, scale))
    return {
        "id": id_,
        **_texts(base),
        "group": "members",
        **{key: _texts(text) for key in ("introduction", "privacy", "thanks") if (text := getattr(base, key))},
        "scale": _scale(scale),
        "dimensions": parts,
    }


def _check(library: Library, id_: str, dimensions: Sequence[str], clauses: Sequence[AgreedClause]) -> None:
    if not dimensions and not clauses:
        raise PelikirjaError("a pulse asks about something; name a dimension, or an agreement that the team has")
    if id_ in library.questionnaires:
        raise PelikirjaError(f"there is a questionnaire “{id_}” already; give the pulse another id")
    if not ID_PATTERN.fullmatch(id_):
        raise PelikirjaError(f"“{id_}” cannot be an id; use lower-case letters, digits and single hyphens")
    ids = [each.id for each in clauses]
    for each in ids:
        if ids.count(each) > 1:
            raise PelikirjaError(f"the clause “{each}” stands twice; name it once")


def _agreed(template: AgreementTemplate, clause: Clause, choice: str) -> AgreedClause:
    number = int(choice) if choice.isdecimal() else 1
    count = len(clause.choices.en) if clause.choices else 1
    if choice and (not choice.isdecimal() or not 1 <= number <= count):
        raise PelikirjaError(f"“{template.id}/{clause.id}” has {count} choices; give a number from 1 to {count}")
    words = []
    for language in LANGUAGES:
        chosen = clause.choices.get(language)[number - 1] if clause.choices else ""
        words.append(template.clauses[str(clause.id), language].render({**_NO_TEAM, "choice": chosen}).strip())
    return AgreedClause(f"{template.id}-{clause.id}", *words)


def _asked(library: Library, id_: str) -> tuple[Dimension, Questionnaire]:
    """Give a dimension as the members' questionnaire has it that asks most about it."""
    found = [
        (each, questionnaire)
        for questionnaire in library.questionnaires.values()
        if questionnaire.group == "members"
        for each in questionnaire.dimensions
        if each.id == id_
    ]
    if not found:
        raise _unknown(f"there is no dimension “{id_}”", id_, library.dimensions)
    return max(found, key=lambda each: len(each[0].questions))


def _dimension(dimension: Dimension, questionnaire: Questionnaire, scale: Scale) -> Written:
    questions = [
        {
            "id": str(each.id),
            **_texts(each),
            **_own_scale(questionnaire.scale_of(each), scale),
            **({"reversed": True} if each.reversed else {}),
        }
        for each in dimension.questions
    ]
    return {"id": str(dimension.id), **_texts(dimension), "questions": questions}


def _kept(base: Questionnaire, clauses: Iterable[AgreedClause], scale: Scale) -> Written:
    dimension = base.dimensions[0]
    questions = [{"id": each.id, "en": each.en, "fi": each.fi, **_own_scale(base.scale, scale)} for each in clauses]
    return {"id": str(dimension.id), **_texts(dimension), "questions": questions}


def _own_scale(scale: Scale, usual: Scale) -> Written:
    return {} if scale == usual else {"scale": _scale(scale)}


def _texts(item: Texts | Dimension | Question | Questionnaire) -> Written:
    return {"en": str(item.en), "fi": str(item.fi)}


def _scale(scale: Scale) -> Written:
    words: Written = {"from": scale.from_, "to": scale.to}
    if scale.labels:
        words["labels"] = {"en": list(map(str, scale.labels.en)), "fi": list(map(str, scale.labels.fi))}
    if scale.cant_say:
        words["cant-say"] = _texts(scale.cant_say)
    return words


def _unknown(message: str, name: str, known: Iterable[str]) -> PelikirjaError:
    return PelikirjaError(f"{message}; {did_you_mean(name, known)}".rstrip("; "))
