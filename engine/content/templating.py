"""Texts with placeholders: a small, safe part of Jinja in which every text ends soon, whatever a person writes.

Only ``if``, comparisons, a few filters and the names below pass the gate at load. Without loops, repetition and
attributes, the work of rendering is bounded by the length of the template; the sandbox and the cap are the second
and third wall.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from jinja2 import StrictUndefined, Template, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from engine.content.conditions import Place
from engine.content.model import did_you_mean
from engine.errors import PelikirjaError, Problem

MAX_OUTPUT: Final = 50_000
VALUES: Final = ("team", "size", "work_mode")
FUNCTIONS: Final = {"score": "dimension", "found": "finding"}
FILTERS: Final = ("lower", "upper", "capitalize", "trim", "default")

_ALLOWED: Final = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.If, nodes.CondExpr, nodes.Compare, nodes.Operand,
    nodes.And, nodes.Or, nodes.Not, nodes.Name, nodes.Const, nodes.Call, nodes.Filter, nodes.Concat, nodes.Neg,
)  # fmt: skip


class TooMuchText(PelikirjaError):
    """A rendered text is longer than the cap."""


@dataclass(frozen=True, slots=True)
class Placeholders:
    """A text with placeholders, compiled.

    Args:
        template: the compiled template.
        path, place: where its first line stands.
        references: what it asks about: ``("score", dimension, line)`` and ``("found", finding, line)``.
    """

    template: Template
    path: str
    place: Place
    references: tuple[tuple[str, str, int], ...]

    def render(self, context: dict[str, object]) -> str:
        """Give the text for one team.

        Args:
            context: a value for each of VALUES and a function for each of FUNCTIONS.

        Raises:
            TooMuchText: the result is longer than MAX_OUTPUT characters.
        """
        text = ""
        for piece in self.template.generate(context):
            text += piece
            if len(text) > MAX_OUTPUT:
                raise TooMuchText(f"{self.path}: the text grows beyond {MAX_OUTPUT:,} characters")
        return text


def compile_text(
    source: str, path: str, place: Place, extra: tuple[str, ...] = ()
) -> tuple[Placeholders | None, list[Problem]]:
    """Compile a text with placeholders.

    Args:
        source: the text.
        path, place: where its first line stands.
        extra: names it may use beside VALUES, such as ``choice``.

    Returns:
        The compiled text, None where there are problems, and the problems.
    """
    try:
        parsed = _environment().parse(source)
    except TemplateSyntaxError as error:
        hint = "write {{ name }} or {% if … %}…{% endif %}"
        return None, [_problem(path, place, error.lineno, (error.message or "this is not Jinja").rstrip("."), hint)]
    faults = [_problem(path, place, line, message, hint) for line, message, hint in _faults(parsed, extra)]
    if faults:
        return None, faults
    template = _environment().from_string(source)
    return Placeholders(template, path, place, tuple(_references(parsed))), []


def _problem(path: str, place: Place, line: int, message: str, hint: str) -> Problem:
    column = place.column if line <= 1 else 1
    return Problem(path, place.line + line - 1, column, "bad-placeholder", message, hint)


@cache
def _environment() -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=False, autoescape=False
    )
    environment.globals.clear()
    environment.filters = {name: environment.filters[name] for name in FILTERS}
    return environment


def _faults(parsed: nodes.Template, extra: tuple[str, ...]) -> Iterator[tuple[int, str, str]]:
    for node in _walk(parsed):
        match node:
            case nodes.Name() if node.name not in (*VALUES, *FUNCTIONS, *extra):
                yield node.lineno, f"“{node.name}” is not known here", did_you_mean(node.name, _names(extra))
            case nodes.Filter() if node.name not in FILTERS:
                yield node.lineno, f"the filter “{node.name}” is not used here", did_you_mean(node.name, FILTERS)
            case nodes.Call() if not _plain_call(node):
                message = "only score('…') and found('…') can be asked, with a name in quotes"
                yield node.lineno, message, "write it as {{ score('agreements') }}"
            case _ if not isinstance(node, _ALLOWED):
                word = type(node).__name__.lower()
                yield node.lineno, f"“{word}” is not used in texts", "use only {{ name }} and {% if … %}"


def _walk(node: nodes.Node) -> Iterator[nodes.Node]:
    yield node
    for child in node.iter_child_nodes():
        yield from _walk(child)


def _names(extra: Iterable[str]) -> tuple[str, ...]:
    return (*VALUES, *FUNCTIONS, *extra)


def _plain_call(node: nodes.Call) -> bool:
    name = node.node.name if isinstance(node.node, nodes.Name) else ""
    words = all(isinstance(each, nodes.Const) and isinstance(each.value, str) for each in node.args)
    most = 2 if name == "score" else 1
    return name in FUNCTIONS and words and 1 <= len(node.args) <= most and not node.kwargs and not node.dyn_args


def _references(parsed: nodes.Template) -> Iterator[tuple[str, str, int]]:
    for call in parsed.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and isinstance(call.args[0], nodes.Const):
            yield call.node.name, call.args[0].value, call.lineno


def plain_context(team: str, values: dict[str, Any], functions: dict[str, Callable[..., object]]) -> dict[str, object]:
    """Give a context for ``render`` in which everything that is not given is none.

    Args:
        team: the team's name.
        values: for some of VALUES.
        functions: for each of FUNCTIONS.
    """
    return {**dict.fromkeys(VALUES), "team": team, **values, **functions}
