"""Which days the rows of a table reach over, and whether a period is whole.

Owns the span of a table and what partial means. Never computes a measure.
"""
