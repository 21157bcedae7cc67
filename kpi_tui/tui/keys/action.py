"""A command of the registry: its keys, where it acts, what it runs and what a person reads of it."""

from __future__ import annotations

from dataclasses import dataclass

from textual.binding import Binding

from kpi_tui.text.i18n import N_

GLOBAL = "global"
SCORECARD = "scorecard"
LIBRARY = "library"
TARGETS = "targets"
DATA = "data"
CHAIN = "chain"
DRIVERS = "drivers"
DESIGN = "design"
PAGE = "page"
ROWS = "rows"
TABLE = "table"

BY_COLUMN = (N_("by column"), N_("Which segments moved this number"))
"""Label and help of `b`, wherever a number can be taken apart."""
CHARTED = (N_("chart"), N_("The chart of this line: shown, or taken away"))
"""Label and help of `V`, wherever a sheet has charts."""
OPEN = "open"
"""What Enter means on every screen: open or explain what is under the cursor, edit it in a sheet of targets."""


@dataclass(frozen=True, slots=True)
class KeyAction:
    """One thing a key can do.

    `keys` are Textual key names, separated by commas, two in a row by a blank (`g d`); `action` is run on the screen,
    or on the app when the screen has none; `label` and `help` are catalogue texts; `hint` orders the footer (0: not
    shown there). What a key means on every screen is the name of its action: it is the same wherever the key is bound.
    """

    id: str
    keys: str
    scope: str
    action: str
    label: str
    help: str
    hint: int = 0
    asks: bool = False  # what is typed behind it belongs to what it opens, however fast it comes
    over: bool = False  # also works while an overlay (help, palette, picker) is open
    words: str = ""  # what people who look for it may type in the palette, a catalogue text

    def meaning(self, key: str) -> str:
        """What one of its keys means, the same on every screen."""
        return OPEN if key == "enter" else self.action.partition("(")[0]

    def binding(self) -> Binding:
        """The Textual binding; its id makes it remappable."""
        return Binding(self.keys, f"app.command('{self.id}')", self.label, id=self.id, show=False)
