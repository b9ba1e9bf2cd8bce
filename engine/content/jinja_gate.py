"""The part of Jinja that texts may use, and what is said about the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from jinja2 import TemplateSyntaxError, nodes

from engine.content.placeholder_names import FILTERS, FUNCTIONS, VALUES, without_comments
from engine.content.suggestions import did_you_mean

MAX_NODES: Final = 500
MAX_DEPTH: Final = 20

_ALLOWED: Final = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.If, nodes.CondExpr, nodes.Compare, nodes.Operand,
    nodes.And, nodes.Or, nodes.Not, nodes.Name, nodes.Const, nodes.Call, nodes.Filter, nodes.Concat, nodes.Neg,
)  # fmt: skip


class Refusal(NamedTuple):
    """What a text may not say: in which line, why, what to do, and a word of the line to point at."""

    line: int
    message: str
    hint: str
    word: str = "{"


class Asked(NamedTuple):
    """A question that a text asks: one of FUNCTIONS, and about what."""

    function: str
    name: str
    line: int


_ONLY_IF: Final = "use only {% if … %}, {% else %} and {% endif %}"
_SYNTAX: Final = (
    (r"unknown tag '(end\w+|elif|else)'", "no {% if … %} is open for {% * %}", "take it away, or open it first"),
    (r"unknown tag '(\w+)'", "{% * %} is not used in texts", _ONLY_IF),
    (r"innermost block .* '(if)'", "{% * … %} is never closed", "add {% endif %} where it ends"),
    (r"innermost block .* '(\w+)'", "{% * %} is not used in texts", _ONLY_IF),
    (r"end of comment", "a comment is never closed", "add #} where it ends"),
    (r"end of template", "a placeholder is never closed", "close it with }} or %}"),
    (r"Expected an expression", "a placeholder says nothing", "write a name into it, such as {{ team }}"),
    (r"got '(=)'", "one = does not compare", "write =="),
    (r"unexpected char [\"'](['\"])", "a quote is never closed in a placeholder", "close it before }} or %}"),
    (r"(?:unexpected|char|got) '(.+?)'", "“*” cannot stand here in a placeholder", "look at what stands before it"),
)


def syntax_refusal(error: TemplateSyntaxError, source: str) -> Refusal:
    """Say what Jinja says about a text it cannot read, in a coach's words."""
    for number, line in enumerate(without_comments(source).split("\n")[: error.lineno], 1):
        if line.count("{{") != line.count("}}"):
            return Refusal(number, "a placeholder is not closed in this line", "close it with }}", "{{")
    for pattern, message, hint in _SYNTAX:
        found = re.search(pattern, error.message or "")
        if found:
            word = found.groups()[0] if found.groups() else "{"
            return Refusal(error.lineno, message.replace("*", word), hint, word)
    message = "a placeholder here cannot be understood"
    return Refusal(error.lineno, message, "write {{ name }} or {% if … %} … {% endif %}")


def refusals(parsed: nodes.Template, extra: tuple[str, ...]) -> Iterator[Refusal]:
    """Yield what a text may not use; what stands inside of it is not looked at any more.

    Args:
        parsed: the text.
        extra: names it may use beside VALUES and FUNCTIONS.
    """
    stack: list[tuple[nodes.Node, int]] = [(parsed, 0)]
    for _ in range(MAX_NODES):
        if not stack:
            return
        node, depth = stack.pop()
        refusal = _refusal(node, extra)
        if refusal:
            yield refusal
        elif depth > MAX_DEPTH:
            yield Refusal(node.lineno or 1, "this is nested too deeply", "write it more simply")
            return
        elif not isinstance(node, nodes.Call):
            stack += [(child, depth + 1) for child in reversed(list(node.iter_child_nodes()))]
    if stack:
        yield Refusal(stack[-1][0].lineno or 1, "this text has too many placeholders", "write it more simply")


def _refusal(node: nodes.Node, extra: tuple[str, ...]) -> Refusal | None:
    line = node.lineno or 1  # a few nodes that Jinja makes up have none
    match node:
        case nodes.Name() if node.name not in (*VALUES, *FUNCTIONS, *extra):
            names = (*VALUES, *(f"{name}('…')" for name in FUNCTIONS), *extra)
            return Refusal(line, f"“{node.name}” is not known here", did_you_mean(node.name, names), node.name)
        case nodes.Name() if node.name in FUNCTIONS:
            example = f"{{{{ {node.name}('agreements') }}}}"
            return Refusal(line, f"“{node.name}” asks about something", f"write it as {example}", node.name)
        case nodes.Filter() if node.name not in FILTERS:
            hint = did_you_mean(node.name, FILTERS)
            return Refusal(line, f"the filter “{node.name}” is not used here", hint, node.name)
        case nodes.Call():
            return _call(node)
        case _ if not isinstance(node, _ALLOWED):
            return _not_used(node)
    return None


def _call(node: nodes.Call) -> Refusal | None:
    name = node.node.name if isinstance(node.node, nodes.Name) else ""
    words = all(isinstance(each, nodes.Const) and isinstance(each.value, str) for each in node.args)
    most = 2 if name == "score" else 1
    plain = words and 1 <= len(node.args) <= most and not (node.kwargs or node.dyn_args or node.dyn_kwargs)
    if name in FUNCTIONS and plain:
        return None
    message = "only score('…') and found('…') can be asked, with a name in quotes"
    return Refusal(node.lineno or 1, message, "write it as in {{ score('agreements') }}", name or "{")


_NAMES: Final = {
    "For": ("a loop", "for"),
    "Getattr": ("a dot after a name", "."),
    "Getitem": ("a [ after a name", "["),
    "Assign": ("{% set %}", "set"),
    "AssignBlock": ("{% set %}", "set"),
    "Test": ("a test with “is”", "is"),
    "Include": ("{% include %}", "include"),
    "Import": ("{% import %}", "import"),
    "FromImport": ("{% from %}", "from"),
    "Extends": ("{% extends %}", "extends"),
    "Block": ("{% block %}", "block"),
    "Macro": ("{% macro %}", "macro"),
    "CallBlock": ("{% call %}", "call"),
    "FilterBlock": ("{% filter %}", "filter"),
    "With": ("{% with %}", "with"),
    "ScopedEvalContextModifier": ("{% autoescape %}", "autoescape"),
}


def _not_used(node: nodes.Node) -> Refusal:
    said, word = _NAMES.get(type(node).__name__, ("arithmetic or a list", "{"))
    hint = "use only {{ name }}, {{ score('…') }} and {% if … %} … {% endif %}"
    return Refusal(node.lineno or 1, f"{said} is not used in texts", hint, word)


def asked(parsed: nodes.Template) -> Iterator[Asked]:
    """Yield what a text asks about, once it passed the gate."""
    for call in parsed.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and isinstance(call.args[0], nodes.Const):
            yield Asked(call.node.name, call.args[0].value, call.lineno)
