"""What every page says of its own origin: whose numbers, of when, agreed by whom, made from what."""

from __future__ import annotations

from kpi_tui.definitions.answers.provenance import Digests, Provenance
from kpi_tui.definitions.message import listed
from kpi_tui.definitions.quantity import Quantity
from kpi_tui.text.marks_behind_numbers import PARTIAL
from kpi_tui.text.phrase import Word, joined, phrase, phrases
from kpi_tui.views.reasons import own_days
from kpi_tui.views.view import Sheet, pairs

SHOWN = 16
"""Letters of a digest that are shown: enough to tell any two apart."""


def origin(found: Provenance) -> Sheet:
    """One label and text each; what is not known or does not apply is left out."""
    rows: list[tuple[Word, Word]] = [(phrase("Workspace"), found.workspace)]
    if found.period is not None:
        mark: Word = "" if found.over else joined(PARTIAL, phrase("not over yet"), between=" ")
        rows.append((phrase("Period"), joined(found.period.said, own_days(found.period), mark)))
    rows.append((phrase("Data until"), found.as_of.isoformat() if found.as_of else phrase("no day is known")))
    if found.period is not None:
        rows.append((phrase("Targets agreed"), _agreed(found)))
    rows.append((phrase("Rows left out"), _left_out(found)))
    rows += _digests(found.digests)
    return pairs(phrase("Where these numbers come from"), rows, key="origin")


def _agreed(found: Provenance) -> Word:
    if not found.agreed.by and not found.agreed.at:
        return phrase("no targets are set")
    return joined(listed(found.agreed.by), found.agreed.at[:16].replace("T", " "), between=", ")


def _left_out(found: Provenance) -> Word:
    """`orders: 12 of 3,000 not readable, 40 excluded by the workspace; …`, or that none was."""
    said: list[Word] = []
    for table in found.left_out:
        parts: list[Word] = []
        if table.rejected:
            parts.append(
                phrase("{count} of {all} not readable", count=_rows(table.rejected), all=_rows(table.rows_read))
            )
        if table.filtered:
            parts.append(phrase("{count} excluded by the workspace", count=_rows(table.filtered)))
        if parts:
            said.append(joined(f"{table.table}:", joined(*parts, between=", "), between=" "))
    if found.unreadable:
        names = listed(found.unreadable)
        said.append(phrases("{names} cannot be read", "{names} cannot be read", len(found.unreadable), names=names))
    return joined(*said, between="; ") if said else phrase("none")


def _rows(count: int) -> Quantity:
    return Quantity(float(count))


def _digests(digests: Digests) -> list[tuple[Word, Word]]:
    named = (
        (phrase("Digest of the data"), digests.data),
        (phrase("Digest of the definitions"), digests.definitions),
        (phrase("Digest of the targets"), digests.targets),
    )
    return [(label, digest[:SHOWN]) for label, digest in named if digest]
