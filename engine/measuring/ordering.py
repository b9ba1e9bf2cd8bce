"""The order of rounds by what people call them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from decimal import Decimal

_DAY_FIRST = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})")
_NUMBER = re.compile(r"-?[0-9]{1,30}([.,][0-9]{1,30})?")
_PART = re.compile(r"([0-9]{1,100})|([^0-9]+)")


def in_order(labels: Iterable[str]) -> list[str]:
    """Sort the labels of rounds from the oldest to the newest.

    Args:
        labels: where all are dates (2026-05-31, 31.5.2026) they are compared as dates, where all are numbers as
            numbers, otherwise as texts in which “Round 10” comes after “Round 9”. An empty label comes first.
    """
    every = set(labels)
    named, empty = every - {""}, sorted(every & {""})
    for key in (_date, _number):
        keys = {label: key(label) for label in named}
        if None not in keys.values():
            return [*empty, *sorted(named, key=lambda label: (keys[label], label))]
    return [*empty, *sorted(named, key=lambda label: (_natural(label), label))]


def _date(label: str) -> datetime.date | None:
    match = _DAY_FIRST.fullmatch(label)
    try:
        return datetime.date(int(match[3]), int(match[2]), int(match[1])) if match else _iso(label)
    except ValueError:
        return None


def _iso(label: str) -> datetime.date:
    return datetime.date.fromisoformat(label[:10] if label[10:11] in ("T", " ", "") else label)


def _number(label: str) -> Decimal | None:
    return Decimal(label.replace(",", ".")) if _NUMBER.fullmatch(label) else None


def _natural(label: str) -> list[tuple[int, int, str]]:
    parts = _PART.findall(label.casefold())
    return [(0, int(digits), "") if digits else (1, 0, words) for digits, words in parts]
