"""How well a questionnaire measures, for those who write one: over many respondents, never in a team's report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import floor, sqrt
from operator import mul
from typing import Final, TypeAlias

from engine.content.measures import Group
from engine.measuring import scoring
from engine.measuring.answers import UNANSWERED, Round
from engine.measuring.asked import AskedDimension, Part, asked_of
from engine.measuring.scoring import Answered, Sample
from engine.measuring.unknown import Reason

LEAST_POOLED: Final = 30
"""How many respondents alpha, correlations and (unless exact) means need."""

LEAST_TEAM: Final = 10
"""From how many respondents a team's rWG(J) is shown, unless exact."""

MOST_SHOWN: Final = 0.95
"""A team's rWG(J) at or above this is given as this, unless exact: 1.00 would tell everybody's answers."""

Matrix: TypeAlias = tuple[tuple[float, ...], ...]


@dataclass(frozen=True, slots=True)
class QuestionStatistics:
    """One question over all respondents.

    Args:
        id: the question.
        answers: how many answered it.
        mean: their mean on the questionnaire's scale, reversed questions turned; None where too few answered.
        rest: correlation with the sum of the dimension's other questions; None where there is none.
        correlations: with each of the dimension's questions, in their order; None where one never varies.
    """

    id: str
    answers: int
    mean: float | None
    rest: float | None
    correlations: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class TeamStatistics:
    """How alike one team answered.

    Args:
        team: its name.
        respondents: how many have a score in the dimension.
        rwg: rWG(J), 0–1; None where too few answered.
    """

    team: str
    respondents: int
    rwg: float | None


@dataclass(frozen=True, slots=True)
class DimensionStatistics:
    """One dimension over all respondents.

    Args:
        dimension: its id.
        questions: its questions.
        complete: how many respondents answered all of them.
        alpha: Cronbach's alpha of those; None with a reason.
        reason: why there is no alpha.
        teams: each team, by name.
        rwg: lowest, mean and highest rWG(J) of the teams that have one; None where none has.
    """

    dimension: str
    questions: tuple[QuestionStatistics, ...]
    complete: int
    alpha: float | None
    reason: Reason | None
    teams: tuple[TeamStatistics, ...]
    rwg: tuple[float, float, float] | None


def statistics(rounds: Iterable[Round], *, group: Group = "members", exact: bool) -> tuple[DimensionStatistics, ...]:
    """Describe each dimension over the rounds in which it was asked alike.

    Args:
        rounds: one closed round of each team; where a dimension was asked in different words, the first words count.
        group: whose answers.
        exact: whether the reader holds the raw answers anyway; otherwise figures have two decimals, means need
            LEAST_POOLED respondents and a team's rWG(J) needs LEAST_TEAM.
    """
    found: dict[str, tuple[AskedDimension, list[tuple[str, Answered]]]] = {}
    for each in rounds:
        if group not in each.groups:
            continue
        asked = asked_of(each.groups[group], group)
        given = scoring.answered(each.groups[group].rows, [one.part for one in asked.dimensions.values()])
        for key, dimension in asked.dimensions.items():
            first, teams = found.setdefault(key, (dimension, []))
            if first.signature == dimension.signature:
                teams.append((each.team, given if dimension.part == first.part else _moved(given, dimension, first)))
    return tuple(_dimension(dimension, teams, exact) for dimension, teams in found.values())


def _moved(given: Answered, now: AskedDimension, like: AskedDimension) -> Answered:
    """Give rows in which the dimension's questions stand where another table has them."""
    width = max(each.place for each in like.part.questions) + 1
    rows = []
    for row in given.rows:
        moved = bytearray([UNANSWERED]) * width
        for old, new in zip(now.part.questions, like.part.questions, strict=True):
            moved[new.place] = row[old.place]
        rows.append(bytes(moved))
    return scoring.answered(rows, [like.part])


def _dimension(dimension: AskedDimension, teams: Sequence[tuple[str, Answered]], exact: bool) -> DimensionStatistics:
    part = dimension.part
    columns = [[_mapped(row, part) for row in given.rows] for _, given in teams]
    rows = [row for team in columns for row in team]
    complete = [row for row in rows if None not in row]
    enough = len(complete) >= LEAST_POOLED
    matrix = covariances([[cell for cell in row if cell is not None] for row in complete]) if enough else ()
    value = alpha(matrix) if enough else None
    reason = None if value is not None else _why_no_alpha(len(complete))
    questions = tuple(_question(part, number, rows, matrix, exact) for number in range(len(part.questions)))
    described = tuple(sorted((_team(name, given, part, exact) for name, given in teams), key=lambda each: each.team))
    known = [each.rwg for each in described if each.rwg is not None]
    range_ = (min(known), _shown(sum(known) / len(known), exact), max(known)) if known else None
    return DimensionStatistics(
        dimension.id, questions, len(complete), _rounded(value, exact), reason, described, range_
    )


def _why_no_alpha(complete: int) -> Reason:
    if complete < LEAST_POOLED:
        return Reason("too-few-answers", {"answers": complete, "needed": LEAST_POOLED})
    return Reason("no-alpha")


def _mapped(row: bytes, part: Part) -> list[float | None]:
    """Give a row's answers to one dimension on the questionnaire's scale."""
    return [
        None if row[each.place] == UNANSWERED else (each.offset + each.factor * row[each.place]) / part.unit
        for each in part.questions
    ]


def _question(
    part: Part, number: int, rows: Sequence[Sequence[float | None]], matrix: Matrix, exact: bool
) -> QuestionStatistics:
    given = [row[number] for row in rows]
    answers = [cell for cell in given if cell is not None]
    enough = answers and (exact or len(answers) >= LEAST_POOLED)
    mean = sum(answers) / len(answers) if enough else None
    correlations = tuple(_rounded(correlation(matrix, number, other), exact) for other in range(len(matrix)))
    rest = _rounded(item_rest(matrix, number), exact) if matrix else None
    return QuestionStatistics(
        str(part.questions[number].question.id), len(answers), _rounded(mean, exact), rest, correlations
    )


def correlation(matrix: Matrix, one: int, two: int) -> float | None:
    """Compute Pearson's correlation of two questions from covariances; None where one never varies."""
    scale = sqrt(matrix[one][one] * matrix[two][two])
    return matrix[one][two] / scale if scale > 0 else None


def covariances(rows: Sequence[Sequence[float]]) -> Matrix:
    """Compute the sample covariances (n − 1) of the columns of two or more complete rows."""
    many = len(rows)
    columns = list(zip(*rows, strict=True))
    centred = [[cell - sum(column) / many for cell in column] for column in columns]
    return tuple(tuple(sum(map(mul, one, two)) / (many - 1) for two in centred) for one in centred)


def alpha(matrix: Matrix) -> float | None:
    """Compute Cronbach's alpha (Cronbach 1951) from covariances; None for one question or where nobody differs."""
    many, whole = len(matrix), sum(map(sum, matrix))
    if many < 2 or whole <= 0:
        return None
    return many / (many - 1) * (1 - sum(matrix[number][number] for number in range(many)) / whole)


def item_rest(matrix: Matrix, number: int) -> float | None:
    """Compute the corrected item-total correlation: one question with the sum of the rest; None where none varies."""
    own = matrix[number][number]
    with_all = sum(matrix[number])
    rest = sum(map(sum, matrix)) - 2 * with_all + own
    return (with_all - own) / sqrt(own * rest) if own > 0 and rest > 1e-12 else None


def _team(name: str, given: Answered, part: Part, exact: bool) -> TeamStatistics:
    sample = scoring.sample(given, part)
    people = len(sample.people)
    value = rwg(given, part, sample) if people >= (2 if exact else LEAST_TEAM) else None
    if value is not None and not exact:
        value = _rounded(min(value, _most_shown(part, people)), exact)
    return TeamStatistics(name, people, value)


def rwg(given: Answered, part: Part, sample: Sample) -> float | None:
    """Compute rWG(J) = J·q / (J·q + 1 − q) (James, Demaree & Wolf 1984).

    q is one minus the mean over questions of the variance between people, as a share of that of answers drawn at random
    ((A² − 1)/12), and not below 0.

    Args:
        given: the team's answers.
        part: the dimension's questions.
        sample: whose answers count.
    """
    columns = scoring.columns([given.rows[person] for person in sample.people])
    shares = []
    for each in part.questions:
        count = columns.counts[each.place] if columns.counts else 0
        if count > 1:
            deviations = count * columns.squares[each.place] - columns.totals[each.place] ** 2
            shares.append(12 * deviations / (count * (count - 1) * each.spread_of_chance))
    return _stepped_up(sum(shares) / len(shares), len(shares)) if shares else None


def _stepped_up(share: float, questions: int) -> float:
    alike = questions * (1 - min(share, 1.0))
    return alike / (alike + min(share, 1.0))


def _most_shown(part: Part, people: int) -> float:
    """Give the most that may be shown: what the team would have if two people moved one option apart."""
    coarsest = min(each.spread_of_chance for each in part.questions)
    best = _stepped_up(24 / ((people - 1) * len(part.questions) * coarsest), len(part.questions))
    return min(MOST_SHOWN, floor(100 * best) / 100)


def _rounded(value: float | None, exact: bool) -> float | None:
    return None if value is None else _shown(value, exact)


def _shown(value: float, exact: bool) -> float:
    return value if exact else round(value, 2)
