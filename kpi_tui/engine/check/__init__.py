"""What of a workspace the engine cannot run, found before a number is asked for.

Owns the errors of `check` that only the engine knows. Never computes a number that is shown.
"""
