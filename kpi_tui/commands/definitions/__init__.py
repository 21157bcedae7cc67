"""Commands that change what a workspace says: posts, people, and any other key; each is saved at once.

Owns how a value is typed on a command line. Never writes a file.
"""
