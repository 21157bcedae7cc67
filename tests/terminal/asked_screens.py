"""The definitions of `tests.faults.asked_definitions` in the app: `python -m tests.terminal.asked_screens [NUMBER …]`.

Every screen is opened, the page, the funnel and the metric of the attack are looked for and asked. The app must answer,
or say why not, within `MOST_SECONDS` of each question; it must live, end with q, and no text of a definition may reach
the terminal as a control sequence.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.faults.asked_definitions import MOST_MEMORY, attacks, shop_of
from tests.terminal.bombs import memory
from tests.terminal.terminal import Terminal

MOST_SECONDS = 10.0
_OPENED = 90.0
QUESTIONS: tuple[tuple[bytes, ...], ...] = (
    (b"1",),
    (b"2",),
    (b"3", b"/", b"own", b"\r", b"\r"),
    (b"r",),
    (b"\x1b", b"4"),
    (b"5", b"c", b"own", b"\r"),
    (b"6",),
    (b"7",),
    (b"8", b"c", b"own", b"\r"),
    (b"d",),
    (b"\x1b", b"1"),
)
"""What is typed, key after key; each is a question of its own."""
FORBIDDEN = ("\x1b]0;t", "\x1b]52;", "\x9b", "\u202e", "\u2066", "\x08", "Traceback")


def wrong(attack: tuple[str, str, str, str], patience: float = MOST_SECONDS) -> Iterator[str]:
    """What is not as promised."""
    name, condition, text, told = attack
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
        root = shop_of(Path(place), condition, text, told)
        code = "from kpi_tui.cli import main; main()"
        terminal = Terminal("-c", code, "-w", str(root), "--lang", "en", home=Path(place), size=(120, 40))
        most: dict[str, int] = {}
        try:
            terminal.wait_for("1 Scorecard", _OPENED)
            settled(terminal, _OPENED)
            for keys in QUESTIONS:
                for key in keys:
                    terminal.type(key)
                    terminal.read(1.2 if key == b"\x1b" else 0.3)
                took = settled(terminal, patience + 20)
                if took > patience:
                    yield f"{name}: {keys!r} took {took:.0f} s"
                memory(terminal, most)
            yield from (f"{name}: {who}: {peak >> 20} MB" for who, peak in most.items() if peak > MOST_MEMORY)
            shown = terminal.raw.decode("utf-8", "replace")
            yield from (f"{name}: {one!r} on the screen" for one in FORBIDDEN if one in shown)
            terminal.type(b"\x1b")
            terminal.read(1.2)
            terminal.type(b"q")
            if (ended := terminal.end()) or not terminal.is_restored():
                yield f"{name}: it ended with {ended}, terminal restored: {terminal.is_restored()}"
        except (AssertionError, OSError) as error:
            yield f"{name}: {str(error)[:900]}"
        finally:
            terminal.close()


def settled(terminal: Terminal, seconds: float) -> float:
    """Until nothing is said to be computed any more: how long that took."""
    began = answered = time.monotonic()
    while time.monotonic() - began < seconds and time.monotonic() - answered < 0.8:
        terminal.read(0.2)
        if "Esc stops" in terminal.text or "being computed" in terminal.text:
            answered = time.monotonic()
    return answered - began


def main(arguments: Sequence[str]) -> int:
    """The number of faults."""
    chosen = [one for n, one in enumerate(attacks()) if not arguments or str(n) in arguments]
    bad = 0
    for attack in chosen:
        found = list(wrong(attack))
        bad += len(found)
        print(f"{attack[0]}: {len(QUESTIONS)} asked, {len(found)} wrong", *found, sep="\n    ", flush=True)
    print(f"{len(chosen)} attacks, {len(chosen) * len(QUESTIONS)} questions, {bad} wrong")
    return min(bad, 100)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
