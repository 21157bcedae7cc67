"""A sentence of the core that counts has a form for one and a form for several, in every language."""

from __future__ import annotations

import json
import pickle
import re

import pytest
from babel.messages.pofile import read_po

from kpi_tui.definitions.message import from_plain, say, says, to_plain
from kpi_tui.text.i18n import locale_folder, speaking, told

ROWS = ("{count} row left out ({reason})", "{count} rows left out ({reason})")


@pytest.mark.parametrize(("count", "right"), [(0, "0 rows left out"), (1, "1 row left out"), (2, "2 rows left out")])
def test_the_count_chooses(count: int, right: str) -> None:
    message = says(*ROWS, count, reason="odd")
    assert message == told(message) == f"{right} (odd)"
    with speaking("zh"):
        assert str(count) in told(message)
        assert "rows" not in told(message)


def test_it_stays_what_it_is_in_the_cache_and_in_another_process() -> None:
    for message in (says(*ROWS, 1, reason=say("odd")), says(*ROWS, 3, reason=say("odd"))):
        for same in (from_plain(json.loads(json.dumps(to_plain(message)))), pickle.loads(pickle.dumps(message))):
            assert (str(same), same.template, same.many, same.number) == (message, *ROWS, message.number)


def test_another_number_may_decide() -> None:
    said = says("{count} of {rows} row", "{count} of {rows} rows", 1, count=0, rows=1)
    assert said == "0 of 1 row"
    assert said.with_values({"count": 1, "rows": 1}) == "1 of 1 row"


def test_no_text_that_counts_rows_has_one_form_only() -> None:
    """Of the catalogue: `{count} rows` must know how to say `1 row`."""
    with (locale_folder() / "en" / "LC_MESSAGES" / "kpi_tui.po").open("rb") as file:
        texts = [message.id for message in read_po(file)]
    counted = re.compile(r"\{\w+(:[^}]*)?\} (rows|ids|days|cells|stamps|links|lines|edits|errors|baskets|users)\b")
    assert len(texts) > 1000
    assert not [text for text in texts if isinstance(text, str) and counted.search(text)]
