"""Tests of engine/advising."""
