"""What is asked of rows, and how.

Owns the days of a campaign, the first day on which rows count, and how planned questions are put to an engine.
Never decides what a measure asks (`query/`).
"""
