"""Answers, facts and questionnaires as the options of several subcommands name them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

import click

from engine.advise import Adviser
from engine.advising.advice import Advice
from engine.advising.data import Presenter
from engine.advising.figures import Figures
from engine.advising.wording import word
from engine.cli.shared import built_in, content_folder, language_of_the_person, loaded, messages, show_problems
from engine.content.library import Library
from engine.content.questionnaire import Questionnaire
from engine.content.source import Mapping, Text, decode, parse_yaml
from engine.content.suggestions import did_you_mean
from engine.errors import PelikirjaError
from engine.measuring.answers import Facts, Round
from engine.measuring.facts import read_facts
from engine.measuring.gate import Gate, Viewer
from engine.measuring.reading import Reading, read_answers

Function = TypeVar("Function", bound=Callable[..., Any])
NAMED = 10
"""So many ignored columns are named; the JSON names all."""
SAMPLE = "sample"
"""Given instead of a file of answers, this means the team that comes with the engine."""


class _Answers(click.Path):
    """A file of answers, or the word “sample”."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if value == SAMPLE and not Path(SAMPLE).exists():
            return built_in() / "examples" / "nokka.csv"
        return super().convert(value, param, ctx)


ANSWERS = _Answers(exists=True, dir_okay=False, path_type=Path)
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)

questionnaire_option = click.option(
    "--questionnaire", "questionnaires", multiple=True, metavar="ID|FILE",
    help="What was asked; may be repeated. Default: recognised from the columns.",
)  # fmt: skip

_OPTIONS = (
    click.argument("answers", type=ANSWERS),
    questionnaire_option,
    click.option("--team", metavar="NAME", help="Only this team."),
    click.option("--previous", type=FILE, metavar="ANSWERS", help="Answers of the round before."),
    click.option("--facts", "facts_file", type=FILE, metavar="FILE",
                 help="What else is known: size, work-mode, invited, done … (YAML or JSON)."),
    click.option("--minimum-group", "minimum", type=click.IntRange(min=3), default=5, show_default=True, metavar="N",
                 help="Members needed before their answers are used, 3 or more. Customers: always at least 5."),
    click.option("--for", "viewer", type=click.Choice(["manager", "team"]), default="manager", show_default=True,
                 help="Who reads it. The manager's own figures are left out for the team."),
    click.option("--self", "self_check", is_flag=True, help="One person's own answers, read by that person only."),
    click.option("--exact", is_flag=True, help="Figures to a thousandth, for one who holds the answers anyway."),
)  # fmt: skip


def answers_options(command: Function) -> Function:
    """Add the arguments and options that say whose answers are read, and how."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


@dataclass(frozen=True)
class Asked:
    """What the person asked for, as given on the command line."""

    answers: Path
    questionnaires: tuple[str, ...]
    exact: bool
    folder: Path | None
    language: str
    team: str | None = None
    previous: Path | None = None
    facts_file: Path | None = None
    minimum: int = 5
    viewer: Viewer = "manager"
    self_check: bool = False

    def again(self, team: str) -> list[str]:
        """Give the options that ask the same of one team again, without those that are so by themselves."""
        usual = {"--minimum-group": 5, "--for": "manager", "--lang": language_of_the_person()}
        given: list[tuple[str, object]] = [
            ("--team", team), ("--facts", self.facts_file), ("--previous", self.previous),
            *(("--questionnaire", each) for each in self.questionnaires), ("--content", self.folder),
            ("--minimum-group", self.minimum), ("--for", self.viewer), ("--lang", self.language),
        ]  # fmt: skip
        words = [word for name, value in given if value and value != usual.get(name) for word in (name, str(value))]
        flags = [name for name, on in (("--self", self.self_check), ("--exact", self.exact)) if on]
        return [*words, *flags]


@dataclass(frozen=True)
class Case:
    """One team's rounds and facts."""

    now: Round
    previous: Round | None
    facts: Facts


class Work:
    """Everything read that a subcommand about answers needs.

    Args:
        asked: the options.

    Raises:
        PelikirjaError: content or answers cannot be used.
    """

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self.library = loaded(asked.folder, _from_elsewhere(asked))
        self.reading = self._read(asked.answers)
        self._previous = self._read(asked.previous) if asked.previous else None
        self._facts = read_facts(asked.facts_file, asked.language) if asked.facts_file else {}
        self.gate = Gate(asked.minimum, self_check=asked.self_check, viewer=asked.viewer)
        self._check_team()
        self._check_facts()

    @property
    def wrong(self) -> bool:
        """Tell whether something in the answers was wrong, though the rest could be used."""
        readings = [each for each in (self.reading, self._previous) if each]
        return any(problem.severity == "error" for reading in readings for problem in reading.problems)

    def report(self) -> None:
        """Print on standard error what was wrong in the answers and what was left out."""
        for reading in filter(None, (self.reading, self._previous)):
            show_problems(reading.problems, reading.problems_left_out)
            for key, count, names in (
                ("ignored-columns", len(reading.ignored_columns), reading.ignored_columns),
                ("set-aside-cells", reading.set_aside_cells, ()),
                ("set-aside-rows", reading.set_aside_rows, ()),
            ):
                if count:
                    said = word(key, self.asked.language, count=count, names=_few(names))
                    messages().print(said, style="dim", soft_wrap=True)

    def cases(self) -> Iterator[Case]:
        """Yield each team that was asked for."""
        for team, rounds in self.reading.rounds.items():
            if self.asked.team in (None, team):
                before = self._before(team, rounds)
                facts = with_rounds(facts_of(self._facts, team), len(rounds) if len(rounds) > 1 else 2 if before else 0)
                yield Case(rounds[-1], before, facts)

    def presenter(self, advice: Advice) -> Presenter:
        """Give what shows a team's advice in the language asked for."""
        return Presenter(advice, Figures(self.library, advice.profile, self.asked.language, self.asked.exact))

    def advise(self, adviser: Adviser, case: Case) -> Advice:
        """Give a team's advice."""
        return adviser.advise(case.now, case.previous, case.facts, self.gate)

    def _read(self, path: Path) -> Reading:
        chosen = [_questionnaire(self.library, each) for each in self.asked.questionnaires]
        questionnaires = chosen or list(self.library.questionnaires.values())
        return read_answers(path, questionnaires, language=self.asked.language, chosen=bool(chosen))

    def _before(self, team: str, rounds: tuple[Round, ...]) -> Round | None:
        if self._previous:
            before = self._previous.rounds.get(team)
            return before[-1] if before else None
        return rounds[-2] if len(rounds) > 1 else None

    def _check_facts(self) -> None:
        """Refuse plays, templates and teams that are told of but do not exist: they would silently mean nothing."""
        plays, templates, teams = self.library.plays, self.library.templates, self.reading.rounds
        for team, facts in self._facts.items():
            for ids, known, what in ((facts.done, plays, "play"), (facts.adopted, templates, "agreement template")):
                for id_ in sorted(ids - known.keys()):
                    hint = did_you_mean(id_, known)
                    raise PelikirjaError(f"{self.asked.facts_file}: there is no {what} “{id_}”; {hint}".rstrip("; "))
            if team and team not in teams:
                hint = did_you_mean(team, teams)
                raise PelikirjaError(f"{self.asked.facts_file}: no answers of a team “{team}”; {hint}".rstrip("; "))

    def _check_team(self) -> None:
        teams = list(self.reading.rounds)
        if self.asked.team is not None and self.asked.team not in teams:
            hint = did_you_mean(self.asked.team, teams)
            raise PelikirjaError(f"no team “{self.asked.team}” in {self.asked.answers}; {hint}".rstrip("; "))
        people = sum(len(each.rows) for case in self.cases() for each in case.now.groups.values())
        if self.asked.self_check and people != 1:
            raise PelikirjaError("--self is for one person's own answers; this file holds more, so leave --self out")


def _few(names: tuple[str, ...]) -> str:
    return ", ".join(names[:NAMED]) + (" …" if len(names) > NAMED else "")


def facts_of(facts: AnyMapping[str, Facts], team: str) -> Facts:
    """Give a team's facts: its own, or those for every team."""
    return facts.get(team) or facts.get("") or Facts()


def with_rounds(facts: Facts, seen: int) -> Facts:
    """Give the facts with the number of rounds that the tables show, unless it is told; 0 shows nothing."""
    return facts if "rounds" in facts.values or not seen else replace(facts, values={**facts.values, "rounds": seen})


def _is_file(name: str) -> bool:
    return name.endswith((".yaml", ".yml")) or Path(name).is_file()


def _from_elsewhere(asked: Asked) -> list[Path]:
    """Give the questionnaire files that were named and do not belong to the content already."""
    own = (content_folder(asked.folder) / "rules").resolve()
    files = [Path(each) for each in asked.questionnaires if _is_file(each)]
    missing = next((each for each in files if not each.is_file()), None)
    if missing:
        raise PelikirjaError(f"there is no file {missing}")
    return [each for each in files if not each.resolve().is_relative_to(own)]


def _questionnaire(library: Library, name: str) -> Questionnaire:
    id_ = _id_in(Path(name)) if _is_file(name) else name
    if id_ not in library.questionnaires:
        hint = did_you_mean(id_, library.questionnaires)
        raise PelikirjaError(f"no questionnaire “{id_}”; {hint}".rstrip("; "))
    return library.questionnaires[id_]


def _id_in(path: Path) -> str:
    """Give the id of a questionnaire file that was loaded already, so that it can be read."""
    text, _ = decode(path.read_bytes(), str(path))
    node, _ = parse_yaml(text, str(path))
    return str(node.get(Text("id"))) if isinstance(node, Mapping) else ""
