"""What is bought together, what sells and what earns.

Owns the layout of these answers, for commands and screens alike. Never computes one.
"""
