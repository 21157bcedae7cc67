"""Answers kept between starts.

Owns the cache file and the form of a value in it. Never computes one, and knows nothing of tables.
"""
