"""What is raised of SQL that may not run; a file of its own, so that nobody who only catches it brings sqlglot."""

from __future__ import annotations


class FragmentError(ValueError):
    """A fragment that may not run; the message is one clear sentence."""
