"""The private-domain screen.

Owns the cursor over its sections. Never judges a number.
"""
