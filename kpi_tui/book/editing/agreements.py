"""What `init` assumed and a person agrees with: an edit as any other, with undo, history and `save`."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Any

from kpi_tui.definitions.library.to_confirm import ToConfirm
from kpi_tui.definitions.text import Text

if TYPE_CHECKING:
    from kpi_tui.book.editing.definitions import Definitions
    from kpi_tui.definitions.edit import KeyPath

_TABLES, _SOURCES, _CONFIRM = "tables", "sources", "confirm"


class Agreements:
    """Takes sentences out of `confirm` in tables.toml: neither `check` nor a value asks them then."""

    def __init__(self, definitions: Definitions) -> None:
        self._definitions = definitions

    def asked(self, table: str = "") -> tuple[ToConfirm, ...]:
        """What is still to be confirmed, of one table or of all; unsaved agreements are taken for given."""
        tables = [table] if table else self._definitions.ids(_TABLES)
        return tuple(
            ToConfirm(path, place, _text(said))
            for one in tables
            for path in self._paths(one)
            for place, said in enumerate(self._list(path))
        )

    def agree(self, sentences: Collection[ToConfirm]) -> int:
        """Agree with sentences as one step that undo takes back; how many there were. `definitions.save` writes it."""
        wanted: dict[KeyPath, Any] = {}
        for path in dict.fromkeys(one.path for one in sentences):
            gone = {one.place for one in sentences if one.path == path}
            wanted[path] = [said for place, said in enumerate(self._list(path)) if place not in gone] or None
        if wanted:
            self._definitions.set_all(wanted)
        return len(sentences)

    def _paths(self, table: str) -> Iterator[KeyPath]:
        yield _TABLES, table, _CONFIRM
        for source in self._definitions.value((_TABLES, table, _SOURCES)) or ():
            yield _TABLES, table, _SOURCES, source, _CONFIRM

    def _list(self, path: KeyPath) -> list[Any]:
        said = self._definitions.value(path)
        return said if isinstance(said, list) else [] if said is None else [said]


def _text(said: Any) -> Text:
    if isinstance(said, dict):
        return Text(str(said.get("en", "")), str(said.get("zh", "")))
    return Text(str(said), str(said))
