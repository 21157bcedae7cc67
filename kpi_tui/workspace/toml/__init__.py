"""TOML text read safely: where every key stands, typed fields, problems instead of exceptions.

Owns file and line of a key. Never knows what a key means.
"""
