"""Keeps what coaches' pages make from the content, once per process and anew when other content is used."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import Final, Protocol, TypeVar

from flask import current_app

from engine.content.library import Library
from web.content import library

_KEY: Final = "pelikirja-coaches"
_LOCK: Final = Lock()


class MadeOfContent(Protocol):
    """Anything that knows from which content it was made."""

    library: Library


Made = TypeVar("Made", bound=MadeOfContent)


def kept(make: Callable[[Library], Made]) -> Made:
    """Give what is made from the content of this process, made when it is first asked for.

    Args:
        make: makes it, quickly; what takes long is done in it when it is needed.
    """
    present = library()
    store = current_app.extensions.setdefault(_KEY, {})
    with _LOCK:
        found: Made | None = store.get(make)
        if found is None or found.library is not present:
            found = store[make] = make(present)
    return found
