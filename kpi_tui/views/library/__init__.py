"""Metrics: the library as a list, the page of one metric, values, and where a value comes from.

Owns the wording and the columns of these answers, for command and screen. Never computes a value.
"""
