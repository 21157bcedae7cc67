"""What is asked of rows: the days of a campaign, the first day on which they count, and how a plan is put to an engine.

Never decides what a measure asks (`query/`).
"""
