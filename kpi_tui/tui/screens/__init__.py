"""The main screens, a folder each: they compose widgets, route keys and ask the Book.

Owns which answer stands where on a screen. Never computes, and no screen inherits from another but from the frame.
"""
