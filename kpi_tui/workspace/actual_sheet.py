"""A sheet of hand-kept numbers: CSV with the columns week, link, numerator and denominator."""

from __future__ import annotations

import csv
import io
import math
from dataclasses import dataclass
from pathlib import Path

from kpi_tui.definitions.chain import Chain
from kpi_tui.definitions.issue import Issue, Severity, UsageError
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


def read_rows(path: Path, chain: Chain) -> list[SheetRow]:
    """Every row; UsageError carries an issue per bad row, and then nothing is taken over."""
    reader = csv.DictReader(io.StringIO(_text(path), newline=""), restkey="(more)")
    missing = [name for name in COLUMNS[:3] if name not in (reader.fieldnames or ())]
    if missing:
        raise UsageError(f"{path.name}: the column {missing[0]!r} is missing; write {', '.join(COLUMNS)}")
    rows: list[SheetRow] = []
    issues: list[Issue] = []
    for cells in reader:
        try:
            rows.append(_row(cells, chain))
        except ValueError as error:
            issues.append(Issue(Severity.ERROR, str(error), "correct the row", path.name, reader.line_num))
    if issues:
        more = f" (and {len(issues) - 1} more)" if len(issues) > 1 else ""
        first = issues[0]
        raise UsageError(
            f"{first.file}, row {first.line}: {first.message}{more}; nothing was taken over", tuple(issues)
        )
    return rows


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise UsageError(f"{path.name} is larger than {MAX_BYTES // 1024 // 1024} MB")
        raw = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror or error}") from error
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            return raw.decode("gb18030")
        except UnicodeDecodeError:
            raise UsageError(f"{path.name} is neither UTF-8 nor GB18030; save it as UTF-8") from None


def _row(cells: dict[str, str | None], chain: Chain) -> SheetRow:
    said = (cells.get("link") or "").strip()
    link = chain.link(said)
    if link is None:
        raise ValueError(f"unknown link {said!r}; known: {', '.join(known.id for known in chain.links)}")
    period = Period.parse(cells.get("week") or "")
    below = (cells.get("denominator") or "").strip()
    numerator = _number("numerator", cells.get("numerator") or "")
    return SheetRow(period.id, link.id, numerator, _number("denominator", below) if below else None)


def _number(name: str, text: str) -> float:
    try:
        value = float(text.strip().replace(",", ""))
    except ValueError:
        raise ValueError(f"{name} {text!r} is no number") from None
    if not math.isfinite(value) or value < 0:
        raise ValueError(f"{name} {text!r} is no count")
    return value
