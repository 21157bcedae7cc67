"""Measures into SQL: which days feed them, which share a pass over a table, and the SELECT of each pass.

Owns windows, aggregates and the relations made for the periods asked for. Never runs a query and never sees polars.
"""
