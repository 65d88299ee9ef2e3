"""What `earmark parse` reads of each saved page that has a truth beside it, platform by platform.

The pages are kept outside this repository, in a folder named by EARMARK_REAL_PAGES.
"""

from __future__ import annotations

import os
from pathlib import Path

from saved_truth import readings

REAL = Path(os.environ.get("EARMARK_REAL_PAGES") or Path(__file__).parents[2] / "shared" / "pages")


def main() -> None:
    head = f"{'page':24} {'platform':12} {'true':>5} {'read':>5}"
    print(f"{head} {'recall':>7} {'prec.':>6} {'times':>7}")
    for one in readings(REAL) if REAL.is_dir() else ():
        shares = f"{one.right / one.true:7.2f} {one.right / max(one.read, 1):6.2f}"
        times = f"{one.times}/{one.dated}"
        print(f"{one.page:24} {one.platform:12} {one.true:5} {one.read:5} {shares} {times:>7}")


if __name__ == "__main__":
    main()
