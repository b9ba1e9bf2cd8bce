"""What a person tells about teams besides their answers: size, ways of working, who was asked, what has been done."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from engine.content.explain import place_of, value_at
from engine.content.source import Mapping as YamlMapping
from engine.content.source import Node, Sequence, Text, decode, parse_yaml, read_bytes
from engine.content.team_facts import Invited, TeamFacts
from engine.errors import Problem, ProblemsFound
from engine.measuring.answers import Facts
from engine.measuring.report import Report, quotable

MESSAGES: Final[dict[str, dict[str, str]]] = {
    "unknown-key": {"en": "“{key}” is not a key here", "fi": "avainta ”{key}” ei tunneta tässä"},
    "wrong-value": {
        "en": "“{key}” should be {expected}, not {found}",
        "fi": "avaimen ”{key}” arvon pitäisi olla {expected}, ei {found}",
    },
    "wrong-file": {"en": "keys and values are expected here", "fi": "tässä pitäisi olla avaimia ja arvoja"},
    "empty-team": {"en": "a team has no name here", "fi": "tässä tiimillä ei ole nimeä"},
}  # fmt: skip
EXPECTED: Final[dict[str, dict[str, str]]] = {
    "size": {"en": "a whole number from 1 to 10,000", "fi": "kokonaisluku 1–10 000"},
    "work-mode": {"en": "onsite, hybrid or remote", "fi": "onsite, hybrid tai remote"},
    "months-together": {"en": "a whole number from 0 to 1,000", "fi": "kokonaisluku 0–1 000"},
    "rounds": {"en": "a whole number from 0 to 1,000", "fi": "kokonaisluku 0–1 000"},
    "invited": {
        "en": "keys and values: members, manager, customers",
        "fi": "avaimia ja arvoja: members, manager, customers",
    },
    "count": {"en": "a whole number from 0 to 1,000,000", "fi": "kokonaisluku 0–1 000 000"},
    "done": {"en": "a list of ids of plays", "fi": "lista harjoitteiden tunnuksista"},
    "adopted": {"en": "a list of ids of agreement templates", "fi": "lista pelisääntöpohjien tunnuksista"},
    "teams": {"en": "teams’ names, each with its facts", "fi": "tiimien nimiä, kullakin tietonsa"},
}  # fmt: skip
FOUND: Final[dict[str, dict[str, str]]] = {
    "nothing": {"en": "nothing", "fi": "tyhjä"},
    "list": {"en": "a list", "fi": "lista"},
    "keys": {"en": "keys and values", "fi": "avaimia ja arvoja"},
    "value": {"en": "“{value}”", "fi": "”{value}”"},
}  # fmt: skip
FOUND_KINDS: Final[dict[type, str]] = {type(None): "nothing", Sequence: "list", YamlMapping: "keys"}


class FactsFile(TeamFacts):
    """A whole file: facts about every team, and about single teams by name."""

    teams: dict[Text, TeamFacts] = {}


def read_facts(path: Path, language: str) -> Mapping[str, Facts]:
    """Read what is known about teams.

    Args:
        path: a YAML or JSON file.
        language: the language of the problems, ``en`` or ``fi``.

    Returns:
        The facts of each team that the file names, completed by those at its top level; the latter, for every
        other team, under the empty name, which is always there.

    Raises:
        ProblemsFound: the file cannot be read, or anything in it is wrong.
    """
    report = Report(str(path), language)
    data, problems = read_bytes(path, report.shown)
    text, more = decode(data, report.shown)
    if path.suffix.lower() == ".json":
        text = text.replace("\t", " ")  # JSON indents with tabs and escapes them in texts; YAML allows neither
    node, faults = parse_yaml(text, report.shown)
    found = [report.translated(problem) for problem in (*problems, *more, *faults)]
    if found:
        raise ProblemsFound(found)
    file = _validated({} if node is None else node, report)
    return {"": _facts(file, file), **{str(name): _facts(file, team) for name, team in file.teams.items()}}


def facts_of(told: TeamFacts) -> Facts:
    """Give the facts that somebody tells about one team."""
    return _facts(TeamFacts(), told)


def _validated(node: Any, report: Report) -> FactsFile:
    try:
        file = FactsFile.model_validate(node)
    except ValidationError as error:
        raise ProblemsFound(_problem(node, each["loc"], each["type"], report) for each in error.errors()) from None
    nameless = [name for name in file.teams if not name.strip()]
    if nameless:
        place = nameless[0].place
        message = MESSAGES["empty-team"][report.language]
        raise ProblemsFound([Problem(report.shown, place.line, place.column, "empty-team", message)])
    return file


def _facts(usual: TeamFacts, team: TeamFacts) -> Facts:
    """Give a team's facts, with the usual ones where it says nothing itself."""
    given = {**usual.model_dump(by_alias=True, exclude_none=True), **team.model_dump(by_alias=True, exclude_none=True)}
    invited = [each.invited.model_dump(exclude_none=True) for each in (usual, team) if each.invited]
    return Facts(
        values={key: given[key] for key in ("size", "work-mode", "months-together", "rounds") if key in given},
        invited={group: count for each in invited for group, count in each.items()},
        done=frozenset(map(str, given.get("done", ()))),
        adopted=frozenset(map(str, given.get("adopted", ()))),
    )


def _problem(node: Node, path: tuple[int | str, ...], kind: str, report: Report) -> Problem:
    place, language = place_of(node, path), report.language
    key = str(path[-1]) if path else ""
    hint = ""
    if not path:
        code, message = "wrong-file", MESSAGES["wrong-file"][language]
    elif kind == "extra_forbidden":
        known = Invited.model_fields if "invited" in path[:-1] else [*EXPECTED.keys() - {"count"}]
        code, message = "unknown-key", MESSAGES["unknown-key"][language].format(key=quotable(key))
        hint = report.did_you_mean(key, known)
    else:
        code, message = "wrong-value", _wrong_value(node, path, language)
    return Problem(report.shown, place.line, place.column, code, message, hint)


def _wrong_value(node: Node, path: tuple[int | str, ...], language: str) -> str:
    names = [step for step in path if step in EXPECTED]
    expected = "count" if "invited" in path[:-1] else str(names[-1] if names else "teams")
    value = value_at(node, path)
    kind = next((FOUND_KINDS[each] for each in FOUND_KINDS if isinstance(value, each)), "value")
    found = FOUND[kind][language].format(value=quotable(str(value)))
    key = quotable(str(next(step for step in reversed(path) if isinstance(step, str))))
    return MESSAGES["wrong-value"][language].format(key=key, expected=EXPECTED[expected][language], found=found)
