"""Values of definitions as they are typed on a command line."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from typing import Any

from kpi_tui.definitions.issue import UsageError
from kpi_tui.text.i18n import _


def typed(text: str) -> Any:
    """A value of TOML where it is one (a number, true, a list, a table), else the text itself; "-" is nothing."""
    if text == "-":
        return None
    try:
        value = tomllib.loads(f"value = {text}")
    except (tomllib.TOMLDecodeError, RecursionError, ValueError):
        return text
    found = value.get("value")
    return found if len(value) == 1 and isinstance(found, bool | int | float | str | list | dict) else text


def key_path(text: str) -> tuple[str, ...]:
    """`roles.sales.lines.dau.weight` as the keys it is made of; a part with a dot is written in quotes."""
    try:
        found: Any = tomllib.loads(f"{text} = 0") if "\n" not in text else {}
    except (tomllib.TOMLDecodeError, RecursionError):
        found = {}
    keys: list[str] = []
    while isinstance(found, dict) and len(found) == 1:
        ((key, found),) = found.items()
        keys.append(key)
    return tuple(keys) if keys else tuple(part for part in text.split(".") if part)


def number(text: str) -> float | int:
    """A number; whole ones stay whole. UsageError when it is none."""
    try:
        value = float(text)
    except ValueError:
        raise UsageError(_("{text} is no number", text=repr(text))) from None
    return int(value) if value.is_integer() else value


def assignments(texts: Iterable[str]) -> dict[str, float | int]:
    """`dau=30` as names and numbers. UsageError names the one that is none."""
    found = {}
    for text in texts:
        name, sign, amount = text.partition("=")
        if not sign or not name:
            raise UsageError(_("{text}: write it as NAME=NUMBER", text=text))
        found[name] = number(amount)
    return found


def steps(text: str) -> list[list[float | int]]:
    """`0.8=0.5, 1=1` as pairs of numbers."""
    parts = (part.strip() for part in text.split(",") if part.strip())
    return [[number(start), number(score)] for start, _sign, score in (part.partition("=") for part in parts)]


def in_two_languages(en: str, zh: str) -> str | dict[str, str]:
    """A text: plain where one language says it all."""
    return {"en": en, "zh": zh} if en and zh and en != zh else en or zh
