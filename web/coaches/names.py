"""What kinds, severities, grades and groups are called on the pages."""

from __future__ import annotations

from typing import Any, Final

from web.translations import lazy

KINDS: Final[dict[str, Any]] = {
    "weakness": lazy("weak area"),
    "strength": lazy("strength"),
    "split": lazy("split"),
    "blind-spot": lazy("blind spot"),
    "possible-cause": lazy("possible cause"),
    "change": lazy("change"),
    "data": lazy("about the answers"),
    "recommendation": lazy("recommendation"),
}
"""What a rule concludes: the kinds of findings, or a recommendation."""

SEVERITIES: Final[dict[str, Any]] = {
    "critical": lazy("critical"), "high": lazy("serious"), "medium": lazy("moderate"), "low": lazy("mild"),
}  # fmt: skip

EFFECTS: Final[dict[str, Any]] = {
    "large": lazy("large effect expected"),
    "medium": lazy("medium effect expected"),
    "small": lazy("small effect expected"),
}

GROUPS: Final[dict[str, Any]] = {
    "members": lazy("members"), "manager": lazy("the manager"), "customers": lazy("customers"),
}  # fmt: skip
