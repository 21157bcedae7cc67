"""Metrics: the library, one metric, its values, and where a value comes from."""
