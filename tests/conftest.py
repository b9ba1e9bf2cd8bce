"""What every test stands on."""

from __future__ import annotations

import os

from hypothesis import settings

# Nothing that a test loads is kept on the machine of whoever runs it; the tests of keeping say where.
os.environ["PELIKIRJA_CACHE"] = "off"

# No deadlines: machines that share their cores are slow at random. CI draws the same examples every time, so that a
# change is judged by what it changed; elsewhere each run draws new ones.
settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, database=None, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")
