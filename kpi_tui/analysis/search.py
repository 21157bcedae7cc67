"""Find metrics by a few typed letters, in ids, names of both languages and what people also call them (R167)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from kpi_tui.definitions.library.metric import Metric
from kpi_tui.definitions.names import nearest

_NO_MATCH = 99


def search(query: str, metrics: Iterable[Metric]) -> list[Metric]:
    """Metrics whose id or name holds every typed word, best match first; what is called just so stands above all.

    When none does, letters may be left out (`rtn` finds retention) or mistyped.
    """
    candidates = list(metrics)
    whole = " ".join(_plain(query).split())
    words = whole.split()
    if not words:
        return candidates
    for judge in (_holds, _skips, _resembles):
        ranked = [(max(judge(word, metric) for word in words), place) for place, metric in enumerate(candidates)]
        called = [whole in _texts(metric) for metric in candidates]
        found = sorted((-1 if called[place] else rank, place) for rank, place in ranked if rank < _NO_MATCH)
        if found:
            return [candidates[place] for _, place in found]
    return []


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().replace("_", " ").strip()


def _texts(metric: Metric) -> tuple[str, ...]:
    return tuple(_plain(text) for text in (metric.id, metric.name.en, metric.name.zh, *metric.words) if text)


def _holds(word: str, metric: Metric) -> int:
    """0 the whole name, 1 its beginning, 2 the beginning of a word, 3 anywhere inside."""
    return min((_place(word, text) for text in _texts(metric)), default=_NO_MATCH)


def _place(word: str, text: str) -> int:
    if word == text:
        return 0
    if text.startswith(word):
        return 1
    if f" {word}" in text or f"({word}" in text:
        return 2
    return 3 if word in text else _NO_MATCH


def _skips(word: str, metric: Metric) -> int:
    """The letters of the word in their order, each the next one found."""
    return 4 if any(_in_order(word, text) for text in _texts(metric)) else _NO_MATCH


def _in_order(word: str, text: str) -> bool:
    letters = iter(text)
    return all(letter in letters for letter in word)


def _resembles(word: str, metric: Metric) -> int:
    """A word of the name that differs by a slip of the finger."""
    parts = [part for text in _texts(metric) for part in text.split()]
    return 5 if nearest(word, parts, cutoff=0.75) else _NO_MATCH
