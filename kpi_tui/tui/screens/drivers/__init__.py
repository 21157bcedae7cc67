"""The Drivers screen: what moved a number.

Owns the way down into a factor and back. Never splits a change.
"""
