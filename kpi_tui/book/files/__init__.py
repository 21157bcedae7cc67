"""The files around an open book: which of them changed, what an answer was computed from, where answers are written.

Owns stamps and digests of files. Never reads a row or lays out an answer.
"""
