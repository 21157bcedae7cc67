"""Secrets that a text quotes, the password of an address or a value called like one: *** is shown instead."""

from __future__ import annotations

import re

HIDDEN = "***"
_NAME = r"[\w-]*(?:passw(?:or)?d|secret|token|(?:api|access|private|auth)[_-]?key)[\w-]*"
_PASSWORD = re.compile(r"([A-Za-z][\w+.-]*://[^\s/@:\"'<>]*:)[^\s/\"'<>]*(?=@)")
_PARAMETER = re.compile(rf"([?&;]{_NAME}=)[^\s&;#\"'<>]+", re.IGNORECASE)
_ASSIGNED = re.compile(rf"(\b{_NAME}[\"']?\s*[=:]\s*)(\"[^\"\n]*\"|'[^'\n]*')", re.IGNORECASE)
_WORDS = ("://", "assw", "ASSW", "ecret", "ECRET", "oken", "OKEN", "key", "KEY", "Key")


def without_secrets(text: str) -> str:
    """The text with *** for what nobody should read over a shoulder, in a log or in a file that is sent on."""
    if not any(word in text for word in _WORDS):
        return text
    text = _PASSWORD.sub(rf"\1{HIDDEN}", text)
    text = _PARAMETER.sub(rf"\1{HIDDEN}", text)
    return _ASSIGNED.sub(lambda found: f"{found[1]}{found[2][0]}{HIDDEN}{found[2][0]}", text)
