"""Answers as the engine holds them: compact rows, without names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from engine.content.measures import Group
from engine.content.questionnaire import Questionnaire

UNANSWERED: Final = 255
"""The byte that stands for “can't say” or an empty cell."""


@dataclass(frozen=True, slots=True)
class GroupAnswers:
    """What one group answered in one round.

    Args:
        questionnaire: what the group was asked.
        rows: one per respondent; a byte per question in the order of ``questionnaire.all_questions``, holding
            the answer as given (not reversed) or UNANSWERED.
        asked: ids of the questions that were asked at all (the table had them).
    """

    questionnaire: Questionnaire
    rows: tuple[bytes, ...]
    asked: frozenset[str]


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known about a team besides its answers.

    Args:
        values: ``size``, ``work-mode``, ``months-together``, ``rounds``; absent is unknown.
        invited: how many people of a group were asked to answer; absent is unknown.
        done: ids of the plays that the team has done.
        adopted: ids of the agreement templates that the team has adopted.
    """

    values: Mapping[str, int | str] = field(default_factory=dict)
    invited: Mapping[str, int] = field(default_factory=dict)
    done: frozenset[str] = frozenset()
    adopted: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Round:
    """One closed round of a team.

    Args:
        team: the team's name.
        label: what the table calls the round; empty where it has no rounds.
        groups: the answers of each group that answered.
    """

    team: str
    label: str
    groups: Mapping[Group, GroupAnswers]
