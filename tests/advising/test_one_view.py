"""One person's view: plays are explained to it without a word of what a team would have answered."""

from __future__ import annotations

import re
from functools import cache
from random import Random

import pytest

from engine.advising.advice import Advice
from engine.advising.figures import Figures
from engine.advising.texts import Texts
from engine.content.model import LANGUAGES
from engine.measuring.answers import Round
from engine.measuring.gate import Gate
from tests.advising.outputs import Row, adviser, group
from tests.library.language import sentences_of
from tests.small import shipped

PLAYERS = ("quick-check", "appreciative-review")
"""What one person may answer alone."""

SAID_OF_A_TEAM = {
    "en": r"[Mm]embers (do|feel)|own account|[Tt]he (members|team)\b.* (say|rate|see|think)s?\b|yourselves|"
    r"\b(Several|Some|Most|Many) (of you|of them|say|feel|find|see)\b(?! sit)|[Vv]iews\b",
    "fi": r"[Tt]iimi(n jäsenet)?\b.* (sanoo|sanovat|arvioi|kokee|näkee)\b|[Tt]iimin (oman? )?(tulos|arvio)|[Jj]äsen|"
    r"[Tt]iimin mukaan|[Ss]anotte|"
    r"\b(Moni|Osa|Osan|Useat) (sanoo|kokee|mielestä|teistä (näkee|uskaltaa))\b|[Nn]äkemykset",
}
"""How a sentence claims that several have answered."""
SCORE = {"en": r"\(scale 1–5\)", "fi": r"\(asteikko 1–5\)"}


def alone(questionnaire: str, row: Row) -> Advice:
    """Give one person's own advice."""
    members = group(shipped(), questionnaire, [row])
    return adviser().advise(Round("", "", {"members": members}), gate=Gate(self_check=True))


@cache
def views(questionnaire: str) -> tuple[Advice, ...]:
    """Give what many different people would get who answer alone."""
    asked, random, made = shipped().questionnaires[questionnaire], Random(4), []
    for _ in range(150):
        usual = {each.id: random.choice((1, 2, 4, 5)) for each in asked.dimensions}
        apart = random.choice((0, 0, 2, 4))
        row = [
            min(max(usual[dimension.id] + random.randint(-apart, apart), 1), 5)
            for dimension in asked.dimensions
            for _ in dimension.questions
        ]
        made.append(alone(questionnaire, tuple(row)))
    return tuple(made)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("questionnaire", PLAYERS)
def test_no_text_speaks_of_what_a_team_answered(questionnaire: str, language: str) -> None:
    """Whatever one person answers, no play shows a team's score, and no text says what several people think."""
    found = frozenset(id_ for advice in views(questionnaire) for id_ in advice.situation.true)
    figures = Figures(shipped(), views(questionnaire)[0].profile, language)
    own, plain = Texts(figures, found), Texts(figures, frozenset())
    brought = 0
    for play in shipped().plays.values():
        assert not re.search(SCORE[language], own.play(play)), play.id
        because = set(sentences_of(own.play(play))) - set(sentences_of(plain.play(play)))
        brought += len(because)
        assert not [each for each in because if re.search(SAID_OF_A_TEAM[language], each)], play.id
    assert brought > 40
    titles = [shipped().findings[each].texts.get(language) for each in found & set(shipped().findings)]
    assert not [each for each in titles if re.search(SAID_OF_A_TEAM[language], each)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_team_is_told_its_score(language: str) -> None:
    """The same play tells a team its score."""
    row = (2,) * 52
    team = adviser().advise(Round("", "", {"members": group(shipped(), "appreciative-review", [row] * 6)}))
    text = Texts(Figures(shipped(), team.profile, language), frozenset()).play(shipped().plays["role-clarification"])
    assert re.search(SCORE[language], text)
