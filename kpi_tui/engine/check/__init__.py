"""What `check` asks the engine and the rows: SQL that cannot run, rows counted by condition, words that no row has.

Owns the errors of `check` that only the engine knows, and counts of rows by condition. Never computes a number that is
shown; what was found is told at the values it touches (`zero_notes`, `funnel_notes`).
"""
