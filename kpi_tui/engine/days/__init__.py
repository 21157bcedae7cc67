"""Which days the rows of a table reach over.

Owns the span of a table and the days it has rows. Never computes a measure.
"""
