"""Commands that answer for people and posts: score, role, chain, pages, pack.

Owns whose answer is asked for. Never scores or lays out.
"""
