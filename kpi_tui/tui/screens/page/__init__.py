"""The Pages screen: the pages of a workspace, one at a time, every section below the other.

Owns which page stands there and the cursor over its sections. Never lays out a section or judges a number.
"""
