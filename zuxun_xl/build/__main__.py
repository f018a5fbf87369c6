"""``python -m zuxun_xl.build``: rebuilds everything under workbooks/ (and the sample's true figures for the tests)."""

from __future__ import annotations

import sys
from pathlib import Path

from zuxun_xl.build.sample.__main__ import main

ROOT = Path(__file__).parents[2]

if __name__ == "__main__":
    sys.exit(main([str(ROOT / "workbooks"), str(ROOT / "tests" / "data")]))
