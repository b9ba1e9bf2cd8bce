"""Whatever a person writes into a content file, out comes content, or problems that point into the file."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.content.condition_forms import FORMS
from engine.content.files import KINDS
from engine.content.model import validate
from engine.content.source import parse_yaml
from tests.content.laid import good, laid_over, problems_of

KEYS = sorted(
    {
        *FORMS,
        *(key for form in FORMS.values() for key in form.keys),
        "id",
        "en",
        "fi",
        "rules",
        "finding",
        "recommend",
        "treats",
        "why",
        "when",
        "for-each",
        "scenarios",
        "name",
        "expect",
        "findings",
        "profile",
        "facts",
        "questions",
        "dimensions",
        "scale",
        "title",
        "clauses",
        "choices",
        "people",
        "minutes",
        "evidence",
        "weights",
        "effort",
        "é",
    }
)
SCALARS = st.sampled_from(
    [
        "~",
        "true",
        "0",
        "-1",
        "3.0",
        "1e9",
        "2.00001",
        "roles",
        "members",
        "size",
        "falling",
        "Bad_Id",
        '""',
        '"3"',
        '"{{ team }}"',
        "<dimension>",
        "low-<dimension>",
        "talk",
    ]
)
TREES: st.SearchStrategy[Any] = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(KEYS), inner, max_size=4)),
    max_leaves=12,
)
RULES = st.lists(
    st.fixed_dictionaries(
        {},
        optional={
            "id": SCALARS,
            "finding": TREES,
            "recommend": SCALARS,
            "treats": TREES,
            "when": TREES,
            "why": SCALARS,
            "for-each": st.sampled_from(["dimension", "group"]),
            "replaces": SCALARS,
        },
    ),
    max_size=3,
)


def written(tree: Any) -> str:
    """Write a tree as YAML, each value on a line of its own."""
    if isinstance(tree, dict):
        return "{" + ",\n ".join(f"{key}: {written(value)}" for key, value in tree.items()) + "}"
    return "[" + ",\n ".join(map(written, tree)) + "]" if isinstance(tree, list) else str(tree)


@given(st.sampled_from(sorted(KINDS)), TREES)
def test_any_tree_is_content_or_problems(kind: str, tree: Any) -> None:
    """A file of any shape gives a model, or problems in our words with places inside the file."""
    text = written(tree)
    node, found = parse_yaml(text, "x.yaml")
    model, problems = validate(KINDS[kind], node, "x.yaml")
    assert (model is None) == bool(problems)
    lines = text.split("\n")
    for problem in (*found, *problems):
        assert 1 <= problem.line <= len(lines)
        assert 1 <= problem.column <= len(lines[problem.line - 1]) + 1
        assert problem.message
        assert "Input" not in problem.message


@settings(max_examples=60)
@given(RULES)
def test_any_rules_leave_a_library_or_problems(rules: Any) -> None:
    """A folder with any rules in it loads, or says what is wrong with these rules."""
    text = "rules: " + written(rules)
    with tempfile.TemporaryDirectory() as folder:
        found = problems_of(laid_over(Path(folder), {"rules/any.yaml": text}))
    lines = text.split("\n")
    for problem in found:
        if problem.path == "rules/any.yaml":
            assert 1 <= problem.line <= len(lines)
            assert 1 <= problem.column <= len(lines[problem.line - 1]) + 1


@settings(max_examples=60)
@given(st.sampled_from(["rules/agreements.yaml", "playbooks/agreements/meetings.yaml"]), st.data())
def test_a_slip_of_the_keyboard_never_crashes(name: str, data: st.DataObject) -> None:
    """A good file with some characters lost, doubled or changed loads, or says what is wrong."""
    text = good(name)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start, min(start + 5, len(text))))
    text = text[:start] + data.draw(st.text("ab:- \t\n\"'{}[],&*!#<3", max_size=3)) + text[end:]
    with tempfile.TemporaryDirectory() as folder:
        for problem in problems_of(laid_over(Path(folder), {name: text})):
            if problem.path == name and problem.line:
                assert problem.line <= text.count("\n") + 1
