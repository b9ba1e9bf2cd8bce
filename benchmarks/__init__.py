"""The benchmark: Pelikirja's evaluators beside other rule engines, in one run on one workload."""
