"""The method's four steps: planning, choosing, giving metrics to posts, weighing them. A class per part of the Book.

Owns what stands beside definitions (live, values, advice, backtest). Never writes them.
"""
