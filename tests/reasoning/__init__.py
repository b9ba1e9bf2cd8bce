"""Tests of engine.reasoning: every evaluator against a plain interpreter."""
