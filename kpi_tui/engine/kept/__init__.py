"""Answers kept between starts.

Owns the cache file, the key of a value (everything its number depends on) and its form on disk. Never computes one.
"""
