"""The rows behind a number, and those that a table refused.

Owns what is asked of rows and what comes back. Never reads a row.
"""
