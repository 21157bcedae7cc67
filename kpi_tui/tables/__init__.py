"""Raw files into prepared frames, with a profile of what was read, left out and why.

Owns every row from the file to the canonical column, and the account of those that do not arrive. Never knows a
fact, a measure or a period.
"""
