"""Everything that a reader can get of one team's round, and random small teams to get it of."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from random import Random
from typing import Literal

from engine.advise import Adviser
from engine.advising.advice import Advice
from engine.advising.data import Presenter
from engine.advising.document import Document, as_markdown
from engine.advising.figures import Figures
from engine.cli.on_screen import print_advice
from engine.cli.shared import console
from engine.cli.what_if_command import _tree as what_if_tree
from engine.cli.why_command import Explanation
from engine.content.library import Library
from engine.content.measures import Group, Measure
from engine.measuring.answers import UNANSWERED, Facts, GroupAnswers, Round
from engine.measuring.gate import Gate
from tests.small import shipped

LANGUAGES = ("en", "fi")
Row = tuple[int, ...]


@cache
def adviser() -> Adviser:
    """Give an adviser on the shipped content."""
    return Adviser(shipped(), "compiled")


def presenter(advice: Advice, language: str) -> Presenter:
    """Give what shows advice without ``--exact``."""
    return Presenter(advice, Figures(shipped(), advice.profile, language))


def on_screen(advice: Advice, language: str) -> str:
    """Give what ``pelikirja advise`` prints."""
    with console().capture() as captured:
        print_advice(presenter(advice, language), "")
    return captured.get()


def markdown(advice: Advice, language: str) -> str:
    """Give what ``pelikirja advise --format markdown`` prints."""
    return as_markdown(Document(presenter(advice, language)))


def data(advice: Advice, language: str) -> str:
    """Give what ``pelikirja advise --format json`` prints."""
    return json.dumps(presenter(advice, language).data(), ensure_ascii=False)


def why(advice: Advice, language: str, ids: Iterable[str] = ()) -> str:
    """Give what ``pelikirja why`` prints for some ids, or for every rule and play."""
    shown = Explanation(presenter(advice, language))
    library = shipped()
    with console().capture() as captured:
        for id_ in ids or (*library.rules, *library.plays):
            console().print(shown.of(id_), soft_wrap=True)
    return captured.get()


def what_if(advice: Advice, language: str, assumed: Mapping[Measure, int]) -> str:
    """Give what ``pelikirja what-if`` prints."""
    after = adviser().conclude(advice.profile.assuming(assumed))
    with console().capture() as captured:
        console().print(what_if_tree(presenter(advice, language), after, ("an assumption",)))
    return captured.get()


ASSUMPTIONS: tuple[dict[Measure, int], ...] = (
    {Measure("score", "agreements", "members"): 2000},
    {Measure("score", "roles", "members"): 4500, Measure("fact", "size"): 14_000},
    {Measure("csat", "", "customers"): 300},
    {Measure("consensus", "cooperation", "members"): 300},
)


def everything(advice: Advice, languages: Iterable[str] = LANGUAGES, ids: Iterable[str] = ()) -> str:
    """Give all of it, in one text."""
    return "\n".join(
        part
        for language in languages
        for part in (
            on_screen(advice, language), markdown(advice, language), data(advice, language),
            why(advice, language, ids), *(what_if(advice, language, each) for each in ASSUMPTIONS),
        )
    )  # fmt: skip


def group(library: Library, questionnaire: str, rows: Iterable[Row]) -> GroupAnswers:
    """Give a group's answers to a questionnaire, of which everything was asked."""
    asked = library.questionnaires[questionnaire]
    ids = frozenset(str(each.id) for each in asked.all_questions)
    return GroupAnswers(asked, tuple(sorted(map(bytes, rows))), ids)


def round_(members: Iterable[Row] = (), manager: Iterable[Row] = (), customers: Iterable[Row] = ()) -> Round:
    """Give a round of the appreciative review and the customer voice; a group without rows has no part in it."""
    asked: tuple[tuple[Group, str, list[Row]], ...] = (
        ("members", "appreciative-review", list(members)),
        ("manager", "appreciative-review", list(manager)),
        ("customers", "customer-voice", list(customers)),
    )
    return Round("Nokka", "", {name: group(shipped(), which, rows) for name, which, rows in asked if rows})


def advise(
    now: Round, minimum: int = 5, viewer: Literal["manager", "team"] = "manager", previous: Round | None = None,
    facts: Facts = Facts(),  # noqa: B008  # it is immutable
) -> Advice:  # fmt: skip
    """Give advice on a round by the shipped content."""
    return adviser().advise(now, previous, facts, Gate(minimum, viewer=viewer))


def rows(random: Random, people: int, questionnaire: str = "appreciative-review") -> list[Row]:
    """Give random people's answers: alike, apart, at an end, and with questions that some leave out."""
    asked = shipped().questionnaires[questionnaire]
    typical = [random.choice((0.0, 0.2, 0.5, 0.5, 0.8, 1.0)) for _ in asked.dimensions for _ in range(4)]
    typical += [random.random()] * 4
    noise = random.choice((0.0, 0.1, 0.3, 0.6))
    blank = random.choice((0.0, 0.0, 0.05, 0.3))
    made = []
    for _ in range(people):
        row = []
        for place, question in enumerate(asked.all_questions):
            scale = asked.scale_of(question)
            wish = typical[place // 4 * 4] + random.uniform(-noise, noise)
            answer = scale.from_ + round(min(max(wish, 0.0), 1.0) * (scale.to - scale.from_))
            row.append(UNANSWERED if random.random() < blank else answer)
        made.append(tuple(row))
    return made


def random_round(random: Random, members: int | None = None) -> Round:
    """Give a random small team's round, with or without manager and customers."""
    return round_(
        rows(random, members or random.randint(3, 12)),
        rows(random, 1) if random.random() < 0.6 else (),
        rows(random, random.randint(1, 9), "customer-voice") if random.random() < 0.6 else (),
    )
