"""Makes pictures of every page: ``python -m tests.web.screenshots [FOLDER] [--only NAME …]``.

Each page is taken on a phone and at a desk, in English and Finnish, light and dark, whole; a file is called for
example ``result-phone-fi-dark.png``.
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
    wanted = parser.parse_args()
    began = time.monotonic()
    count = take(wanted.folder, [each for each in EVERY if not wanted.only or each.name in wanted.only])
    sys.stdout.write(f"{count} pictures in {wanted.folder}, in {time.monotonic() - began:.0f} s\n")


if __name__ == "__main__":
    main()
