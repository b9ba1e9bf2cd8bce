"""Every text that a reader sees is in both languages, and nothing is translated that nobody says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po

WEB: Final = Path(__file__).parents[2] / "web"
CATALOGUES: Final = sorted(WEB.rglob("fi.po"))
TEMPLATES: Final = sorted(WEB.rglob("templates/**/*.html"))
KEYWORDS: Final = {"_": None, "lazy": None, "gettext": None, "ngettext": (1, 2)}
NAMES: Final = {"Pelikirja", "JSON", "QR"}
"""Words that are the same in both languages."""

PLACEHOLDER: Final = re.compile(r"%\((\w+)\)[sd]|%[sd]|\{(\w*)\}")
JINJA: Final = re.compile(r"{#.*?#}|{%.*?%}|{{.*?}}", re.DOTALL)
SPOKEN: Final = re.compile(r'\b(?:aria-label|aria-description|alt|title|placeholder|content)="([^"]*)"')
BARE_IN_PYTHON: Final = re.compile(r'(?:flash|Field|SelectChoice|ValidationError)\(\s*f?"[^"]*[A-ZÅÄÖ][^"]*"')


class Said(NamedTuple):
    """A text as the code says it: where, and its forms."""

    where: str
    forms: tuple[str, ...]


def placeholders(text: str) -> set[str]:
    """Give the placeholders of a text."""
    return {each[0] for each in PLACEHOLDER.finditer(text)}


@cache
def said() -> tuple[Said, ...]:
    """Give every text that templates and Python files say."""
    return tuple(_said())


def _said() -> Iterator[Said]:
    methods = {"python": sorted(WEB.rglob("*.py")), "jinja2": TEMPLATES}
    for method, paths in methods.items():
        for path in paths:
            options = {"newstyle_gettext": "true", "trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}
            given = options if method == "jinja2" else {"encoding": "utf-8"}
            for line, message, *_ in extract_from_file(method, path, KEYWORDS, options=given):
                yield Said(f"{path.relative_to(WEB)}:{line}", message if isinstance(message, tuple) else (message,))


@cache
def catalogue(path: Path) -> Catalog:
    """Read a catalogue, strictly."""
    with path.open("rb") as file:
        return read_po(file, locale="fi", abort_invalid=True)


def forms(given: object) -> tuple[str, ...]:
    """Give the forms of a message's id or translation."""
    return (given,) if isinstance(given, str) else tuple(map(str, given or ()))  # type: ignore[call-overload]


def translated() -> dict[tuple[str, ...], list[tuple[Path, tuple[str, ...]]]]:
    """Give every translation by what it translates, with the catalogues that have it."""
    found: dict[tuple[str, ...], list[tuple[Path, tuple[str, ...]]]] = {}
    for path in CATALOGUES:
        for message in catalogue(path):
            if message.id:
                found.setdefault(forms(message.id), []).append((path, forms(message.string)))
    return found


def test_there_is_something_to_test() -> None:
    """Texts, templates and catalogues are found at all."""
    assert len(said()) > 50
    assert len(CATALOGUES) > 2
    assert len(TEMPLATES) > 10


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda each: str(each.relative_to(WEB)))
def test_a_catalogue_is_well_formed(path: Path) -> None:
    """It parses, says its plural forms, leaves nothing empty or doubtful, and says nothing twice."""
    read = catalogue(path)
    text = path.read_text(encoding="utf-8")
    assert "nplurals=2; plural=(n != 1);" in text
    assert "charset=UTF-8" in text
    assert not [each.id for each in read if each.id and (each.fuzzy or not all(forms(each.string)))]
    written = re.findall(r"^msgid ", text, re.MULTILINE)
    assert len(written) == len(read) + 1, "a text is there twice"
    assert not read.obsolete


def test_every_text_has_its_finnish() -> None:
    """What the code says has a Finnish text in some catalogue."""
    known = translated()
    assert not [each for each in said() if each.forms not in known]


def test_no_translation_is_left_over() -> None:
    """What a catalogue translates is said somewhere."""
    spoken = {each.forms for each in said()}
    assert not [(id_, where[0][0].relative_to(WEB)) for id_, where in translated().items() if id_ not in spoken]


def test_placeholders_are_the_same() -> None:
    """Each Finnish form has the placeholders of the English one; only a number may be left out of “one”."""
    wrong = []
    for id_, where in translated().items():
        for _, strings in where:
            for english, finnish in zip(id_, strings, strict=True):
                differs = placeholders(english) ^ placeholders(finnish)
                if differs and not (len(id_) > 1 and finnish is strings[0] and differs <= placeholders(id_[-1])):
                    wrong.append((english, finnish))
    assert not wrong


def test_one_text_has_one_translation() -> None:
    """All catalogues are one for the reader, so a text that two of them translate is the same in both."""
    assert not [where for where in translated().values() if len({strings for _, strings in where}) > 1]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda each: str(each.relative_to(WEB)))
def test_a_template_says_nothing_untranslated(path: Path) -> None:
    """Outside of placeholders a template has no words, neither as text nor in attributes that are read aloud."""
    html = JINJA.sub("", path.read_text(encoding="utf-8"))
    html = re.sub(r"<!--.*?-->|<meta [^>]*>|<input type=\"hidden\"[^>]*>", "", html, flags=re.DOTALL)
    read = [*SPOKEN.findall(html), *re.sub(r"<[^>]*>|&\w+;", "\n", html).splitlines()]
    bare = [each.strip(" ·…:,.?!()–") for each in read]
    assert not [each for each in bare if re.search(r"[^\W\d_]{2}", each) and each not in NAMES]


@pytest.mark.parametrize("path", sorted(WEB.rglob("*.py")), ids=lambda each: str(each.relative_to(WEB)))
def test_python_says_nothing_untranslated(path: Path) -> None:
    """Labels of fields, messages of forms and notices are never plain strings."""
    assert not BARE_IN_PYTHON.findall(path.read_text(encoding="utf-8"))
