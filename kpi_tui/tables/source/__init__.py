"""Files into raw rows: which files, what kind, which encoding, where the header and the records stand.

Owns everything that depends on a file format. Never knows a canonical table or a mapping.
"""
