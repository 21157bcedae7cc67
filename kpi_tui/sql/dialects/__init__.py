"""Judged SQL in the words of an engine: SQL means what DuckDB makes of it, and a file per engine says what differs.

Owns every spelling and every refusal of an engine. Never runs a statement and never imports an engine.
"""
