"""Check learners' code and return verdicts."""
