"""Makes pictures of every page: ``python -m tests.web.screenshots [FOLDER] [--only NAME …]``.

Each page is taken on a phone and at a desk, in English and Finnish, light and dark, whole; a file is called for
example ``result-phone-fi-dark.png``. With ``--guides`` it makes those that the guides in ``docs/`` show, there.
"""

from __future__ import annotations

import argparse
import sys
import time
from itertools import groupby, product
from pathlib import Path
from typing import Final, Literal

from playwright.sync_api import Page, ViewportSize

from tests.web.browser import chromium
from tests.web.every_page import EVERY, Place, signed_in, world

SIZES: Final = {"phone": ViewportSize(width=390, height=844), "desktop": ViewportSize(width=1200, height=900)}
GUIDES: Final = {
    "round-open": ViewportSize(width=1100, height=820),
    "answering-question": ViewportSize(width=390, height=844),
    "result": ViewportSize(width=1100, height=1360),
    "agreement": ViewportSize(width=1100, height=900),
    "rules": ViewportSize(width=1100, height=820),
    "rule": ViewportSize(width=1100, height=900),
    "check": ViewportSize(width=1100, height=600),
}
"""The pages that the guides show, and how much of each."""
PICTURES: Final = Path(__file__).parents[2] / "docs" / "pictures"
SCHEMES: Final[tuple[Literal["light", "dark"], ...]] = ("light", "dark")


def take(folder: Path, places: list[Place]) -> int:
    """Take the pictures of some pages, and give how many.

    Args:
        folder: where they go.
        places: which pages, those of one person after the other.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with world() as (address, states), chromium() as browser:
        for (who, mine), language in product([(who, list(all_)) for who, all_ in groupby(places, _who)], ("en", "fi")):
            context = signed_in(browser, address, who, states, language)
            page = context.new_page()
            for place in mine:
                place.open(page, states)
                _pictures(page, folder / f"{place.name}-{{}}-{language}-{{}}.png")
            context.close()
    return 8 * len(places)


def take_for_guides() -> int:
    """Take the pictures that the guides show, in English and light, and give how many."""
    PICTURES.mkdir(exist_ok=True)
    with world() as (address, states), chromium() as browser:
        for place in (each for each in EVERY if each.name in GUIDES):
            context = signed_in(browser, address, place.who, states, "en")
            page = context.new_page()
            page.set_viewport_size(GUIDES[place.name])
            place.open(page, states)
            page.screenshot(path=PICTURES / f"{place.name}.png")
            context.close()
    return len(GUIDES)


def _who(place: Place) -> str:
    return place.who


def _pictures(page: Page, path: Path) -> None:
    for (size, window), scheme in product(SIZES.items(), SCHEMES):
        page.set_viewport_size(window)
        page.emulate_media(color_scheme=scheme)
        page.screenshot(path=str(path).format(size, scheme), full_page=True)


def main() -> None:
    """Read the arguments, and take the pictures."""
    parser = argparse.ArgumentParser(prog="python -m tests.web.screenshots", description=__doc__)
    parser.add_argument("folder", nargs="?", default="var/screenshots", type=Path)
    parser.add_argument("--only", nargs="+", metavar="NAME", choices=[each.name for each in EVERY], help="a few pages")
    parser.add_argument("--guides", action="store_true", help="what the guides show, into docs/pictures")
    wanted = parser.parse_args()
    began = time.monotonic()
    if wanted.guides:
        sys.stdout.write(f"{take_for_guides()} pictures in {PICTURES}\n")
        return
    count = take(wanted.folder, [each for each in EVERY if not wanted.only or each.name in wanted.only])
    sys.stdout.write(f"{count} pictures in {wanted.folder}, in {time.monotonic() - began:.0f} s\n")


if __name__ == "__main__":
    main()
