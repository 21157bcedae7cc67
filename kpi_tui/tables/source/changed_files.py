"""What a prepared table was made from, as one short text: the key of the result cache."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

from kpi_tui.definitions.library.table import TableSource
from kpi_tui.sql.parameters import parameters
from kpi_tui.tables.source.files import of_each, resolve, unreadable_told


def fingerprint(
    source: TableSource, data: Path, roots: Sequence[Path] = (), settings: Mapping[str, object] | None = None
) -> str:
    """sha256 over the files' paths, sizes and times, the source's definition and its settings; reads no row."""
    named = parameters(" ".join((source.where, *source.columns.values())))
    said = [
        *(source.id, source.format, source.encoding, source.delimiter, source.sheet, source.timezone),
        *source.header,
        *(source.where, *source.group_by, str(source.distinct), source.complete_until, source.currency),
        *source.latest_by,
        *([repr(source.reading)] if source.reading.looks_above else []),
        f"currency of {source.currency_column}",
        *(f"{name}={sql}" for name, sql in source.columns.items()),
        *(f"{name}:{kind}" for name, kind in source.types.items()),
        *(f"{name} money: {said}" for name, said in source.money.items()),
        *(f":{name}={(settings or {}).get(name)!r}" for name in named),
        *(f"{name} is {', '.join(words)}" for name, words in source.words.items()),
    ]
    for name, join in source.joins.items():
        said.append(f"{name} on {join.on}: {fingerprint(join.source, data, roots, settings)}")
    said += of_each(source, lambda part: fingerprint(part, data, roots, settings)).values()
    for path in () if source.sources else resolve(source, data, roots):
        with unreadable_told(source, path):
            stat = path.stat()
        said.append(f"{path}\x00{stat.st_size}\x00{stat.st_mtime_ns}")
    return hashlib.sha256("\x01".join(said).encode()).hexdigest()
