"""Judged SQL in the words of an engine: SQL means what DuckDB makes of it, and a file per engine says what differs."""
