"""Which agreement templates suit a team's findings."""

from __future__ import annotations

from typing import Final

from engine.advising.advice import Advice
from engine.content.library import Library
from engine.content.playbooks import AgreementTemplate

MOST: Final = 3
"""At most so many templates are offered: a team signs one at a time."""


def agreements_for(advice: Advice, library: Library) -> tuple[AgreementTemplate, ...]:
    """Give the templates that what to start with leads to, then those that answer most findings, at most three.

    Args:
        advice: the team's.
        library: the plays and templates.
    """
    led_to = [str(id_) for each in advice.start_here for id_ in library.plays[each.play].file.agreements]
    answered = {id_: _answered(template, advice, library) for id_, template in library.templates.items()}
    answering = sorted((id_ for id_ in answered if answered[id_]), key=lambda id_: (-answered[id_], id_))
    adopted = {measure.of for measure, value in advice.profile.values.items() if measure.kind == "adopted" and value}
    suiting = [id_ for id_ in dict.fromkeys((*led_to, *answering)) if id_ not in adopted]
    return tuple(library.templates[id_] for id_ in suiting[:MOST])


def _answered(template: AgreementTemplate, advice: Advice, library: Library) -> int:
    """Give how many of a team's findings a template answers."""
    answers = {library.replaced.get(finding, str(finding)) for finding in template.file.answers}
    return len(answers & advice.situation.true)
