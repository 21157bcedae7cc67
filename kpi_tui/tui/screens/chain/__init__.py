"""The Chain screen: links, weeks, roll-over, points and baseline.

Owns what its keys do to a chain. Never derives a target or names a weak link.
"""
