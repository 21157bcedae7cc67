"""The rows behind a number, a page at a time.

Owns which rows and columns are shown and where in a file they stood. Never computes a number of its own.
"""
