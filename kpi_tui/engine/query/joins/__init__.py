"""How many rows the joins and unions of a statement make, estimated before it runs.

Owns what sizes, keys and sub-queries tell of that. Never runs the statement itself.
"""

from __future__ import annotations
