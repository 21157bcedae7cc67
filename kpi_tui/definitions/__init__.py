"""What a workspace says and what an answer looks like, as frozen typed objects; sentences that know no language.

Owns names, units and shapes that all rooms share, and the little arithmetic of a period, a target, a rounding.
Never imports another room, reads a file or computes a number from rows.
"""
