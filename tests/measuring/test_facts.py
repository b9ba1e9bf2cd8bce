"""Facts about teams, from YAML and JSON."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.errors import ProblemsFound
from engine.measuring.answers import Facts
from engine.measuring.facts import read_facts

WHOLE = """
size: 8
work-mode: hybrid
invited: {members: 8, manager: 1}
done: [decision-log]
teams:
  Nokka: {size: 5, months-together: 3, invited: {members: 5, customers: 20}, done: []}
"""

WRONG = {
    "unknown key": ("siz: 8", 1, "“siz” is not a key here; did you mean “size”?", "avainta ”siz” ei tunneta"),
    "word": ("work-mode: remot", 1, "should be onsite, hybrid or remote, not “remot”", "onsite, hybrid tai remote, ei"),
    "range": ("size: 0", 1, "a whole number from 1 to 10,000, not “0”", "kokonaisluku 1–10 000, ei ”0”"),
    "type": ("rounds: [1]", 1, "a whole number from 0 to 1,000, not a list", "kokonaisluku 0–1 000, ei lista"),
    "truth": ("size: true", 1, "“size” should be a whole number", "avaimen ”size” arvon pitäisi olla kokonaisluku"),
    "invited": ("invited:\n  members: -1", 2, "“members” should be a whole number", "”members” arvon pitäisi"),
    "list": ("done: decision-log", 1, "a list of ids of plays", "lista harjoitteiden tunnuksista"),
    "team": ("teams:\n  A:\n    size: x", 3, "“size” should be a whole number", "”size” arvon pitäisi"),
    "no name": ("teams:\n  '': {size: 3}", 2, "a team has no name", "tiimillä ei ole nimeä"),
    "no mapping": ("- 1", 1, "keys and values are expected", "avaimia ja arvoja"),
    "twice": ("size: 1\nsize: 2", 2, "“size” stands twice", "”size” on tässä kahdesti"),
}  # fmt: skip


def test_teams_complete_what_holds_for_all(tmp_path: Path) -> None:
    """A team's own facts go before those at the top of the file, which hold for every other team."""
    path = tmp_path / "facts.yaml"
    path.write_text(WHOLE)
    assert read_facts(path, "en") == {
        "": Facts({"size": 8, "work-mode": "hybrid"}, {"members": 8, "manager": 1}, frozenset({"decision-log"})),
        "Nokka": Facts(
            {"size": 5, "work-mode": "hybrid", "months-together": 3}, {"members": 5, "manager": 1, "customers": 20}
        ),
    }


def test_json_and_an_empty_file(tmp_path: Path) -> None:
    """JSON is read as YAML is, tabs and all; an empty file knows nothing."""
    path = tmp_path / "facts.json"
    path.write_text('{\n\t"size": 8,\n\t"adopted": ["meetings"]}')
    assert read_facts(path, "en") == {"": Facts({"size": 8}, adopted=frozenset({"meetings"}))}
    path.write_text("")
    assert read_facts(path, "en") == {"": Facts()}


@pytest.mark.parametrize("suffix", ["yaml", "json"])
@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_has_a_place_and_words_in_both_languages(tmp_path: Path, case: str, suffix: str) -> None:
    """Every mistake is told with its line, in English and in Finnish."""
    content, line, *words = WRONG[case]
    path = tmp_path / f"facts.{suffix}"
    path.write_text(content)
    for language, said in zip(("en", "fi"), words, strict=True):
        with pytest.raises(ProblemsFound) as caught:
            read_facts(path, language)
        assert (said in str(caught.value), caught.value.problems[0].line) == (True, line), str(caught.value)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    """A file that is not there is a problem, not a stack trace."""
    with pytest.raises(ProblemsFound, match="ei voi lukea"):
        read_facts(tmp_path / "none.yaml", "fi")
