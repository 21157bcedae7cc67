"""Files in folders that others may write to as well: opened without following links, made for the folder's group.

Owns the rights of what is made in a workspace. Never reads or writes a content.
"""
