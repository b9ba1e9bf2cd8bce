"""Tests of engine/measuring."""
