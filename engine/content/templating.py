"""Texts with placeholders: a small, safe part of Jinja in which every text ends soon, whatever a person writes.

Only ``if``, comparisons, a few filters and the names below pass the gate at load. Without loops, repetition and
attributes, the work of rendering is bounded by the length of the template; the sandbox and the cap are the second
and third wall.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from engine.content.conditions import Place
from engine.content.placeholder_names import FILTERS, VALUES
from engine.errors import PelikirjaError, Problem, ProblemsFound

if TYPE_CHECKING:  # Jinja is imported where it is used: a command that renders nothing does not wait for it
    from jinja2 import Template
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    from engine.content.jinja_gate import Asked, Refusal

MAX_SOURCE: Final = 50_000
MAX_OUTPUT: Final = 50_000


class TooMuchText(PelikirjaError):
    """A rendered text is longer than the cap."""


class Reference(NamedTuple):
    """A question that a text asks: ``score`` of a dimension, or whether there was ``found`` a finding."""

    function: str
    name: str
    place: Place


@dataclass(frozen=True)
class Placeholders:
    """A text with placeholders; compiled when it is first rendered, and never without having passed the gate.

    Args:
        source: the text as written.
        path, place: where its first line stands.
        references: what it asks about; nothing where it has not been examined.
        extra: names it may use beside VALUES.
        examined: whether it passed the gate already.
    """

    source: str
    path: str
    place: Place
    references: tuple[Reference, ...] = ()
    extra: tuple[str, ...] = ()
    examined: bool = True

    def render(self, context: dict[str, object]) -> str:
        """Give the text for one team.

        Args:
            context: a value for each of VALUES and a function for each of FUNCTIONS.

        Raises:
            TooMuchText: the result is longer than MAX_OUTPUT characters.
            ProblemsFound: it was not examined before, and is not safe.
        """
        if "{" not in self.source:
            return self.source
        text = ""
        for piece in self._template.generate(context):
            text += piece
            if len(text) > MAX_OUTPUT:
                raise TooMuchText(f"{self.path}: the text grows beyond {MAX_OUTPUT:,} characters")
        return text

    @cached_property
    def _template(self) -> Template:
        if not self.examined:
            _, problems = compile_text(self.source, self.path, self.place, self.extra)
            if problems:
                raise ProblemsFound(problems)
        return _environment().from_string(self.source)


def compile_text(
    source: str, path: str, place: Place, extra: tuple[str, ...] = (), *, examine: bool = True
) -> tuple[Placeholders | None, list[Problem]]:
    """Take in a text with placeholders, if it is safe.

    Args:
        source: the text.
        path, place: where its first line stands; line 1, column 1 for a file of its own.
        extra: names it may use beside VALUES, such as ``choice``.
        examine: whether to let it through the gate now; otherwise that happens when it is first rendered.

    Returns:
        The text, None where there are problems, and the problems.
    """
    if "{" not in source:
        return Placeholders(source, path, place), []
    if not examine:
        return Placeholders(source, path, place, (), extra, examined=False), []
    if len(source) > MAX_SOURCE:
        message = f"the text is longer than {MAX_SOURCE:,} characters"
        return None, [Problem(path, place.line, place.column, "too-long", message, "say it in fewer words")]
    refused, references = _examined(source, extra)
    if refused:
        return None, [_problem(source, path, place, each) for each in refused]
    found = tuple(
        Reference(each.function, each.name, _where(source, place, each.line, each.name)) for each in references
    )
    return Placeholders(source, path, place, found, extra), []


def _examined(source: str, extra: tuple[str, ...]) -> tuple[list[Refusal], list[Asked]]:
    from jinja2 import TemplateSyntaxError  # noqa: PLC0415  # see above

    from engine.content.jinja_gate import Refusal, asked, refusals, syntax_refusal  # noqa: PLC0415  # see above

    try:
        parsed = _environment().parse(source)
    except TemplateSyntaxError as error:
        return [syntax_refusal(error, source)], []
    except (RecursionError, ValueError):
        # Jinja's parser descends as deep as the brackets go, and reads numbers of any length
        return [Refusal(1, "a placeholder here is too long or nested too deeply", "write it more simply")], []
    refused = list(refusals(parsed, extra))
    return refused, [] if refused else list(asked(parsed))


def _problem(source: str, path: str, place: Place, refusal: Refusal) -> Problem:
    where = _where(source, place, refusal.line, refusal.word)
    return Problem(path, where.line, where.column, "bad-placeholder", refusal.message, refusal.hint)


def _where(source: str, place: Place, line: int, word: str) -> Place:
    """Give the place of a word in a line; within a YAML text, whose quoting is not known here, the text's own."""
    if place != Place(1, 1):
        return place
    lines = source.split("\n")
    written = lines[line - 1] if line <= len(lines) else ""
    return Place(min(line, len(lines)), max(written.find(word), 0) + 1)


@cache
def _environment() -> ImmutableSandboxedEnvironment:
    from jinja2 import StrictUndefined  # noqa: PLC0415  # see above
    from jinja2.sandbox import ImmutableSandboxedEnvironment  # noqa: PLC0415  # see above

    environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False)
    environment.globals.clear()
    environment.filters = {name: environment.filters[name] for name in FILTERS}
    return environment


def plain_context(team: str, values: dict[str, Any], functions: dict[str, Callable[..., object]]) -> dict[str, object]:
    """Give a context for ``render`` in which everything that is not given is none.

    Args:
        team: the team's name.
        values: for some of VALUES.
        functions: for each of FUNCTIONS.
    """
    return {**dict.fromkeys(VALUES), "team": team, **values, **functions}
