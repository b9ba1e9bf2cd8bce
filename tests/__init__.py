"""Tests; the folders mirror `engine/` and `web/`."""
