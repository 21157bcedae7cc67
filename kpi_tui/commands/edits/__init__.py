"""Commands that change targets and typed numbers.

Owns what a command line may change, and how it is told. Never writes a file: the Book does.
"""
