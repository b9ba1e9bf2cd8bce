"""Small questionnaires and rounds for the tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from engine.content.measures import Group
from engine.content.model import validate
from engine.content.questionnaire import Questionnaire
from engine.content.source import parse_yaml
from engine.measuring.answers import UNANSWERED, GroupAnswers, Round

BLANK = UNANSWERED


def questionnaire(
    dimensions: Mapping[str, Sequence[str]], extra: str = "", scale: str = "{from: 1, to: 5}", group: str = "members"
) -> Questionnaire:
    """Make a questionnaire; a question is given as its YAML keys but the texts, such as ``id: a, reversed: true``."""
    lines = [f"id: q\nen: Q\nfi: Q\ngroup: {group}\nscale: {scale}\ndimensions:"]
    for name, questions in dimensions.items():
        lines += [f"  - id: {name}\n    en: {name}\n    fi: {name}\n    questions:"]
        lines += [f"      - {{en: x, fi: x, {keys}}}" for keys in questions]
    node, problems = parse_yaml("\n".join([*lines, extra]), "q.yaml")
    model, more = validate(Questionnaire, node, "q.yaml")
    assert model is not None, [*problems, *more]
    return model


def review(dimensions: int = 1, questions: int = 4, **keys: Any) -> Questionnaire:
    """Make a questionnaire of dimensions ``a``, ``b`` … with questions ``a-1``, ``a-2`` …, 1–5."""
    names = [chr(97 + number) for number in range(dimensions)]
    return questionnaire({name: [f"id: {name}-{n + 1}" for n in range(questions)] for name in names}, **keys)


def answers(of: Questionnaire, rows: Sequence[Sequence[int]], asked: Sequence[str] | None = None) -> GroupAnswers:
    """Give a group's answers; all questions were asked unless they are named."""
    ids = frozenset(asked if asked is not None else (str(each.id) for each in of.all_questions))
    return GroupAnswers(of, tuple(bytes(row) for row in rows), ids)


def round_of(groups: Mapping[Group, GroupAnswers] | GroupAnswers) -> Round:
    """Give a round of members' answers, or of several groups'."""
    return Round("Nokka", "", groups if isinstance(groups, Mapping) else {"members": groups})
