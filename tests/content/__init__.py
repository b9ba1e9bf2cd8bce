"""Tests of what coaches write, and of everything that checks it."""
