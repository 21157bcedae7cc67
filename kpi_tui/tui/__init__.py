"""The Textual app: screens over one open Book, keys, editing in place.

Owns what a person sees move: focus, cursor, keys, colours, the computing thread. Never computes, lays out an answer
(`views/`), draws a typed cell (`render/`) or writes a file.
"""
