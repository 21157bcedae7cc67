"""How often the first-named link is the right one, beside two naive rules, on chains with a known culprit.

python benchmarks/weak_link.py [CHAINS PER CULPRIT, default 10]
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "unit" / "chain"))

from made_chains import CULPRITS, lowest_rate, made, named


def main() -> None:
    """Print the table."""
    each = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    print(f"| culprit | chains | kpi-tui | lowest attainment | lowest rate |\n{'|---' * 5}|")
    total = [0, 0, 0]
    for culprit in CULPRITS:
        right = [0, 0, 0]
        for seed in range(each):
            chain = made(culprit, seed)
            card, link, _cause = named(chain)
            for place, said in enumerate((link, card.weak.lowest, lowest_rate(card))):
                right[place] += said == chain.truth
        total = [a + b for a, b in zip(total, right, strict=True)]
        print(f"| {culprit} | {each} | {right[0]} | {right[1]} | {right[2]} |")
    print(f"| all | {each * len(CULPRITS)} | {total[0]} | {total[1]} | {total[2]} |")


if __name__ == "__main__":
    main()
