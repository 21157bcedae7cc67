"""The four steps of the method, laid out for command and screen: plan, library, posts, allocation (R012–R036).

Owns the wording and the columns of these answers. Never changes a definition.
"""
