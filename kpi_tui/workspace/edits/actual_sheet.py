"""A sheet of hand-kept numbers: CSV with the columns week, link, numerator and denominator."""

from __future__ import annotations

import csv
import io
import math
from dataclasses import dataclass
from pathlib import Path

from kpi_tui.definitions.calendar import Calendar
from kpi_tui.definitions.issue import Issue, Severity, UsageError
from kpi_tui.definitions.library.chain import Chain
from kpi_tui.definitions.message import listed, say
from kpi_tui.definitions.period import Period

COLUMNS = ("week", "link", "numerator", "denominator")
MAX_BYTES = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One typed row."""

    period: str
    link: str
    numerator: float
    denominator: float | None


def read_rows(path: Path, chain: Chain, calendar: Calendar) -> list[SheetRow]:
    """Every row; UsageError carries an issue per bad row, and then nothing is taken over."""
    reader = csv.DictReader(io.StringIO(_text(path), newline=""), restkey="(more)")
    missing = [name for name in COLUMNS[:3] if name not in (reader.fieldnames or ())]
    if missing:
        raise UsageError(
            say(
                "{path}: the column {column!r} is missing; write {names}",
                path=path.name,
                column=missing[0],
                names=listed(COLUMNS),
            )
        )
    rows: list[SheetRow] = []
    issues: list[Issue] = []
    for cells in reader:
        try:
            rows.append(_row(cells, chain, calendar))
        except ValueError as error:
            issues.append(Issue(Severity.ERROR, str(error), say("correct the row"), path.name, reader.line_num))
    if issues:
        more = say(" (and {count} more)", count=len(issues) - 1) if len(issues) > 1 else ""
        first = issues[0]
        raise UsageError(
            say(
                "{file}, row {line}: {message}{more}; nothing was taken over",
                file=first.file,
                line=first.line,
                message=first.message,
                more=more,
            ),
            tuple(issues),
        )
    return rows


def is_chain_sheet(path: Path) -> bool:
    """Whether a file is such a sheet: its first line names the columns."""
    if path.suffix.lower() in (".xlsx", ".xlsm"):
        return False
    first = next(iter(csv.reader(io.StringIO(_text(path), newline=""))), [])
    return set(COLUMNS[:3]) <= set(first)


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise UsageError(say("{path} is larger than {most} MB", path=path.name, most=MAX_BYTES // 1024 // 1024))
        raw = path.read_bytes()
    except OSError as error:
        raise UsageError(say("{path}: {why}", path=path, why=error.strerror or error)) from error
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            return raw.decode("gb18030")
        except UnicodeDecodeError:
            raise UsageError(say("{path} is neither UTF-8 nor GB18030; save it as UTF-8", path=path.name)) from None


def _row(cells: dict[str, str | None], chain: Chain, calendar: Calendar) -> SheetRow:
    said = (cells.get("link") or "").strip()
    link = chain.link(said)
    if link is None:
        raise ValueError(
            say("unknown link {name!r}; known: {names}", name=said, names=listed(known.id for known in chain.links))
        )
    period = Period.parse(cells.get("week") or "", calendar)
    below = (cells.get("denominator") or "").strip()
    numerator = _number("numerator", cells.get("numerator") or "")
    return SheetRow(period.id, link.id, numerator, _number("denominator", below) if below else None)


def _number(name: str, text: str) -> float:
    try:
        value = float(text.strip().replace(",", ""))
    except ValueError:
        raise ValueError(say("{name} {text!r} is no number", name=name, text=text)) from None
    if not math.isfinite(value) or value < 0:
        raise ValueError(say("{name} {text!r} is no count", name=name, text=text))
    return value
