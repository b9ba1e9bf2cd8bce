"""Keeps loaded libraries between runs, each under a digest of the very files it was loaded from.

What is kept is Python's own pickle, made and read by this engine alone. Reading a pickle can run code, so a file is
read only where nobody else could have written it; anything odd about it means that the content is loaded anew.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import stat
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Final

from engine.content.files import shown
from engine.content.library import Library, load
from engine.content.source import MAX_BYTES

KEPT: Final = 8
"""At most so many libraries are kept, those used last."""
SUFFIXES: Final = (".yaml", ".md")


def load_cached(folder: Path, extra: Iterable[Path] = (), *, thorough: bool, store: Path | None) -> Library:
    """Load a folder of content, or take it from the store where the same files were loaded before.

    Args:
        folder, extra, thorough: as ``load`` has them.
        store: the folder of what is kept; None keeps nothing.

    Raises:
        ProblemsFound, PelikirjaError: as ``load`` does; content with errors is never kept.
    """
    extra = tuple(extra)
    if store is None:
        return load(folder, extra, thorough=thorough)
    kept = store / f"{_key(folder, extra, thorough)}.pickle"
    library = _read(kept)
    if library is None:
        library = load(folder, extra, thorough=thorough)
        _write(kept, library)
    return library


def usual_store() -> Path | None:
    """Give where libraries are kept: ``PELIKIRJA_CACHE``, else the person's cache folder; None for “off”."""
    named = os.environ.get("PELIKIRJA_CACHE", "")
    if named:
        return None if named == "off" else Path(named)
    try:
        caches = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    except RuntimeError:  # there is no home
        return None
    return Path(caches) / "pelikirja"


def _key(folder: Path, extra: Iterable[Path], thorough: bool) -> str:
    """Give a digest over every byte that the library is made from, and over what makes it."""
    digest = hashlib.sha256(repr((sys.version, _engine(), thorough, shown(folder))).encode())
    for path in (*_entries(folder), *extra):
        data = _bytes(path) if path.suffix in SUFFIXES else b""
        digest.update(repr((shown(path), len(data))).encode())
        digest.update(data)
    return digest.hexdigest()


def _entries(folder: Path) -> Iterator[Path]:
    """Yield everything that the loader may look at; of folders and other files only the names count."""
    for part in ("rules", "playbooks"):
        for parent, folders, files in os.walk(folder / part):
            folders.sort()
            yield from (Path(parent, name) for name in (*folders, *sorted(files)))


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError:  # the loader tells about it
        return b""


@cache
def _engine() -> tuple[tuple[str, int, int], ...]:
    """Give what tells one state of the content package from another: a changed module makes other objects."""
    states = ((path.name, path.stat()) for path in sorted(Path(__file__).parent.rglob("*.py")))
    return tuple((name, state.st_size, state.st_mtime_ns) for name, state in states)


def _read(kept: Path) -> Library | None:
    try:
        if not _ours(kept.parent) or not _ours(kept):
            return None
        library = pickle.loads(kept.read_bytes())  # noqa: S301  # only the person who runs this could have written it
    except Exception:  # whatever is wrong with what was kept, the content itself is still there
        return None
    kept.touch()
    return library if isinstance(library, Library) else None


def _ours(path: Path) -> bool:
    """Tell whether only the person who runs this can have written it."""
    state = path.lstat()
    others = stat.S_IWGRP | stat.S_IWOTH
    return state.st_uid == os.geteuid() and not stat.S_ISLNK(state.st_mode) and not state.st_mode & others


def _write(kept: Path, library: Library) -> None:
    """Keep a library, whole or not at all; a store that cannot be written to is done without."""
    draft = kept.with_name(f".{kept.name}.{os.getpid()}")
    try:
        data = pickle.dumps(library, protocol=pickle.HIGHEST_PROTOCOL)
        kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _ours(kept.parent):
            return
        draft.write_bytes(data)
        draft.chmod(0o600)
        os.replace(draft, kept)
        _prune(kept.parent)
    except (OSError, RecursionError):
        with suppress(OSError):
            draft.unlink(missing_ok=True)


def _prune(store: Path) -> None:
    kept = sorted(store.glob("*.pickle"), key=lambda path: -path.stat().st_mtime_ns)
    for path in kept[KEPT:]:
        path.unlink(missing_ok=True)
