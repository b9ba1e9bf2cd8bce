"""Which agreement templates suit a team's findings."""

from __future__ import annotations

from engine.advising.advice import Advice
from engine.content.library import Library
from engine.content.playbooks import AgreementTemplate


def agreements_for(advice: Advice, library: Library) -> tuple[AgreementTemplate, ...]:
    """Give the templates that what to start with leads to, then those that answer a finding, each once.

    Args:
        advice: the team's.
        library: the plays and templates.
    """
    led_to = [str(id_) for each in advice.start_here for id_ in library.plays[each.play].file.agreements]
    fired = advice.situation.true
    answering = sorted(
        template.id
        for template in library.templates.values()
        if any(library.replaced.get(finding, finding) in fired for finding in template.file.answers)
    )
    adopted = {measure.of for measure, value in advice.profile.values.items() if measure.kind == "adopted" and value}
    return tuple(library.templates[id_] for id_ in dict.fromkeys((*led_to, *answering)) if id_ not in adopted)
