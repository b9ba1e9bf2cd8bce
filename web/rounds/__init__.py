"""Rounds: started, shared, followed by their counts, closed and frozen."""
