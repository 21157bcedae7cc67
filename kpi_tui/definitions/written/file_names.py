"""What files are called beside each other: by their names, and by their folder where several have one name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path


def names_beside(paths: Iterable[Path]) -> dict[Path, str]:
    """Each file by its name; of several of one name with its folders, as many as tell them apart."""
    files = list(dict.fromkeys(paths))
    found = {path: path.name for path in files}
    for deep in range(2, max((len(path.parts) for path in files), default=0) + 1):
        times = Counter(found.values())
        if max(times.values()) == 1:
            break
        found |= {path: "/".join(path.parts[-deep:]) for path in files if times[found[path]] > 1}
    return found


def name_beside(one: Path, other: Path) -> str:
    """What the one is called where the other stands too."""
    return names_beside((one, other))[one]
