"""Sentences of `check` for people: what ids are called, the id in brackets, for it is what files say."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kpi_tui.definitions.message import Message
from kpi_tui.definitions.text import Text
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.phrase import Word
from kpi_tui.text.terms import STAGES

Named = Callable[[Workspace, str], Text | None]


def in_words(message: str, space: Workspace | None) -> Word:
    """The sentence with the names of the metrics, tables, roles and chains whose ids it holds.

    What is to be written, `[tables.orders]`, stays as it is written.
    """
    if space is None or not isinstance(message, Message):
        return message
    named = {key: value for key, value in message.values.items() if f"[tables.{{{key}}}" not in message.template}
    return message.with_values({**message.values, **{key: _word(key, value, space) for key, value in named.items()}})


def _word(key: str, value: object, space: Workspace) -> object:
    if isinstance(value, Message):
        return in_words(value, space)
    if not isinstance(value, str) or key not in _BY_KEY:
        return value
    if key in _STAGE_KEYS:
        return Message(STAGES[value], {}) if value in STAGES else value
    name = _BY_KEY[key](space, value)
    return value if name is None else _with_id(name, value)


def _with_id(name: Text, id_: str) -> Text:
    """`Orders (orders)`; the id alone where nothing else calls it."""
    said = [id_ if word in ("", id_) else f"{word} ({id_})" for word in (name.get("en"), name.get("zh"))]
    return Text(*said)


def _metric(space: Workspace, id_: str) -> Text | None:
    return space.metrics[id_].name if id_ in space.metrics else None


def _table(space: Workspace, id_: str) -> Text | None:
    """A table, or a source of one: `orders.sources.taobao`."""
    table = id_.partition(".")[0]
    return space.schemas[table].name if table in space.schemas else None


def _role(space: Workspace, id_: str) -> Text | None:
    return space.roles[id_].name if id_ in space.roles else None


def _chain(space: Workspace, id_: str) -> Text | None:
    return space.chains[id_].name if id_ in space.chains else None


_STAGE_KEYS = frozenset(("aarrr", "aim"))
_BY_KEY: Mapping[str, Named] = {
    **dict.fromkeys(("metric", *_STAGE_KEYS), _metric),
    **dict.fromkeys(("table", "schema", "name", "other"), _table),
    "role": _role,
    "chain": _chain,
}
"""What a value of a sentence is, by the name it has there; a value that is none of those stays as it is."""
