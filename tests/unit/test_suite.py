"""The quick half of the tests is what its list says, and the long run has more of each kind, not other kinds."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from tests.conftest import PROJECT, SLOW, left_to_the_long_run


def test_every_slow_place_is_there() -> None:
    """A file that was renamed would silently come back into `scripts/test --quick`: give it its new name in SLOW."""
    assert [place for place in SLOW if not (PROJECT / place).exists()] == []


def test_of_a_sampled_test_the_cases_kept_run_and_a_case_asked_for_by_itself() -> None:
    def cases(*names: str, **keep: tuple[int, ...]) -> list[SimpleNamespace]:
        mark = pytest.mark.sampled(3, **keep).mark
        return [SimpleNamespace(nodeid=f"a.py::test[{name}]", get_closest_marker=lambda _: mark) for name in names]

    def left(items: list[SimpleNamespace]) -> list[str]:
        return [item.nodeid for item in left_to_the_long_run(items)]  # type: ignore[arg-type]

    assert left(cases("0", "1", "2", "3")) == ["a.py::test[1]", "a.py::test[2]"]
    assert left(cases("0", "1", "2", keep=(0, 2))) == ["a.py::test[1]"]
    assert left(cases("2")) == []
    assert left([SimpleNamespace(nodeid="a.py::other", get_closest_marker=lambda _: None)]) == []
