"""The rule base as pages, for coaches."""
