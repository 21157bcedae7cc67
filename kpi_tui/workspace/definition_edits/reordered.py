"""The tables of a hand-written list in another order, each with the comments that stand before it or on its line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


def reorder(listed: Any, name: str, order: Sequence[str]) -> None:
    """Put the tables of a tomlkit list in the order of their natural keys; those that `order` does not name go."""
    from tomlkit.items import AoT

    if isinstance(listed, AoT):
        _reorder_tables(listed, name, order)
    else:
        _reorder_inline(listed, name, order)


def comments_at_end(body: list[Any]) -> list[Any]:
    """Take the comments at the very end of a table's entries, those after an empty line, out of it: they are about
    what comes next."""
    place = len(body)
    while place and body[place - 1][0] is None:
        place -= 1
    blanks = [n for n in range(place, len(body)) if not str(body[n][1].as_string()).strip()]
    comments = [n for n in range(place, len(body)) if n not in blanks]
    if not comments or not blanks or blanks[0] > comments[0]:
        return []
    moved = body[blanks[0] :]
    del body[blanks[0] :]
    return moved


def end_of(table: Any) -> list[Any]:
    """The entries of the last table of a table: what is written right before whatever follows it."""
    from tomlkit.items import AoT, Table

    if isinstance(table, AoT):
        return end_of(table.body[-1]) if table.body else []
    body: list[Any] | None = getattr(getattr(table, "value", table), "body", None)
    if body is None:  # a table out of order: it has no end of its own
        return []
    tables = [item for key, item in body if key is not None and isinstance(item, AoT | Table)]
    return end_of(tables[-1]) if tables else body


def _reorder_tables(listed: Any, name: str, order: Sequence[str]) -> None:
    """What stands between two headers goes with the one below; what stands behind the last stays behind the last."""
    tables = list(listed.body)
    ends = [_taken(end_of(table)) for table in tables]
    lead = dict(zip((table[name] for table in tables), ("", *ends), strict=False))
    apart = "\n" if any(text.startswith("\n") for text in ends[:-1]) else ""
    by_key = {table[name]: table for table in tables}
    listed.body[:] = [by_key[key] for key in order]
    for place, key in enumerate(order):
        table = by_key[key]
        table.trivia.indent = lead[key].removeprefix("\n") if place == 0 else lead[key] or apart
    _put_back(end_of(listed), ends[-1])


def _taken(body: list[Any]) -> str:
    """The comments and empty lines at the end of a table, taken out of it."""
    moved = comments_at_end(body)
    while body and body[-1][0] is None and not str(body[-1][1].as_string()).strip():
        moved.insert(0, body.pop())
    return "".join(str(item.as_string()) for _key, item in moved)


def _put_back(body: list[Any], text: str) -> None:
    from tomlkit.items import Whitespace

    if text:
        body.append((None, Whitespace(text)))


def _reorder_inline(listed: Any, name: str, order: Sequence[str]) -> None:
    """A comment above a table, or behind it, goes with it; every table but the last has its comma."""
    from tomlkit.items import Whitespace

    units: dict[str, list[Any]] = {}
    pending: list[Any] = []
    for group in listed._value:
        pending.append(group)
        if isinstance(group.value, Mapping):
            units[group.value[name]], pending = pending, []
    listed._value = [group for key in order for group in units[key]] + pending
    list.__init__(listed, [units[key][-1].value for key in order])
    for key in order[:-1]:
        units[key][-1].comma = units[key][-1].comma or Whitespace(",")
    listed._reindex()
