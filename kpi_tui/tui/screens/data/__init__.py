"""The Data screen: what was read and what was left out.

Owns the choice of a table. Never reads or judges a row.
"""
