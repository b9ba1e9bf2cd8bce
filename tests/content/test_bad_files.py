"""Every file in bad/ holds one mistake; its first two lines say where, and what is said about it.

Where the file is laid over good/ follows from the first line. After a change of words, look at every message anew:
`python -m tests.content.test_bad_files` writes the first lines of all files again.
"""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

import pytest

from tests.content.laid import BAD, laid_over, said

FILES = sorted(path.name for path in BAD.iterdir())
PYDANTIC = re.compile(
    r"Input should|valid (integer|string|list|dictionary|boolean)|validation error|permitted|type=|union|literal|None"
)


def expected(name: str) -> tuple[str, str]:
    """Give the place and the words that the first two lines of a bad file ask for."""
    lines = (BAD / name).read_bytes().split(b"\n")[:2]
    place, words = (line.decode().removeprefix("{#").removesuffix("#}").lstrip("#").strip() for line in lines)
    return place, words


def laid(name: str, into: Path) -> Path:
    """Lay a bad file over the good folder."""
    where = re.sub(r"(:\d+:\d+)?$", "", expected(name)[0])
    return laid_over(into, {_own_place(name, where): (BAD / name).read_bytes()})


def _own_place(name: str, where: str) -> str:
    """Give where a file lies, which is where its problem stands but for a few."""
    return {"other-title.questionnaire.yaml": "rules/questionnaires/customers.yaml"}.get(name, where)


def test_there_are_bad_files() -> None:
    """The corpus is found, of every kind, and large enough to mean something."""
    kinds = {name.split(".", 1)[1] for name in FILES}
    assert len(FILES) > 200
    assert kinds == {
        "rules.yaml", "questionnaire.yaml", "play.yaml", "en.md", "template.yaml", "scenarios.yaml", "priority.yaml",
    }  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_one_mistake_gives_one_problem(name: str, tmp_path: Path) -> None:
    """A mistake is reported once, where it stands, in the words that the file asks for, and in no one else's."""
    place, words = expected(name)
    [problem] = said(laid(name, tmp_path))
    assert problem.startswith(f"{place}: error")
    assert words in problem.replace("{#", "").replace("#}", "")
    assert not PYDANTIC.search(problem)


@pytest.mark.parametrize("name", FILES)
def test_every_problem_says_what_to_do(name: str) -> None:
    """A message is followed by a hint, and neither ends in a full stop."""
    words = expected(name)[1]
    assert "; " in words
    assert not words.endswith(".")


def test_all_mistakes_of_a_file_are_reported(tmp_path: Path) -> None:
    """A file with several mistakes gives all of them at once, in the order of its lines."""
    text = (
        "rules:\n"
        "  - id: First\n    recommend: talk\n    treats: [low-roles]\n"
        "  - id: second\n    recommend: tolk\n    treats: [low-rols, low-roles]\n"
        "  - id: third\n    finding: {kind: data, en: Third}\n    when: {score: rols, below: 2.00001}\n"
    )
    found = said(laid_over(tmp_path, {"rules/bad.yaml": text}))
    assert [re.sub(r":\d+: error", "", each).split("]")[0] for each in found] == [
        "rules/bad.yaml:2[bad-id", "rules/bad.yaml:6[unknown-play", "rules/bad.yaml:7[unknown-finding",
        "rules/bad.yaml:8[missing-key", "rules/bad.yaml:9[missing-translation", "rules/bad.yaml:10[bad-threshold",
    ]  # fmt: skip


def write_anew() -> None:
    """Write the first two lines of every bad file from what is said today."""
    for name in FILES:
        path, data = BAD / name, (BAD / name).read_bytes()
        with tempfile.TemporaryDirectory() as folder:
            place, _, words = said(laid(name, Path(folder)))[0].partition(": error")
        begin, end = ("{# ", " #}") if name.endswith(".md") else ("# ", "")
        words = words.replace("{#", "").replace("#}", "") if end else words
        first = f"{begin}{place}{end}\n{begin}{words}{end}\n".encode()
        path.write_bytes(first + data.split(b"\n", 2)[2])


if __name__ == "__main__":
    write_anew()
