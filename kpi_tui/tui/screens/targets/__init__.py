"""The Targets screen: targets edited in place, and what each edit does to the score.

Owns which cell is edited. Never keeps an edit: the session does.
"""
