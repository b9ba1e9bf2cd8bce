"""What a finding is about: which dimensions, and whose answers it rests on."""

from __future__ import annotations

from collections.abc import Iterator

from engine.content.conditions import FindingIs, leaves
from engine.content.library import Library
from engine.content.measures import DIMENSION_KINDS, Measure


def measures_of(library: Library, finding: str) -> Iterator[Measure]:
    """Yield the measures that a finding rests on, itself or through the findings that it reads."""
    for leaf in leaves(library.rules[finding].condition):
        if isinstance(leaf, FindingIs):
            yield from measures_of(library, leaf.finding)
        else:
            yield leaf.measure


def dimensions_of(library: Library, finding: str) -> tuple[str, ...]:
    """Give the dimensions that a finding is about, each once, the first one named first."""
    found = (_dimension(library, measure) for measure in measures_of(library, finding))
    return tuple(dict.fromkeys(each for each in found if each))


def rests_on_score(library: Library, finding: str, dimension: str) -> bool:
    """Tell whether a finding itself compares the members' score of a dimension."""
    own = (leaf for leaf in leaves(library.rules[finding].condition) if not isinstance(leaf, FindingIs))
    return Measure("score", dimension, "members") in {leaf.measure for leaf in own}


def groups_apart(library: Library, finding: str) -> set[str]:
    """Give the groups whose view a finding compares with the members'."""
    return {
        each.minus if each.group == "members" else each.group for each in measures_of(library, finding) if each.minus
    }


def _dimension(library: Library, measure: Measure) -> str:
    if measure.kind in (*DIMENSION_KINDS, "gap"):
        return measure.of
    if measure.kind != "question":
        return ""
    for questionnaire in library.questionnaires.values():
        for dimension in questionnaire.dimensions:
            if any(question.id == measure.of for question in dimension.questions):
                return str(dimension.id)
    return ""
