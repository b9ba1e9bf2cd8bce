"""Tests of the content that comes with the engine."""
