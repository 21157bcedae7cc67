"""Commands that change targets and typed numbers."""
