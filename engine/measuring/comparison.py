"""A round compared with the earlier one: changes, and trends that hold for all dimensions at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.content.measures import THOUSAND, Group, Measure
from engine.measuring import scoring
from engine.measuring.asked import AskedDimension
from engine.measuring.change import STEADY, Compared, trend, trend_of
from engine.measuring.groups import Counted, GroupSamples
from engine.measuring.limits import coarse_score, limits_of
from engine.measuring.unknown import Reason


@dataclass(frozen=True, slots=True)
class Changes:
    """The changes and trends of a round.

    Args:
        values: those that are known, in thousandths of a scale point, or the value of a word.
        parts: the scores now and before that each change is the difference of, in thousandths.
        refused: why a trend is unknown, where a score stands at an end of its scale.
    """

    values: dict[Measure, int]
    parts: dict[Measure, tuple[int, int]]
    refused: dict[Measure, Reason]


def changes_of(groups: Mapping[Group, GroupSamples], earlier: Mapping[Group, GroupSamples]) -> Changes:
    """Compare what was asked alike in both rounds; a single person's change has no trend.

    Where a score stands at an end of its scale, the trend is the one that follows from the end that is shown of it.
    """
    changes, trends = Changes({}, {}, {}), list[tuple[Counted, AskedDimension, Compared]]()
    for group, of in earlier.items():
        now = groups[group].counted
        for dimension, compared in _alike(groups[group], of):
            name = dimension.measures.change
            changes.values[name] = scoring.difference(compared.now, compared.before)
            changes.parts[name] = (scoring.score(compared.now), scoring.score(compared.before))
            if not now.one_person:
                trends.append((now, dimension, compared))
    for now, dimension, compared in trends:
        name = dimension.measures.trend
        parts = _shown_parts(now, compared, changes.parts[dimension.measures.change])
        value = (
            trend_of(parts[0] - parts[1], THOUSAND, compared, len(trends)) if parts else trend(compared, len(trends))
        )
        if parts and value == STEADY:
            # Whatever word was said here would tell how far beyond the shown end the score is.
            changes.refused[name] = Reason("at-the-end")
        else:
            changes.values[name] = value
    return changes


def _alike(now: GroupSamples, before: GroupSamples) -> Iterator[tuple[AskedDimension, Compared]]:
    """Yield the dimensions that have a score in both rounds and were asked in the same words on the same scales."""
    if now.counted.one_person != before.counted.one_person:
        return
    for key, sample in before.samples.items():
        dimension, past = now.counted.asked.dimensions.get(key), before.counted.asked.dimensions[key]
        if dimension is None or key not in now.samples:
            continue
        if dimension is past or dimension.signature == past.signature:
            yield dimension, Compared(now.samples[key], sample, dimension.part)


def _shown_parts(counted: Counted, compared: Compared, parts: tuple[int, int]) -> tuple[int, int] | None:
    """Give both scores as they are shown, None where neither stands at an end of the scale."""
    low, high = counted.asked.low, counted.asked.high
    # No limit lies further from an end than this; most scores are nearer the middle and need no closer look.
    margin = max((high - low) * THOUSAND // 8, compared.part.step // 2) + 200
    if low * THOUSAND + margin < min(parts) and max(parts) < high * THOUSAND - margin:
        return None
    people = (len(compared.now.scores), len(compared.before.scores))
    shown = [
        coarse_score(part, limits_of(compared.part, count, (low, high)))
        for part, count in zip(parts, people, strict=True)
    ]
    return (shown[0].value or 0, shown[1].value or 0) if any(each.bound for each in shown) else None
