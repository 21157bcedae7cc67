"""An id that knows what people call it: `P01`, the product 明前龙井."""

from __future__ import annotations

from kpi_tui.definitions.text import Text


class NamedId(str):
    """An id as it stands in the data, and its name for people; the plain id wherever a string is wanted (JSON, csv)."""

    __slots__ = ("_name",)

    _name: Text

    def __new__(cls, id_: str, name: Text) -> NamedId:
        """`name` says all that is shown instead of the id."""
        made = super().__new__(cls, id_)
        made._name = name
        return made

    @property
    def name(self) -> Text:
        """What is shown instead of the id."""
        return self._name

    def __str__(self) -> str:
        """Itself, so that it keeps its name where a segment is made a text."""
        return self

    def __reduce__(self) -> tuple[type[NamedId], tuple[str, Text]]:
        return NamedId, (self[:], self._name)
