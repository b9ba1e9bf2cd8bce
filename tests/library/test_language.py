"""The shipped texts: spelt right in both languages, in short sentences, the first screen short enough to be read."""

from __future__ import annotations

import re
from statistics import mean

import pytest
from libvoikko import Voikko, VoikkoException
from spellchecker import SpellChecker

from engine.advise import Adviser
from engine.advising.data import Presenter
from engine.advising.figures import Figures
from engine.advising.wording import word
from engine.cli.on_screen import print_advice
from engine.cli.shared import console
from engine.content.model import LANGUAGES
from tests.library.language import allowed, sentences_of, texts, words_of
from tests.library.simulation import teams
from tests.small import shipped

FIRST_SCREEN = 250
"""So many words a manager's first screen has at most, the profile below it not counted."""
LONGEST_SENTENCE = {"en": 34, "fi": 27}
MEAN_SENTENCE = {"en": 13, "fi": 10}


def unknown_words(language: str, knows: object) -> dict[str, str]:
    """Give the words that a checker does not know and the list does not allow, each with a place where it stands."""
    assert callable(knows)
    known = allowed(language)
    found: dict[str, str] = {}
    for where, text in texts(shipped(), language):
        for each in words_of(text):
            if each not in known and each.lower() not in known and not knows(each):
                found.setdefault(each, where)
    return found


def test_english_is_spelt_right() -> None:
    """A spell checker knows every English word, or it is on the list of allowed words."""
    checker = SpellChecker(language="en")

    def knows(text: str) -> bool:
        parts = re.split(r"[-–]", text.replace("’", "'").lower())
        return all(not part or part.removesuffix("'s").removesuffix("'") in checker for part in parts)

    assert unknown_words("en", knows) == {}


def voikko() -> Voikko:
    """Give the Finnish checker, or skip the test where the system has none."""
    try:
        return Voikko("fi")
    except (OSError, VoikkoException):
        pytest.skip("voikko is not here (Debian: apt install libvoikko1 voikko-fi)")


def test_finnish_is_spelt_right() -> None:
    """Voikko knows every Finnish word, or it is on the list of allowed words."""
    checker = voikko()
    assert unknown_words("fi", lambda text: checker.spell(text.rstrip("-–"))) == {}


def test_finnish_is_written_right() -> None:
    """Voikko finds no fault of grammar in the Finnish texts but for those that it reads wrongly."""
    checker = voikko()
    found = [
        (where, sentence, fault.shortDescription)
        for where, text in texts(shipped(), "fi")
        for sentence in sentences_of(text)
        for fault in checker.grammarErrors(sentence, "fi")
        if not re.search(FALSE_ALARMS, fault.shortDescription)
    ]
    assert found == []


FALSE_ALARMS = r"Välimerkki puuttuu|väli|merkki|pääverbi|alkukirjaim"
"""What the checker says of headings, items of lists, quoted speech and sentences from which a placeholder was taken."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_on_the_list_is_used(language: str) -> None:
    """The list of allowed words holds nothing that no text has."""
    used = {form for _, text in texts(shipped(), language) for each in words_of(text) for form in (each, each.lower())}
    assert allowed(language) - used == frozenset()


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_are_short(language: str) -> None:
    """No sentence of a play is longer than a reader can take in, and most are far shorter."""
    plays = {play.id: sentences_of(text) for play in shipped().plays.values() for text in [source(play.id, language)]}
    lengths = {id_: [len(each.split()) for each in sentences] for id_, sentences in plays.items()}
    long = {id_: [each for each in sentences if len(each.split()) > LONGEST_SENTENCE[language]]
            for id_, sentences in plays.items()}  # fmt: skip
    assert {id_: each for id_, each in long.items() if each} == {}
    assert {id_: mean(each) for id_, each in lengths.items() if mean(each) > MEAN_SENTENCE[language]} == {}


def source(play: str, language: str) -> str:
    """Give a play's text without its placeholders."""
    return next(text for where, text in texts(shipped(), language) if where == f"{play}/{language}.md")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_screen_is_short(language: str) -> None:
    """Whatever a team has answered, the manager's advice is read in a minute or two: at most 250 words."""
    adviser = Adviser(shipped(), "compiled")
    lengths = {}
    for team in teams(shipped(), 200, seed=5):
        advice = adviser.advise(team.now, team.previous, team.facts)
        with console().capture() as captured:
            print_advice(Presenter(advice, Figures(shipped(), advice.profile, language)), "")
        first, profile, _ = captured.get().partition(f"\n{word('profile', language)} ")
        assert profile
        lengths[advice.team] = sum(bool(re.search(r"[^\W\d_]", each)) for each in first.split())
    assert {team: length for team, length in lengths.items() if length > FIRST_SCREEN} == {}
