"""The one coarsening function between a profile and everything that is shown; the one gate stands in gate.py.

Exact figures of small groups are answers in disguise. What is shown is therefore rounded, and near the ends, where the
only possible answer is everybody's, only a bound is shown. A figure is safe when somebody could have answered
differently without any figure looking different, whoever of the group is looking.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, cast

from engine.content.measures import THOUSAND, WORDS, Group, Measure, word_of
from engine.measuring.asked import Part
from engine.measuring.gate import Gate, drop_manager
from engine.measuring.groups import Counted
from engine.measuring.limits import OPEN, Bound, Coarse, Limits, coarse_score, limits_of, rounded_to
from engine.measuring.profile import Profile
from engine.measuring.scoring import round_ratio
from engine.measuring.shares import promoters, share
from engine.measuring.unknown import Reason

__all__ = ["CONSENSUS_WORDS", "Bound", "Figure", "Gate", "coarse_value", "drop_manager", "shown"]

TEN: Final = 10
"""From so many answers on, spread and consensus are shown as numbers."""

CONSENSUS_WORDS: Final = {"alike": 850, "mixed": 600, "split": 250}
"""How alike a small group answered: r*WG of .7 or more, between, less than .5; each with its middle in thousandths."""


@dataclass(frozen=True, slots=True)
class Figure:
    """What is shown of a measure.

    Args:
        value: the number, rounded; a word of WORDS or CONSENSUS_WORDS; None where nothing is shown.
        bound: whether the truth may also lie below (“or-less”) or above (“or-more”) the value.
        reason: why nothing is shown.
        about: whether it is rounded so far that it must not be taken for a measured one.
    """

    value: Decimal | str | None
    bound: Bound = ""
    reason: Reason | None = None
    about: bool = False


def shown(profile: Profile, measure: Measure, *, exact: bool) -> Figure:
    """Give what may be shown of a measure.

    Args:
        profile: behind the gate.
        measure: any measure.
        exact: show thousandths; only for whoever holds the raw answers anyway.
    """
    value = profile.values.get(measure, 0 if measure.kind in ("done", "adopted") else None)
    if value is None:
        return Figure(None, "", profile.why_unknown(measure))
    word = _word_kind(measure)
    if exact:
        return Figure(word_of(word, value) if word else _decimal(value, 3))
    coarse = _coarse(profile, measure, value)
    if coarse.value is None:
        return Figure(None, "", coarse.reason)
    if word:
        return Figure(word_of(word, coarse.value))
    return Figure(coarse.word or _decimal(coarse.value, coarse.decimals), coarse.bound, about=coarse.about)


def coarse_value(profile: Profile, measure: Measure) -> int | None:
    """Give what is shown of a measure in thousandths, None where nothing is shown.

    A bound counts as its value; a consensus that is shown as a word counts as the middle of what the word means.
    """
    value = profile.values.get(measure, 0 if measure.kind in ("done", "adopted") else None)
    return None if value is None else _coarse(profile, measure, value).value


def _word_kind(measure: Measure) -> str:
    name = measure.of if measure.kind == "fact" else measure.kind
    return name if name in WORDS else ""


def _decimal(value: int, decimals: int) -> Decimal:
    return Decimal(value // 10 ** (3 - decimals)).scaleb(-decimals)


def _coarse(profile: Profile, measure: Measure, value: int) -> Coarse:
    counted = profile.counted.get(cast(Group, measure.group))
    if counted is None or measure in profile.assumed:
        return _rounded(measure, value)
    match measure.kind:
        case "score" | "question":
            return coarse_score(value, _own(measure, counted))
        case "favourable" | "unfavourable" | "csat":
            return share(value, people_behind(measure, counted), measure.kind)
        case "nps":
            return promoters(value, people_behind(measure, counted))
        case "spread":
            return _spread(value, measure, counted)
        case "consensus":
            return _consensus(value, measure, counted)
        case "standing":
            return _standing(profile, measure, counted)
        case "change" | "gap":
            return _between(_parts(profile, measure))
        case _:
            return _rounded(measure, value)


def _rounded(measure: Measure, value: int) -> Coarse:
    """Round what is nobody's answer: facts, counts, and what somebody made up or assumed."""
    match measure.kind:
        case "favourable" | "unfavourable" | "csat" | "response-rate":
            # The response rate is not about what anybody answered; the counts that it is the ratio of are shown anyway.
            return rounded_to(value, 10)
        case "nps":
            return rounded_to(value, THOUSAND)
        case "trend" | "respondents" | "fact" | "done" | "adopted":
            return Coarse(value, decimals=0)
        case _:
            return rounded_to(value, 100)


# --- scores -----------------------------------------------------------------------------------------------------------


def _own(measure: Measure, counted: Counted) -> Limits:
    if counted.one_person:
        return OPEN
    scale = (counted.asked.low, counted.asked.high)
    return limits_of(part_behind(measure, counted), people_behind(measure, counted), scale)


def part_behind(measure: Measure, counted: Counted) -> Part:
    """Give the questions behind a score; for a question, that question alone."""
    asked = counted.asked
    if measure.kind != "question":
        return asked.dimensions[measure.of].part
    inside = asked.homes.get(measure.of)
    parts = (asked.dimensions[inside].part,) if inside else asked.outside
    for part in parts:
        for each in part.questions:
            if each.question.id == measure.of:
                return part._replace(questions=(each,), step=each.step)
    raise KeyError(measure.of)


def people_behind(measure: Measure, counted: Counted) -> int:
    """Give how many people a number of one group rests on."""
    asked = counted.asked
    if measure.kind in ("csat", "nps"):
        outside = [part.questions[0].question for part in asked.outside]
        known = [str(each.id) for each in outside if each.measures == measure.kind]
        return next(counted.people[each] for each in known if counted.known(each))
    about = asked.homes.get(measure.of, measure.of) if measure.kind == "question" else measure.of
    return counted.people[about]


# --- how alike --------------------------------------------------------------------------------------------------------


def _spread(value: int, measure: Measure, counted: Counted) -> Coarse:
    """Show a spread from ten answers on, and never so small that only unanimity is left."""
    if people_behind(measure, counted) < TEN:
        return Coarse(None, reason=Reason("fewer-than-ten"))
    # Two people who move one option apart, in opposite directions, make ten people's spread 0.47 of that option.
    step = max(each.step for each in part_behind(measure, counted).questions)
    least = max((counted.asked.high - counted.asked.low) * THOUSAND // 8, step // 2)
    least = -(-least // 100) * 100
    rounded = rounded_to(value, 100)
    return Coarse(least, "or-less") if (rounded.value or 0) <= least else rounded


def _consensus(value: int, measure: Measure, counted: Counted) -> Coarse:
    """Show a word under ten answers, a number from ten on; nothing where the best word could only mean unanimity."""
    people = people_behind(measure, counted)
    best = _best_without_unanimity(part_behind(measure, counted), people)
    if people >= TEN:
        most = min(900, best // 100 * 100)
        rounded = rounded_to(value, 100)
        return Coarse(most, "or-more") if (rounded.value or 0) >= most else rounded
    if best < 700:
        return Coarse(None, reason=Reason("fewer-than-ten"))
    word = "alike" if value >= 700 else "split" if value < 500 else "mixed"
    return Coarse(CONSENSUS_WORDS[word], word=word)


def _best_without_unanimity(part: Part, people: int) -> int:
    """Give the consensus when two people move one option apart in one question and all else is unanimous."""
    coarsest = min(each.spread_of_chance for each in part.questions)
    return max(0, THOUSAND - 24 * THOUSAND // ((people - 1) * len(part.questions) * coarsest) - 1)


# --- differences: of what is shown, so that they show no more ---------------------------------------------------------


def _between(parts: tuple[Coarse, Coarse]) -> Coarse:
    first, second = parts
    bounds = {first.bound, _opposite(second.bound)} - {""}
    if len(bounds) > 1:
        return Coarse(None, reason=Reason("at-the-end"))
    about = first.about or second.about
    return Coarse((first.value or 0) - (second.value or 0), cast(Bound, next(iter(bounds), "")), about=about)


def _opposite(bound: Bound) -> Bound:
    opposites: dict[Bound, Bound] = {"or-less": "or-more", "or-more": "or-less"}
    return opposites.get(bound, "")


def _limits(of: Counted, part: Part, people: int, scale: tuple[int, int]) -> Limits:
    return OPEN if of.one_person else limits_of(part, people, scale)


def _parts(profile: Profile, measure: Measure) -> tuple[Coarse, Coarse]:
    one, two = profile.parts[measure]
    group = cast(Group, measure.group)
    now = profile.counted[group]
    scale = (now.asked.low, now.asked.high)
    if measure.kind == "change":
        limits = [
            _limits(of, of.asked.dimensions[measure.of].part, of.people[measure.of], scale)
            for of in (now, profile.earlier[group])
        ]
    else:
        mirror, other = profile.mirrors[measure], profile.counted[cast(Group, measure.minus)]
        limits = [
            _limits(of, part, min(of.people[home] for home in homes), scale)
            for of, part, homes in (
                (now, mirror.first, mirror.first_homes),
                (other, mirror.second, mirror.second_homes),
            )
        ]
    return coarse_score(one, limits[0]), coarse_score(two, limits[1])


def _standing(profile: Profile, measure: Measure, counted: Counted) -> Coarse:
    """Show a score minus the mean of all scores of the group, each as it is shown itself.

    Scores at the ends may be further out than shown and take the mean with them. That is said where it could be seen in
    the first decimal; where the score and the mean could move the same way, there is nothing to show.
    """
    scores: dict[str, Coarse] = {}
    for dimension in counted.asked.dimensions.values():
        name = dimension.measures.score
        if name in profile.values:
            scores[dimension.id] = _coarse(profile, name, profile.values[name])
    own = scores[measure.of]
    others = [each for key, each in scores.items() if key != measure.of]
    slack = (counted.asked.high - counted.asked.low) * THOUSAND // 8
    bounds = {own.bound} | {
        _opposite(bound)
        for bound in cast(Sequence[Bound], ("or-less", "or-more"))
        if 20 * slack * sum(each.bound == bound for each in others) >= THOUSAND * len(scores)
    }
    bounds -= {""}
    if len(bounds) > 1:
        return Coarse(None, reason=Reason("at-the-end"))
    total = sum(each.value or 0 for each in scores.values())
    difference = round_ratio((own.value or 0) * len(scores) - total, 100 * len(scores)) * 100
    return Coarse(difference, cast(Bound, next(iter(bounds), "")), about=own.about)
