"""Settings named in a fragment, and bound into it."""

from __future__ import annotations

import pytest

from kpi_tui.sql.guard import FragmentError
from kpi_tui.sql.parameters import bind


def test_settings_are_bound_as_literals_only() -> None:
    bound = bind("days >= :limit and kind = :word", {"limit": 90, "word": "it's"})
    assert bound == "days >= 90 and kind = 'it''s'"
    assert bind("cast(x as date)::text", {}) == "cast(x as date)::text"
    with pytest.raises(FragmentError, match="unknown setting :nothing"):
        bind(":nothing", {"limit": 1})
