"""TOML in and out: find, load, validate, lint, scaffold; targets saved safely."""
