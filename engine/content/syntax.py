"""Says in a coach's words what libyaml says in its own, and points at where the mistake began."""

from __future__ import annotations

import re
from typing import Any, Final, NamedTuple, TypeAlias

import yaml

from engine.errors import Problem

Said: TypeAlias = tuple[Any, str, str]
"""A mark, a message and a hint."""

_INVISIBLE: Final = re.compile(
    "[^\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
"""What YAML 1.2 does not print, and the three line breaks of YAML 1.1 that no editor counts as lines."""


def invisible_character(text: str, shown: str) -> list[Problem]:
    """Report the first character that cannot stand in a content file."""
    found = _INVISIBLE.search(text)
    if not found:
        return []
    line = text.count("\n", 0, found.start()) + 1
    column = found.start() - text.rfind("\n", 0, found.start())
    message = f"the invisible character U+{ord(found.group()):04X} stands here"
    return [Problem(shown, line, column, "bad-character", message, "delete it")]


def syntax_problem(error: yaml.MarkedYAMLError, text: str, shown: str) -> Problem:
    """Give the problem that a syntax error stands for.

    Args:
        error: what libyaml said.
        text: the document.
        shown: the file's name.
    """
    lines = text.split("\n")
    mark, message, hint = _said(error, lines)
    line = min(mark.line, len(lines) - 1) if mark else 0  # libyaml may point at the line after the last
    column = min(mark.column, len(lines[line])) if mark and mark.line == line else len(lines[line])
    return Problem(shown, line + 1, column + 1, "syntax", message, hint)


def _said(error: yaml.MarkedYAMLError, lines: list[str]) -> Said:
    said, context, mark = error.problem or "", error.context or "", error.problem_mark or error.context_mark
    line = lines[mark.line] if mark and mark.line < len(lines) else ""
    before, here = (line[: mark.column], line[mark.column : mark.column + 1]) if mark else ("", "")
    if "tab" in said or here == "\t":
        return mark, "a tab stands where the line is indented", "indent with spaces"
    if "quoted" in context:
        return _quoted(error, line)
    if "flow" in context and ("expected ','" in said or not line):
        return _unclosed(error)
    if "cannot start any token" in said:
        if before.endswith("{"):
            return mark, "a text that starts with {% is not in quotes", "put the whole text in quotes"
        return mark, f"a text cannot start with {here} unless it is in quotes", "put it in quotes"
    if "mapping values" in said or "expected ':'" in said:
        return _colon(mark, before) if "mapping values" in said else _no_colon(error.context_mark or mark, lines)
    if "expected key" in said:
        return _no_key(mark, before, here)
    if "directive" in context:
        return mark, "a line cannot start with %", "put the text in quotes, or remove the line"
    return mark, *_OTHERS.get(said, (f"this is not YAML: {said}", "compare it with the lines above"))


_OTHERS: Final = {
    "did not find expected '-' indicator": (
        "this line does not line up with the item above it", "put its keys under each other, or start it with “- ”"),
    "did not find expected <document start>": (
        "this line does not belong to what stands above it", "start every top key at the very left"),
    "did not find expected node content": ("a value is missing here", "write it, or take the comma away"),
    "found incompatible YAML document": ("this version of YAML is not known", "remove the line that starts with %"),
    "did not find expected comment or line break": (
        "a text after | or > starts on the next line", "move it there, or put it in quotes"),
}  # fmt: skip


def _quoted(error: yaml.MarkedYAMLError, line: str) -> Said:
    if "escape" in (error.problem or ""):
        column = error.problem_mark.column if error.problem_mark else 0
        message = f"“{line[column : column + 2]}” means nothing in a text with double quotes"
        return error.problem_mark, message, "write \\\\ for a backslash, or use single quotes"
    return error.context_mark, "the quote that opens here is never closed", "close it at the end of the text"


def _unclosed(error: yaml.MarkedYAMLError) -> Said:
    if "expected ','" not in (error.problem or ""):
        return error.problem_mark, "the file ends before a bracket is closed", "close it with ] or }"
    what, end = ("list", "]") if "sequence" in (error.context or "") else ("pair of braces", "}")
    line = error.problem_mark.line + 1 if error.problem_mark else 0
    message = f"the {what} that opens here is not closed; line {line} has neither a comma nor {end} where one is needed"
    return error.context_mark, message, f"close it with {end}"


class _Start(NamedTuple):
    """Where a line begins, as libyaml's marks count."""

    line: int
    column: int


def _colon(mark: Any, before: str) -> Said:
    if ": " in before:
        return mark, "a text with a colon in it is not in quotes", "put the whole text in quotes"
    hint = "look at the line above: is its colon missing, or is it indented differently?"
    return _Start(mark.line, len(before) - len(before.lstrip())), "a key cannot stand here", hint


def _no_colon(mark: Any, lines: list[str]) -> Said:
    line = lines[mark.line].strip()
    if re.match(r"[\w-]+:\S", line):
        return mark, "no space stands after the colon", "write “key: value”"
    return mark, "this line has no key", "write “key: value”, or indent it if it goes on with the text above"


def _no_key(mark: Any, before: str, here: str) -> Said:
    last = before.rstrip()[-1:]
    if here in ("]", "}"):
        return mark, f"this {here} closes nothing", "take it away, or open it first"
    if last in ("]", "}"):
        start = "[" if last == "]" else "{"
        return mark, f"a text that starts with {start} is not in quotes", "put the whole text in quotes"
    quotes = [quote for quote in ("'", '"') if quote in before]
    if quotes:
        inside = "''" if quotes[0] == "'" else '\\"'
        message = "the text goes on after its closing quote"
        return mark, message, f"put the whole text in quotes and write {inside} for a quote inside it"
    message = "this line does not line up with the lines above it"
    return mark, message, "put the keys that belong together under each other"
