"""A round compared with the earlier one: changes, and trends that hold for all dimensions at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.content.measures import THOUSAND, Group, Measure
from engine.measuring import scoring
from engine.measuring.asked import AskedDimension
from engine.measuring.change import Compared, trend, trend_of
from engine.measuring.groups import Counted, GroupSamples
from engine.measuring.limits import coarse_score, limits_of


@dataclass(frozen=True, slots=True)
class Changes:
    """The changes and trends of a round.

    Args:
        values: those that are known, in thousandths of a scale point, or the value of a word.
        parts: the scores now and before that each change is the difference of, in thousandths.
        cautious: for scores at an end of their scale, the trends that already follow from what is shown of them.
    """

    values: dict[Measure, int]
    parts: dict[Measure, tuple[int, int]]
    cautious: dict[Measure, int]


def changes_of(groups: Mapping[Group, GroupSamples], earlier: Mapping[Group, GroupSamples]) -> Changes:
    """Compare what was asked alike in both rounds; a single person's change has no trend."""
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
        changes.values[name] = trend(compared, len(trends))
        parts = _shown_parts(now, compared, changes.parts[dimension.measures.change])
        if parts:
            changes.cautious[name] = trend_of(parts[0] - parts[1], THOUSAND, compared, len(trends))
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
