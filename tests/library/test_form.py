"""The shipped texts keep the form that readers rely on: the same parts, minutes that add up, clauses one can notice."""

from __future__ import annotations

import re

import pytest

from engine.content.model import LANGUAGES
from tests.small import shipped

HEADINGS = {
    "en": [
        "Why this", "When it fits, and when not", "Before", "Steps", "What good looks like", "Pitfalls",
        "If you are remote", "How you know it helped",
    ],
    "fi": [
        "Miksi tämä", "Milloin sopii ja milloin ei", "Ennen", "Vaiheet", "Miltä onnistuminen näyttää", "Sudenkuopat",
        "Jos olette etänä", "Mistä tiedät, että siitä oli apua",
    ],
}  # fmt: skip
STEP = re.compile(r"^\d+\. \*\*(\d+) min\.\*\* ", re.MULTILINE)


def minutes(play: str, language: str) -> list[int]:
    """Give the minutes of a play's steps."""
    return [int(each) for each in STEP.findall(shipped().plays[play].texts[language].source)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("play", shipped().plays)
def test_a_play_has_every_part(play: str, language: str) -> None:
    """Each play says why, when and when not, what to prepare, do, watch for, and how one knows, in this order."""
    text = shipped().plays[play].texts[language].source
    assert re.findall("^## (.*)$", text, re.MULTILINE) == HEADINGS[language]


@pytest.mark.parametrize("play", shipped().plays)
def test_the_minutes_add_up(play: str) -> None:
    """The steps take as long together as the play says, and equally long in both languages."""
    assert minutes(play, "en") == minutes(play, "fi")
    assert sum(minutes(play, "en")) == shipped().plays[play].file.minutes


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("play", shipped().plays)
def test_a_play_is_read_in_two_minutes(play: str, language: str) -> None:
    """No play is longer than a page, and its first step is short enough to be done, not planned."""
    made = shipped().plays[play]
    text = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "", made.texts[language].source)
    assert len(text.split()) <= {"en": 470, "fi": 390}[language]
    assert len(str(made.file.first_step.get(language)).split()) <= 40


@pytest.mark.parametrize("play", shipped().plays)
def test_a_play_says_what_to_say(play: str) -> None:
    """Each play gives words to say, in the quotation marks of its language."""
    texts = shipped().plays[play].texts
    assert re.search("“[^”]{10,}”", texts["en"].source)
    assert re.search("”[^”]{10,}”", texts["fi"].source)
    assert "“" not in texts["fi"].source


def test_a_source_can_be_looked_up() -> None:
    """Every source names a study by its year, or the scale that it is known by; what is not known stands in limits."""
    sources = {source for play in shipped().plays.values() for source in play.file.evidence.sources}
    assert [each for each in sources if not re.search(r" \d{4}\b|\(MARKOR\)$", each)] == []


UNSTUDIED = {
    "en": "know of no study|have no study|[Nn]one of the studies|has not been studied",
    "fi": "[Ee]mme(kä)? tunne tutkimusta|ei ole tutki(ttu|musta)|Mikään käyttämistämme tutkimuksista",
}
"""How a play says that nobody is known to have studied it."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_play_says_its_limits(language: str) -> None:
    """Every play says what the evidence does not show; one without sources says that we know of no study."""
    for play in shipped().plays.values():
        limits = play.file.evidence.limits.get(language)
        assert len(limits.split()) >= 6, play.id
        assert play.file.evidence.sources or re.search(UNSTUDIED[language], limits), play.id


@pytest.mark.parametrize("template", shipped().templates)
def test_a_template_can_be_signed(template: str) -> None:
    """Five to nine clauses, some with a choice, each for a finding; a day to look again; a kind word for a breach."""
    file = shipped().templates[template].file
    assert 5 <= len(file.clauses) <= 9
    assert [clause.id for clause in file.clauses if clause.choices]
    assert not [clause.id for clause in file.clauses if not clause.answers]
    assert 1 <= file.review_after_weeks <= 13
    assert min(len(file.breach.en.split()), len(file.breach.fi.split())) >= 8


def test_every_template_is_led_to() -> None:
    """Some play leads to each agreement template."""
    made = shipped()
    led_to = {str(each) for play in made.plays.values() for each in play.file.agreements}
    assert set(made.templates) <= led_to


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_clause_stands_twice(language: str) -> None:
    """No two clauses of all templates say the same."""
    clauses = [clause.get(language) for template in shipped().templates.values() for clause in template.file.clauses]
    assert len(set(clauses)) == len(clauses)


@pytest.mark.parametrize("questionnaire", shipped().questionnaires)
def test_a_questionnaire_speaks_to_who_answers(questionnaire: str) -> None:
    """Each says what to think of, promises privacy, thanks, and names every answer, “can't say” too."""
    asked = shipped().questionnaires[questionnaire]
    assert asked.introduction
    assert asked.privacy
    assert asked.thanks
    for question in asked.all_questions:
        scale = asked.scale_of(question)
        assert scale.cant_say
        assert scale.labels


@pytest.mark.parametrize("questionnaire", shipped().questionnaires)
def test_a_question_fits_a_phone(questionnaire: str) -> None:
    """Each question is one short statement, in both languages, and none is reversed."""
    for question in shipped().questionnaires[questionnaire].all_questions:
        for text in (question.en, question.fi):
            assert len(text) <= 80, text
            assert not re.search(r"[;:]", text), text
        assert not question.reversed
