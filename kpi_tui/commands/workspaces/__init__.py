"""Commands about a workspace itself: demo, init, check, tables, metrics, doctor, completion, the app.

Owns what is said about a workspace before and beside its numbers. Never reads TOML or a table itself.
"""
