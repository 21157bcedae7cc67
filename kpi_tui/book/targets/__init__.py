"""The Book's part in targets of many cells: read from files, laid out over a year, proposed, copied, raised.

Owns which cells are meant. Never writes a file (`workspace/edits/`) or reads the bytes of one (`tables/source/`).
"""
