"""The headless twin: one file per command."""
