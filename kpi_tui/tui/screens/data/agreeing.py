"""Agreeing with what `init` took for granted of a table: a sentence or all of them, a step that undo takes back."""

from __future__ import annotations

from collections.abc import Sequence

from kpi_tui.definitions.library.to_confirm import ToConfirm
from kpi_tui.definitions.message import listed
from kpi_tui.text.i18n import _, n_
from kpi_tui.text.phrase import joined, translate
from kpi_tui.tui.overlays.choice import Choice
from kpi_tui.tui.overlays.choice_list import ChoiceScreen
from kpi_tui.tui.screens.frame import KpiScreen
from kpi_tui.views.data.agreed_with import agreed_with
from kpi_tui.views.edits.conflict import DEFINITIONS
from kpi_tui.views.names import table_name

EVERY = "all"


class Agreeing:
    """Asks which sentences of a table one agrees with."""

    def __init__(self, screen: KpiScreen) -> None:
        self._screen = screen

    def asked(self, table: str) -> Sequence[ToConfirm]:
        """What is still to be confirmed of a table."""
        return self._screen.open_book.agreements.asked(table) if table in self._screen.kpi.workspace.tables else ()

    def nothing(self, table: str) -> str:
        """Why there is nothing to agree with, and where there is."""
        book = self._screen.open_book
        others = dict.fromkeys(one.table for one in book.agreements.asked() if one.table in book.workspace.tables)
        here = self._name(table)
        if not others:
            return _("Nothing is to be confirmed.")
        return _(
            "{table}: nothing is to be confirmed; of {others} it is.",
            table=here,
            others=listed(map(self._name, others)),
        )

    def choose(self, table: str) -> None:
        """The sentences in a list, all of them first where there are several."""
        asked = self.asked(table)
        rows = [Choice(str(n), self._said(one)) for n, one in enumerate(asked)]
        if len(asked) > 1:
            every = n_("all {count} sentence", "all {count} sentences", len(asked))
            rows.insert(0, Choice(EVERY, every))
        title = _("{table}: with what do you agree? It is asked no more then.", table=self._name(table))

        def chosen(key: str | None) -> None:
            if key is not None:
                self._agree(asked if key == EVERY else [asked[int(key)]])

        self._screen.app.push_screen(ChoiceScreen(title, rows, whole=True), chosen)

    def _agree(self, sentences: Sequence[ToConfirm]) -> None:
        agreements = self._screen.open_book.agreements
        if not self._screen.kpi.session.edit(DEFINITIONS, lambda: agreements.agree(sentences)):
            return
        left = len(self.asked(sentences[0].table))
        done = translate(agreed_with(len(sentences)))
        more = _("{count} more to be confirmed.", count=left) if left else ""
        self._screen.say(" ".join(filter(None, (done, more, _("u takes it back, w writes it.")))), "done")

    def _said(self, one: ToConfirm) -> str:
        return translate(joined(one.source, one.said, between=": "))

    def _name(self, table: str) -> str:
        return table_name(self._screen.kpi.workspace, table).get(self._screen.kpi.language) or table
