"""The digest of a library: the same for the same content, however it is spread over files and lines."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from decimal import Decimal

from engine.content.files import Files


def digest_of(files: Files) -> str:
    """Give ``sha256:…`` over everything that can change advice or its words; scenarios cannot."""
    content = {
        "questionnaires": _sorted(read.node for read in files.questionnaires),
        "rules": _sorted(files.written_rules),
        "plays": _sorted(read.node for read in files.plays),
        "texts": _sorted([play, language, text] for (play, language), (_, text) in files.play_texts.items()),
        "templates": _sorted(read.node for read in files.templates),
        "priority": files.priority.node if files.priority else None,
    }
    return "sha256:" + hashlib.sha256(_canonical(content).encode()).hexdigest()


def _sorted(nodes: Iterable[object]) -> list[str]:
    return sorted(_canonical(node) for node in nodes)


def _canonical(node: object) -> str:
    return json.dumps(node, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_number)


def _number(value: object) -> object:
    """Give 3, 3.0 and 3.00 one form."""
    if isinstance(value, Decimal):
        return int(value) if value == int(value) else str(value.normalize())
    raise TypeError(type(value).__name__)
