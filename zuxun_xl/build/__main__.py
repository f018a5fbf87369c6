"""``python -m zuxun_xl.build``: rebuilds workbooks/, the sample's true figures for the tests, and the derived pages of docs/."""

from __future__ import annotations

import sys
from pathlib import Path

from zuxun_xl.build import docs, lite_code
from zuxun_xl.build.sample.__main__ import main

ROOT = Path(__file__).parents[2]

if __name__ == "__main__":
    docs.write(ROOT / "docs")
    lite_code.write(ROOT / "udfs" / "lite.py")
    sys.exit(main([str(ROOT / "workbooks"), str(ROOT / "tests" / "data")]))
