"""What an answer of the Book looks like, as frozen typed objects.

Owns the shape of answers. Never computes one.
"""
