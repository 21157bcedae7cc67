"""What people write: numbers as they type or print them, periods as they head columns with them, currencies, totals.

Owns how such a text is read. Never says what a number is for.
"""
