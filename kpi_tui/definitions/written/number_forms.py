"""The ways to write a number that a workspace may choose, each by its example."""

from __future__ import annotations

from collections.abc import Mapping

PLAIN_FORM = "1,234.5"
"""Where a workspace says none."""
NUMBER_FORMS: Mapping[str, tuple[str, str]] = {
    PLAIN_FORM: (",", "."),
    "1.234,5": (".", ","),
    "1 234,5": ("\u00a0", ","),
    "1'234.5": ("'", "."),
    "1234.5": ("", "."),
}
"""Example -> the mark between thousands, the mark before decimals."""
