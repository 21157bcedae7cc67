"""A workspace that begins: what its files fill, what the person decides, what is written.

Owns nothing on disk but the draft of a conversation. Never changes a workspace except by writing all of it at its end.
"""
