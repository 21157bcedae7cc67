"""The conversation by which files become a workspace, step by step.

Owns where the person stands in it and what was read meanwhile. Never decides: answers and what comes of them are the
book's.
"""
