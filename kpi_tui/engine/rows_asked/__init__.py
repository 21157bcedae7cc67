"""What is asked of rows as they are, whatever the period.

Owns the days of a campaign and the first day on which rows count. Never computes a measure.
"""
