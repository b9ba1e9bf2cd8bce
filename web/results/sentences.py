"""Our own sentences about a team, one for each dimension: strong or weak. ``{who}`` is “Your team” or “It”."""

from __future__ import annotations

from typing import Any, Final

from web.translations import lazy

STRONG: Final[dict[str, Any]] = {
    "shared-goals": lazy("{who} knows where it is going."),
    "agreements": lazy("{who} keeps what it has agreed."),
    "ways-of-working": lazy("{who} has found ways of working that help."),
    "key-processes": lazy("{who} makes its main work flow."),
    "roles": lazy("{who} knows who does what."),
    "cooperation": lazy("{who} works well together."),
    "handling-differences": lazy("{who} settles its differences well."),
    "courage-to-challenge": lazy("{who} dares to say what it thinks."),
    "commitment": lazy("{who} does what it decides."),
    "appreciation": lazy("{who} values its people and shows it."),
    "joy-of-work": lazy("{who} enjoys its work."),
    "customer-focus": lazy("{who} keeps its customers in mind."),
    "customer-feedback": lazy("{who} listens to its customers."),
    "kept-agreements": lazy("{who} keeps its working agreements."),
}
"""What a strength in a dimension says of the team."""

WEAK: Final[dict[str, Any]] = {
    "shared-goals": lazy("{who} does not see clearly where it is going."),
    "agreements": lazy("{who} has not agreed on how to work."),
    "ways-of-working": lazy("{who} has not found ways of working that help."),
    "key-processes": lazy("{who} does not get its main work to flow."),
    "roles": lazy("{who} does not know clearly who does what."),
    "cooperation": lazy("{who} works side by side more than together."),
    "handling-differences": lazy("{who} gets stuck in its differences."),
    "courage-to-challenge": lazy("{who} does not dare to say what it thinks."),
    "commitment": lazy("{who} does not always do what it decides."),
    "appreciation": lazy("{who} seldom shows that it values its people."),
    "joy-of-work": lazy("{who} gets little joy from its work."),
    "customer-focus": lazy("{who} loses sight of its customers."),
    "customer-feedback": lazy("{who} seldom learns what customers think."),
    "kept-agreements": lazy("{who} does not keep its working agreements."),
}
"""What a low score in a dimension says of the team."""

STRONG_IN: Final = lazy("{who} has a strength: {name}.")
WEAK_IN: Final = lazy("{who} has something to mend: {name}.")
APART_ON: Final = lazy("{who} is of many minds about one thing: {name}.")
FELL_IN: Final = lazy("{who} rates this lower than last time: {name}.")
ROSE_IN: Final = lazy("{who} rates this higher than last time: {name}.")
MANAGER_SEES_MORE: Final = lazy("You see one thing in a brighter light than the members do: {name}.")
MANAGER_SEES_ALL: Final = lazy("You see the team in a brighter light than its members do.")
