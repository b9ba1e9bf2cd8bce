"""From answers to a profile: reading tables, computing measures, guarding anonymity."""
