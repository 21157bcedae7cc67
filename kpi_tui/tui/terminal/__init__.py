"""The terminal itself: driver, signals, control characters, typed-ahead keys, what it can show.

Owns what differs between terminals. Never knows a metric.
"""
