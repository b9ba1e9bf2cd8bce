"""What is allowed but worth a look: findings without a play, plays without a rule."""

from __future__ import annotations

from collections.abc import Iterator

from engine.content.checks.content import Content, warning_at
from engine.content.rules import NEEDS_A_PLAY
from engine.errors import Problem


def unused(content: Content) -> Iterator[Problem]:
    """Warn of findings that no play treats, and of plays that nothing recommends."""
    treated = {finding for rule in content.rules.values() for finding in rule.treats}
    recommended = {rule.play for rule in content.rules.values()}
    recommended |= {str(play.file.instead) for play in content.plays.values() if play.file.instead}
    hint = "add a rule that recommends a play and “treats” it"
    for rule in content.rules.values():
        if rule.finding and rule.finding.kind in NEEDS_A_PLAY and rule.id not in treated:
            yield warning_at(rule.path, rule.place, "untreated-finding", f"no play treats “{rule.id}”", hint)
    for play in content.plays.values():
        if play.id not in recommended:
            yield warning_at(
                play.path, play.place, "unused-play", f"no rule recommends “{play.id}”", "add one in rules/"
            )
