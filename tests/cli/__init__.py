"""Tests of engine/cli."""
