"""A page of sections as a View: a sheet per section, laid out by its kind.

Owns what each kind of section looks like, and its JSON. Never works a number out, never names a metric.
"""
