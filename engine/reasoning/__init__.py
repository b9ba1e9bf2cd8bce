"""From a profile to verdicts: forward chaining in strata, by two evaluators with one meaning."""
