"""Raw rows into canonical columns: the SQL of a mapping judged, run and its cells typed.

Owns conversion of cells and its left-out rows. Never opens a file.
"""
