"""Who sits here: the name that stands beside edits, and what the person set for themselves.

Owns config.toml: what holds in a workspace, and how it is changed. Never knows what a terminal or a screen makes of it.
"""
