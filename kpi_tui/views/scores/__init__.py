"""Scorecards: one, its sentences, the pace of its lines; of several periods; of everybody, and two side by side.

Owns how a score is laid out and told, for commands and screens alike. Never says how it comes about (`scoring/`).
"""
