"""Files that are refused before they take the memory of the machine, and why a reader gave one up, in our words.

Owns how large and how long what is read may be. Never reads a cell or knows what a column means.
"""
