"""The Scorecard screen: a post in one period, its lines, what to know about one.

Owns where headline, lines and details stand. Never scores or names the weak line.
"""
