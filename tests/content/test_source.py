"""The YAML door: YAML 1.2 scalars, limits, and nothing but data or problems whatever comes in."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from engine.content.source import MAX_BYTES, MAX_NODES, Mapping, Node, Sequence, Text, decode, parse_yaml, read_bytes
from engine.errors import Problem

YAML_PIECES = st.lists(
    st.sampled_from(
        [
            "a",
            "b: ",
            ": ",
            "- ",
            "\n",
            "  ",
            "\t",
            "[",
            "]",
            "{",
            "}",
            ",",
            "'",
            '"',
            "|",
            ">",
            "#",
            "&x ",
            "*x",
            "!t ",
            "---\n",
            "...\n",
            "%YAML 1.1\n",
            "? ",
            "<<: ",
            "~",
            "1.5",
            "010",
            "on",
            "\\",
            "{{ x }}",
            "{% if %}",
            "\u00e4",
            "\r\n",
            "\x85",
            "\u2028",
            "\ufeff",
            "\x00",
        ]
    ),
    max_size=40,
).map("".join)


def parsed(text: str) -> Node:
    """Read a document that must be in order."""
    node, problems = parse_yaml(text, "x.yaml")
    assert not problems
    return node


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("on", "on"),
        ("off", "off"),
        ("yes", "yes"),
        ("no", "no"),
        ("y", "y"),
        ("n", "n"),
        ("NO", "NO"),
        ("true", True),
        ("True", True),
        ("TRUE", True),
        ("false", False),
        ("tRue", "tRue"),
        ("~", None),
        ("null", None),
        ("Null", None),
        ("", None),
        ("nUll", "nUll"),
        ("none", "none"),
        ("010", 10),
        ("-7", -7),
        ("+7", 7),
        ("0", 0),
        ("0x1F", "0x1F"),
        ("0o17", "0o17"),
        ("1_000", "1_000"),
        ("12:30:45", "12:30:45"),
        ("2001-01-01", "2001-01-01"),
        ("190:20", "190:20"),
        ("1e3", Decimal(1000)),
        ("1.5", Decimal("1.5")),
        (".5", Decimal("0.5")),
        ("5.", Decimal(5)),
        ("1.50", Decimal("1.5")),
        ("-1.5e-2", Decimal("-0.015")),
        (".inf", ".inf"),
        (".nan", ".nan"),
        ("1,5", "1,5"),
        ("=", "="),
        ("9" * 50, "9" * 50),
        ('"7"', "7"),
        ("'true'", "true"),
        ('"~"', "~"),
        ("'010'", "010"),
    ],
)
def test_scalars_are_those_of_yaml_1_2(written: str, meant: object) -> None:
    """A scalar means what YAML 1.2 says, so that Finnish “on” and English “no” are texts."""
    node = parsed(f"key: {written}\n")
    assert isinstance(node, Mapping)
    assert node[Text("key")] == meant
    assert isinstance(node[Text("key")], type(meant))


def test_keys_are_texts() -> None:
    """Keys are texts whatever they look like, so that “no:” and “1:” are keys like any other."""
    assert parsed("{no: 1, on: 2, 1: 3, true: 4, ~: 5}\n") == {"no": 1, "on": 2, "1": 3, "true": 4, "null": 5}


def test_everything_knows_its_place() -> None:
    """Texts, keys, values and items know the line and column they were written in."""
    node = parsed("# first\na:\n  - {b: 1}\n  - text\n")
    assert isinstance(node, Mapping)
    items = node[Text("a")]
    assert isinstance(items, Sequence)
    assert (node.places["a"].line, node.places["a"].column) == (3, 3)
    assert [(place.line, place.column) for place in items.places] == [(3, 5), (4, 5)]
    assert (items[1].place.line, items[1].place.column) == (4, 5)  # type: ignore[union-attr]  # it is a Text


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_line_endings_and_marks_make_no_difference(ending: str, mark: bytes) -> None:
    """A file means the same with the line endings of any system, and with or without a byte order mark."""
    text, problems = decode(mark + ending.join(["a: 1", "b: [x]", ""]).encode(), "x.yaml")
    assert not problems
    assert parsed(text) == {"a": 1, "b": ["x"]}


def test_wrong_bytes_are_pointed_at() -> None:
    """The place of a byte that is not UTF-8 counts characters, not bytes, and lines of any ending."""
    [problem] = decode("ää\r\nää".encode() + b"\xe4", "x.yaml")[1]
    assert (problem.line, problem.column) == (2, 3)


def test_files_are_bounded(tmp_path: Path) -> None:
    """A file that is too large is not read at all, and one that is missing is a problem, not a crash."""
    (tmp_path / "large.yaml").write_bytes(b"#" * (MAX_BYTES + 1))
    for name in ("large.yaml", "missing.yaml", "."):
        data, [problem] = read_bytes(tmp_path / name, name)
        assert not data
        assert problem.hint


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[" * 100_000, "too-deep"),
        ("{a: " * 100_000, "too-deep"),
        ("- " * 100_000, "too-deep"),
        ("? " * 100_000, "bad-key"),
        ("[" + "1," * MAX_NODES, "too-large"),
        ("a: " + "'" * 99_999, "syntax"),
        ("&a " * 50_000, "no-anchors"),
        ("a: !\n", "no-tags"),
    ],
)
def test_hostile_documents_are_refused_at_once(text: str, code: str) -> None:
    """Depth and size are bounded before they cost anything."""
    node, problems = parse_yaml(text, "x.yaml")
    assert node is None
    assert [problem.code for problem in problems] == [code]


def lies_inside(problem: Problem, text: str) -> bool:
    """Tell whether a problem points into a text, or right behind one of its lines."""
    lines = text.split("\n")
    return 1 <= problem.line <= len(lines) and 1 <= problem.column <= len(lines[problem.line - 1]) + 1


def only_plain(node: Any) -> bool:
    """Tell whether data is what the door promises, all the way down."""
    if isinstance(node, Mapping):
        return all(only_plain(key) and only_plain(value) for key, value in node.items())
    if isinstance(node, Sequence):
        return all(only_plain(value) for value in node)
    return node is None or isinstance(node, Text | int | Decimal | bool)


@given(st.one_of(st.text(), YAML_PIECES))
@example("? [a]\n: b\n")
@example("a: b\n\ta: c\n")
@example("\ud800")
def test_any_text_gives_data_or_problems(text: str) -> None:
    """Whatever text comes in, out come plain data or problems with places inside the text."""
    node, problems = parse_yaml(text, "x.yaml")
    assert only_plain(node)
    assert all(lies_inside(problem, text) and problem.hint for problem in problems)


@given(st.one_of(st.binary(), YAML_PIECES.map(lambda text: text.encode("utf-16")), st.text().map(str.encode)))
def test_any_bytes_give_text_or_a_problem(data: bytes) -> None:
    """Whatever bytes come in, out comes a text, or one problem with a place."""
    text, problems = decode(data, "x.yaml")
    assert "\r" not in text
    assert len(problems) <= 1
    assert all(problem.line >= 1 and problem.column >= 1 for problem in problems)
