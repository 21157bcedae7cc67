"""What people write: numbers as they type or print them, how periods are called, currencies, totals.

Owns how such a text is read. Never says what a number is for.
"""
