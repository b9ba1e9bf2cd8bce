"""Texts with placeholders: what may be said is said, and nothing else is ever run."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.content.conditions import Place
from engine.content.templating import MAX_OUTPUT, Placeholders, TooMuchText, compile_text, plain_context

TOP = Place(1, 1)
FUNCTIONS = {"score": lambda *_: "2.4", "found": lambda *_: False}
CONTEXT = plain_context("Nokka", {"size": 7}, FUNCTIONS)

HOSTILE = [
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ team.__init__.__globals__ }}",
    "{{ team|attr('__class__') }}",
    "{{ team['__class__'] }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ self }}",
    "{{ config }}",
    "{{ self._TemplateReference__context }}",
    "{{ lipsum(9999) }}",
    "{{ range(10**9) }}",
    "{{ namespace() }}",
    "{{ dict() }}",
    "{{ score.__globals__ }}",
    "{{ score('a').__class__ }}",
    "{{ score(team) }}",
    "{{ score(*team) }}",
    "{{ score(a='b') }}",
    "{{ score(**team) }}",
    "{{ score() }}",
    "{{ score('a', 'b', 'c') }}",
    "{{ found('a', 'b') }}",
    "{{ found(found('a')) }}",
    "{% for a in 'ab' %}{% endfor %}",
    "{% set team = 3 %}",
    "{% macro m() %}{% endmacro %}",
    "{% include 'x' %}",
    "{% import 'x' as y %}",
    "{% from 'x' import y %}",
    "{% extends 'x' %}",
    "{% block b %}{% endblock %}",
    "{% call score('a') %}{% endcall %}",
    "{% filter upper %}x{% endfilter %}",
    "{% with a = 1 %}{% endwith %}",
    "{% autoescape true %}{% endautoescape %}",
    "{% do score('a') %}",
    "{% trans %}{% endtrans %}",
    "{% debug %}",
    "{{ 2 ** 9999999 }}",
    "{{ 'a' * 999999999 }}",
    "{{ 1 + 1 }}",
    "{{ 1 / 0 }}",
    "{{ 1 % 0 }}",
    "{{ 7 // 2 }}",
    "{{ 3 - 1 }}",
    "{{ [1, 2] }}",
    "{{ (1, 2) }}",
    "{{ {'a': 1} }}",
    "{{ team[0:5] }}",
    "{{ team is string }}",
    "{{ team|join }}",
    "{{ team|safe }}",
    "{{ team|format }}",
    "{{ team|center(99999999) }}",
    "{{ team|replace('a', 'b') }}",
    "{{ team|indent(99999999) }}",
    "{{ team|map('upper') }}",
    "{{ team|pprint }}",
    "{{ team|e }}",
    "{{ team|default(lipsum) }}",
    "{{ '%s' % team }}",
    "{{ 'a'.format() }}",
    "{{ team.format }}",
    "{{ loop }}",
    "{{ caller() }}",
    "{{ super() }}",
    "{{ varargs }}",
    "{{ kwargs }}",
    "{{ __name__ }}",
    "{{ _ }}",
    "{{ " + "(" * 2000 + "team" + ")" * 2000 + " }}",
    "{{ " + "not " * 500 + "team }}",
    "{{ " + "-" * 500 + "size }}",
    "{{ " + "9" * 6000 + " }}",
    "{% if size %}" * 200,
    "{% if size %}" * 40 + "{% endif %}" * 40,
    "{{ team }}" * 2000,
    "{{ " + "team ~ " * 2000 + "team }}",
    "{{ team" + "|upper" * 300 + " }}",
    "{% if size %}" + "{% elif size %}" * 1000 + "{% endif %}",
    "{{ '\\N{x' }}",
    "{{ " + "size and " * 300 + "size }}",
    "{{ " + "1 if size else " * 200 + "2 }}",
    "{# x",
    "{{",
    "{%",
    "{{ '",
]

FINE = {
    "Hello, {{ team }}!": "Hello, Nokka!",
    "{% if size and size < 9 %}few{% else %}many{% endif %}": "few",
    "{% if size > 9 %}many{% elif size == 7 %}seven{% endif %}": "seven",
    "{{ score('agreements') }}/{{ score('customer-focus', 'customers') }}": "2.4/2.4",
    "{{ 'on' if work_mode == 'remote' else 'off' }}": "off",
    "{{ team|upper|lower|capitalize|trim }}": "Nokka",
    "{{ work_mode|default('anywhere', true) }}": "anywhere",
    "{{ team ~ '!' }}": "Nokka!",
    "no { braces } at all, 100 %": "no { braces } at all, 100 %",
    "{# a comment #}shown": "shown",
    "{% raw %}{{ as it is }}{% endraw %}": "{{ as it is }}",
}


def compiled(source: str) -> Placeholders:
    """Take in a text that must be safe."""
    text, problems = compile_text(source, "en.md", TOP)
    assert text, problems
    return text


@pytest.mark.parametrize("source", HOSTILE)
def test_hostile_texts_are_refused_at_once(source: str) -> None:
    """What is not meant for texts is refused when they are read, before anything of it runs, in no time."""
    began = time.perf_counter()
    text, problems = compile_text(source, "en.md", TOP)
    assert text is None
    assert problems
    assert all(problem.code == "bad-placeholder" and problem.hint for problem in problems)
    assert time.perf_counter() - began < 2


@pytest.mark.parametrize("source", FINE)
def test_what_is_meant_is_shown(source: str) -> None:
    """Names, questions, comparisons, conditions and the few filters work."""
    assert compiled(source).render(CONTEXT) == FINE[source]


def test_names_and_questions_without_answer_are_none() -> None:
    """What is not known of a team is none, so that a condition can leave it out."""
    assert compiled("{% if work_mode %}{{ work_mode }}{% else %}anywhere{% endif %}").render(CONTEXT) == "anywhere"


def test_references_know_where_they_stand() -> None:
    """What a text asks about is found with the line and column in which it is written."""
    text = compiled("One.\n{% if found('low-roles') %}\n  {{ score('roles', 'customers') }}{% endif %}")
    assert [(each.function, each.name, each.place) for each in text.references] == [
        ("found", "low-roles", Place(2, 14)),
        ("score", "roles", Place(3, 13)),
    ]


def test_output_is_capped() -> None:
    """A text that grows beyond the cap is stopped, whatever it is given."""
    with pytest.raises(TooMuchText):
        compiled("{{ team }}{{ team }}").render({**CONTEXT, "team": "x" * (MAX_OUTPUT - 1)})


def test_long_texts_are_refused() -> None:
    """A text with placeholders that is longer than a play can be is refused unread."""
    _, [problem] = compile_text("{{ team }}" + "x" * 60_000, "en.md", TOP)
    assert problem.code == "too-long"


@given(
    st.lists(
        st.sampled_from(
            [
                "{{ ",
                " }}",
                "{% if ",
                " %}",
                "{% endif %}",
                "{% else %}",
                "team",
                "size",
                "score('a')",
                "found(",
                "'",
                ")",
                "(",
                " and ",
                " not ",
                "|upper",
                "|default('x')",
                " == ",
                " < ",
                "1",
                " ~ ",
                "-",
                "\n",
                "x",
                "{#",
                "#}",
                "{% elif ",
                ".",
                "[",
                "]",
                " if ",
                " else ",
                " in ",
                ",",
                "%}",
                "{%- ",
                " -}}",
            ]
        ),
        max_size=25,
    ).map("".join)
)
def test_what_passes_the_gate_can_be_shown(source: str) -> None:
    """A text is refused with a place inside it, or it compiles and renders to something bounded."""
    text, problems = compile_text(source, "en.md", TOP)
    assert (text is None) == bool(problems)
    for problem in problems:
        assert 1 <= problem.line <= source.count("\n") + 1
    if text:
        try:
            shown = text.render(CONTEXT)
        except TypeError:
            return  # such as none < 1, which the advice reports; nothing hostile
        assert len(shown) <= MAX_OUTPUT
