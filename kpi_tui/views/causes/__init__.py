"""What moved a number, what is usual for it, where it will end: drivers, tree, baseline, pace, cohort, projection.

Owns the layout of these answers, for commands and screens alike. Never computes one.
"""
