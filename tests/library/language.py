"""Every text of the shipped content that people read, and the words in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from engine.content.library import Library
from engine.content.model import Model

PLACEHOLDER = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}|`[^`]*`", re.DOTALL)
"""What is in no language: the language of templates, and what is typed on a command line."""
OTHERWISE = re.compile(r"\{% *el(?:se|if .*?) *%\}")
WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*[-–]?")


def texts(library: Library, language: str) -> Iterator[tuple[str, str]]:
    """Yield every text in a language with a name for where it stands; placeholders are left out of it."""
    for where, text in _all(library, language):
        yield where, PLACEHOLDER.sub("", OTHERWISE.sub(" | ", text))


def _all(library: Library, language: str) -> Iterator[tuple[str, str]]:
    for id_, questionnaire in library.questionnaires.items():
        yield from _of(questionnaire, language, id_)
    for id_, finding in library.findings.items():
        yield id_, finding.texts.get(language)
    for id_, play in library.plays.items():
        yield from _of(play.file, language, id_)
        yield f"{id_}/{language}.md", play.texts[language].source
    for id_, template in library.templates.items():
        yield from _of(template.file, language, id_)
    if language == "en":
        yield from ((rule.id, rule.why) for rule in library.rules.values())
        yield from ((read.path, str(read.model.name)) for read in library.scenarios)


def _of(item: object, language: str, where: str) -> Iterator[tuple[str, str]]:
    """Yield the texts of a model and of everything in it."""
    if isinstance(item, tuple):
        for each in item:
            yield from _of(each, language, where)
    elif isinstance(item, Model):
        own = getattr(item, language, None)
        if own is not None:
            yield where, str(own) if not isinstance(own, tuple) else "; ".join(map(str, own))
        for name in type(item).model_fields:
            if name not in ("en", "fi"):
                yield from _of(getattr(item, name), language, where)


def words_of(text: str) -> list[str]:
    """Give the words of a text."""
    return WORD.findall(text)


def allowed(language: str) -> frozenset[str]:
    """Give the words that a spell checker need not know, from the list beside this module."""
    lines = (Path(__file__).parent / f"words.{language}.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line.split("#")[0].strip() for line in lines if line.split("#")[0].strip())


def sentences_of(text: str) -> list[str]:
    """Give the sentences of a text in Markdown, without its marks."""
    plain = re.sub(r"^#+ .*$|\*\*\d+ min\.\*\*|[*_`]|^\s*(?:[-*]|\d+\.)\s+", "", text, flags=re.MULTILINE)
    parts = re.split(r"(?<=[.!?…:;])[”\"]?\s+|\n\n|\n", plain)
    return [part.strip() for part in parts if part.strip()]
