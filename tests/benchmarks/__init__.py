"""Tests of the benchmark: that what it compares is comparable."""
