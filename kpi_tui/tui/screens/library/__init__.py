"""The Library screen and the page of one metric.

Owns search and choice of a metric. Never says what a metric means.
"""
