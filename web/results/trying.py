"""What if: one dimension's score is assumed, and the advice compared with what it is."""

from __future__ import annotations

from dataclasses import dataclass

from engine.advising.data import Presenter
from engine.advising.what_if import changes, read_measure, read_value
from engine.content.measures import Measure
from web.content import adviser


@dataclass(frozen=True, slots=True)
class Difference:
    """What would change.

    Args:
        name, now, then: of the dimension, with its score as it is shown and as it is assumed.
        appear, go: names of findings.
        start, stop: ids and titles of plays to start with.
    """

    name: str
    now: str
    then: str
    appear: tuple[str, ...]
    go: tuple[str, ...]
    start: tuple[tuple[str, str], ...]
    stop: tuple[tuple[str, str], ...]

    @property
    def nothing(self) -> bool:
        """Tell whether all would stay as it is."""
        return not (self.appear or self.go or self.start or self.stop)


def choices(presenter: Presenter) -> list[tuple[str, str]]:
    """Give the dimensions whose score is known, each with its name and score."""
    figures, asked = presenter.figures, presenter.advice.profile.questionnaires.get("members")
    found = []
    for dimension in asked.dimensions if asked else ():
        value = figures.value(Measure("score", str(dimension.id), "members"))
        if value:
            found.append((str(dimension.id), f"{getattr(dimension, presenter.language)} ({value})"))
    return found


def ends(presenter: Presenter) -> tuple[int, int]:
    """Give the ends of the members' scale."""
    asked = presenter.advice.profile.questionnaires.get("members")
    return (asked.scale.from_, asked.scale.to) if asked else (1, 5)


def difference(presenter: Presenter, dimension: str, score: str) -> Difference:
    """Give what would change if a dimension's score were another.

    Args:
        presenter: the advice as it is.
        dimension: one of ``choices``.
        score: a number as somebody typed it.

    Raises:
        PelikirjaError: there is no such dimension, or it can have no such score.
    """
    library, figures, reasons = presenter.library, presenter.figures, presenter.reasons
    measure = read_measure(dimension, library)
    value = round(read_value(measure, score, library), -2)
    changed = changes(presenter.advice, adviser().conclude(presenter.advice.profile.assuming({measure: value})))
    return Difference(
        figures.name(measure), figures.value(measure) or "–", figures.difference(measure, value),
        tuple(map(reasons.title, changed.findings_gained)), tuple(map(reasons.title, changed.findings_lost)),
        _titled(presenter, changed.started), _titled(presenter, changed.stopped),
    )  # fmt: skip


def _titled(presenter: Presenter, plays: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    titles = presenter.library.plays
    return tuple((each, titles[each].file.title.get(presenter.language)) for each in plays)
