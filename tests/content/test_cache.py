"""Loaded content that is kept: always what loading anew would give, and never read from where others can write."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.content import cache
from engine.content.cache import KEPT, load_cached, usual_store
from engine.content.library import Library, load
from engine.errors import ProblemsFound
from tests.cli.running import NOKKA, NOKKA_FACTS, ROOT, process
from tests.small import finding, write


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a small folder of content."""
    return write(tmp_path / "content", [finding("low-roles", "{score: roles, below: 3.0}", kind="data")], {})


@pytest.fixture
def loads(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Give a list that grows whenever content is really loaded."""
    counted: list[Path] = []

    def counting(folder: Path, extra: tuple[Path, ...] = (), *, thorough: bool = True) -> Library:
        counted.append(folder)
        return load(folder, extra, thorough=thorough)

    monkeypatch.setattr(cache, "load", counting)
    return counted


def get(folder: Path, store: Path, thorough: bool = True) -> Library:
    """Load through a store."""
    return load_cached(folder, thorough=thorough, store=store)


def test_the_second_time_nothing_is_loaded(folder: Path, tmp_path: Path, loads: list[Path]) -> None:
    """What was kept is equal to what loading anew gives, to the digest, the rules and the warnings."""
    first, second = get(folder, tmp_path / "store"), get(folder, tmp_path / "store")
    assert len(loads) == 1
    assert second is not first
    assert (second.digest, second.rules, second.warnings) == (first.digest, first.rules, first.warnings)


def test_kept_content_gives_the_same_advice(tmp_path: Path) -> None:
    """The command line prints the same to the byte, with kept content and without."""
    arguments = ("advise", NOKKA, "--facts", NOKKA_FACTS, "--format", "json")
    keeping = {"PELIKIRJA_CACHE": str(tmp_path)}
    anew, first, second = (process(*arguments, environment=each) for each in ({}, keeping, keeping))
    assert list(tmp_path.iterdir())
    assert anew.stdout
    assert anew.stdout == first.stdout == second.stdout


def change_rule(folder: Path) -> None:
    """Change a threshold."""
    path = folder / "rules" / "all.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("3.0", "3.1"), encoding="utf-8")


def add_file(folder: Path) -> None:
    """Add a file of rules."""
    text = "rules:\n" + finding("more", "{score: roles, below: 2.0}", kind="data")
    (folder / "rules" / "more.yaml").write_text(text, encoding="utf-8")


@pytest.mark.parametrize("change", [change_rule, add_file])
def test_a_change_of_content_is_seen(
    change: Callable[[Path], None], folder: Path, tmp_path: Path, loads: list[Path]
) -> None:
    """After any change of a file the content is loaded anew."""
    first = get(folder, tmp_path / "store")
    change(folder)
    assert get(folder, tmp_path / "store").digest != first.digest
    assert len(loads) == 2


def test_another_engine_loads_anew(
    folder: Path, tmp_path: Path, loads: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What another state of the engine kept is not used."""
    get(folder, tmp_path / "store")
    monkeypatch.setattr(cache, "_engine", lambda: (("library.py", 1, 1),))
    get(folder, tmp_path / "store")
    assert len(loads) == 2


class Harmful:
    """Leaves a mark when it is unpickled."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[object, ...]:
        return os.mkdir, (str(self.mark),)


@pytest.mark.parametrize("where", ["file", "store"])
def test_nothing_is_read_that_others_can_write(where: str, folder: Path, tmp_path: Path, loads: list[Path]) -> None:
    """A kept file, or a store, that others may write to is left alone: nothing of it is run."""
    store, mark = tmp_path / "store", tmp_path / "mark"
    get(folder, store)
    [kept] = store.glob("*.pickle")
    kept.write_bytes(pickle.dumps(Harmful(mark)))
    (kept if where == "file" else store).chmod(0o777)
    assert get(folder, store).rules
    assert len(loads) == 2
    assert not mark.exists()


@pytest.mark.parametrize("data", [b"", b"nonsense", pickle.dumps({"not": "a library"})])
def test_what_is_broken_is_loaded_anew_and_mended(data: bytes, folder: Path, tmp_path: Path, loads: list[Path]) -> None:
    """A kept file that cannot be read, or holds something else, is replaced."""
    store = tmp_path / "store"
    get(folder, store)
    [kept] = store.glob("*.pickle")
    kept.write_bytes(data)
    assert get(folder, store).rules
    assert get(folder, store).rules
    assert len(loads) == 2


def test_errors_are_told_every_time(folder: Path, tmp_path: Path) -> None:
    """Content with an error is never kept."""
    (folder / "rules" / "bad.yaml").write_text("rules: [", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(ProblemsFound):
            get(folder, tmp_path / "store")
    assert not (tmp_path / "store").exists()


def test_a_store_that_cannot_be_written_is_done_without(folder: Path, tmp_path: Path) -> None:
    """Where nothing can be kept the content is still loaded."""
    (tmp_path / "store").write_text("a file, not a folder", encoding="utf-8")
    assert get(folder, tmp_path / "store").rules


def test_few_are_kept(folder: Path, tmp_path: Path) -> None:
    """The store does not grow without end."""
    for number in range(KEPT + 3):
        (folder / "rules" / "more.yaml").write_text(
            "rules:\n" + finding(f"more-{number}", "{score: roles, below: 2.0}", kind="data"), encoding="utf-8"
        )
        get(folder, tmp_path / "store")
    assert len(list((tmp_path / "store").iterdir())) == KEPT


def test_where_libraries_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment says where, or that nothing is kept; otherwise it is the person's cache folder."""
    monkeypatch.setenv("PELIKIRJA_CACHE", "off")
    assert usual_store() is None
    monkeypatch.setenv("PELIKIRJA_CACHE", "/somewhere")
    assert usual_store() == Path("/somewhere")
    monkeypatch.delenv("PELIKIRJA_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", "/caches")
    assert usual_store() == Path("/caches/pelikirja")


def test_the_built_in_content_can_be_kept(tmp_path: Path, loads: list[Path]) -> None:
    """The whole shipped library, scenarios and all, comes back as it was."""
    first, second = get(ROOT, tmp_path / "store"), get(ROOT, tmp_path / "store")
    assert len(loads) == 1
    assert second.digest == first.digest
    assert second.scenarios == first.scenarios
    assert second.plays.keys() == first.plays.keys()
