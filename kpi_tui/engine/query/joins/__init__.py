"""How many rows a statement makes before it runs.

Never runs the statement itself; sub-queries only where their keys decide.
"""
