"""Hand-written TOML made to say something else: what does not change keeps its place, form and comments."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import Any

from kpi_tui.definitions.issue import UsageError
from kpi_tui.definitions.message import say
from kpi_tui.workspace.definition_edits.documents import plain
from kpi_tui.workspace.definition_edits.reordered import comments_at_end, end_of, reorder
from kpi_tui.workspace.definition_edits.sections import NATURAL_KEYS
from kpi_tui.workspace.parse.versions import VERSIONS
from kpi_tui.workspace.toml.source import MAX_BYTES

BOM = "\ufeff"
WIDE = 100
"""Characters of a list that still fits on one line."""


def rewritten(before: bytes, wanted: Mapping[str, Any], name: str) -> bytes:
    """The file with the data `wanted`, as near to what it was as can be: comments, order, line ends, byte order mark.

    UsageError when that cannot be done, or it would be too large; the sentence names the file.
    """
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    text, wanted = before.decode("utf-8-sig"), _meant(wanted)
    crlf = "\r\n" in text
    try:
        document = tomlkit.parse(text.replace("\r\n", "\n"))
        _follow(document, wanted)
        made = _tidied(tomlkit.dumps(document), text.replace("\r\n", "\n"))
        said = _meant(tomllib.loads(made))
    except (TOMLKitError, tomllib.TOMLDecodeError, KeyError, ValueError, TypeError, AttributeError) as error:
        raise _too_odd(name, str(error)) from error
    if said != wanted:
        raise _too_odd(name, say("it would not say what is wished"))
    if crlf:
        made = re.sub(r"(?<!\r)\n", "\r\n", made)
    data = ((BOM if before.startswith(BOM.encode()) else "") + made).encode("utf-8")
    if len(data) > MAX_BYTES:
        raise UsageError(say("{file} would exceed {most} KB; nothing was saved", file=name, most=MAX_BYTES // 1024))
    return data


def _tidied(made: str, before: str) -> str:
    """Without the empty lines that a removed table leaves, where there were none such before."""
    tidy = made if "\n\n\n" in before else re.sub(r"\n{3,}", "\n\n", made)
    if not before.endswith("\n\n"):
        tidy = tidy.rstrip("\n") + "\n" if tidy.strip() else ""
    return tidy if tomllib.loads(tidy) == tomllib.loads(made) else made


def _too_odd(name: str, why: str) -> UsageError:
    return UsageError(
        say("{file} is written in a form that cannot be changed here ({why}); change it by hand", file=name, why=why)
    )


def _follow(table: Any, wanted: Mapping[str, Any]) -> None:
    """Make a table say what is wanted, key by key."""
    for key in [key for key in table if key not in wanted]:
        del table[key]
    for key, value in wanted.items():
        if key not in table:
            _add(table, key, _written(key, value))
        elif _meant(_unwrapped(table[key])) != value:
            if isinstance(value, Mapping) and isinstance(table[key], dict):
                _follow_table(table, key, value)
            elif isinstance(value, list) and key in NATURAL_KEYS and isinstance(table[key], list):
                _follow_list(table, key, value)
            else:
                _replace(table, key, value)


def _follow_table(table: Any, key: str, wanted: Mapping[str, Any]) -> None:
    """The same of a table inside; of one that is scattered over the file, tomlkit's view is good for one removal."""
    from tomlkit.container import OutOfOrderTableProxy

    if isinstance(table[key], OutOfOrderTableProxy):
        for name in [name for name in table[key] if name not in wanted]:
            del table[key][name]
    if key in table:
        _follow(table[key], wanted)
    else:
        _add(table, key, _written(key, wanted))


def _add(table: Any, key: str, item: Any) -> None:
    """A new key; comments that stand before the table that comes next stay before that one."""
    from tomlkit.items import AoT, Table, Whitespace

    if not isinstance(item, AoT | Table):
        table[key] = item
        return
    moved, body = comments_at_end(end_of(table)), end_of(table)
    first = item.body[0] if isinstance(item, AoT) and item.body else item
    if moved and isinstance(first, Table):
        first.trivia.indent = "\n"
    elif body and body[-1][0] is None and not str(body[-1][1].as_string()).strip():
        moved = [(None, Whitespace("\n"))]
    table[key] = item
    end_of(item).extend(moved)


def _replace(table: Any, key: str, value: Any) -> None:
    """Another value; the comment at the end of its line stays."""
    from tomlkit.items import Table

    old, new = table[key], _written(key, value)
    if isinstance(old, Table) and not isinstance(new, Table):  # it must not stand behind the tables
        del table[key]
        table[key] = new
        return
    trivia = getattr(old, "trivia", None)
    if trivia is not None and getattr(new, "trivia", None) is not None:
        new.trivia.comment_ws, new.trivia.comment = trivia.comment_ws, trivia.comment
    table[key] = new


def _follow_list(table: Any, key: str, wanted: list[dict[str, Any]]) -> None:
    """Make a list of tables say what is wanted; a table that stays keeps its form."""
    listed, name = table[key], NATURAL_KEYS[key]
    order = [one.get(name) for one in listed]
    wished = [str(one[name]) for one in wanted if one.get(name) in order]
    if order != wished:
        reorder(listed, name, wished)
    for place, one in enumerate(wanted):
        if place < len(listed) and listed[place].get(name) == one.get(name):
            _follow(listed[place], one)
        else:
            _insert(listed, place, one)


def _insert(listed: Any, place: int, one: dict[str, Any]) -> None:
    import tomlkit
    from tomlkit.items import Array

    if isinstance(listed, Array):
        listed.insert(place, tomlkit.value(_inline(one)))
        return
    table = _written("", one)
    table.trivia.indent = "\n"
    moved = comments_at_end(end_of(listed)) if place == len(listed) else []
    listed.insert(place, table)
    end_of(table).extend(moved)


def _written(key: str, value: Any) -> Any:
    """A value as it is best read: small tables and lists of tables inline, forms and definitions as tables."""
    import tomlkit

    if key == VERSIONS:
        tables = tomlkit.aot()
        for one in value:
            tables.append(_written("", one))
        return tables
    if not isinstance(value, Mapping) or key in ("options", "north_star") or value.keys() <= {"en", "zh"}:
        return tomlkit.value(_inline(value))
    table = tomlkit.table()
    for name, inner in value.items():
        table.add(name, _written(name, inner))
    return table


def _inline(value: Any) -> str:
    """A value as TOML text; a list that is long, or of several tables, has a line for each."""
    import tomlkit

    if isinstance(value, Mapping):
        inner = ", ".join(f"{tomlkit.key(name).as_string()} = {_inline(one)}" for name, one in value.items())
        return f"{{ {inner} }}" if inner else "{}"
    if isinstance(value, list):
        parts = [_inline(one) for one in value]
        tables = sum(isinstance(one, Mapping) for one in value)
        if tables > 1 or sum(len(part) + 2 for part in parts) > WIDE:
            return "[\n" + "".join(f"  {part},\n" for part in parts) + "]"
        return f"[{', '.join(parts)}]"
    return str(tomlkit.item(value).as_string())


def _meant(data: Any) -> Any:
    """Plain data without empty tables, which say nothing."""
    if isinstance(data, Mapping):
        return {key: kept for key, value in data.items() if (kept := _meant(value)) != {}}
    return [_meant(value) for value in data] if isinstance(data, list) else plain(data)


def _unwrapped(item: Any) -> Any:
    return item.unwrap() if hasattr(item, "unwrap") else item
