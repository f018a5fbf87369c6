"""Print how fast we are beside the plain ways of doing the same: ``make bench``.

Every row times whole processes, start-up included, in turns with its yardstick on the same machine and interpreter.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.benches.ratios import Comparison, command, compare, table

HERE = Path(__file__).parent
SAMPLE = HERE.parent / "data" / "春华营业部_2026年经营台账.xlsx"
RAW_READ = """
import sys, python_calamine
book = python_calamine.CalamineWorkbook.from_path(sys.argv[1])
for name in book.sheet_names:
    book.get_sheet_by_name(name).to_python()
"""


def main() -> None:
    """Time everything and print one table."""
    python = sys.executable
    zuxun = str(Path(python).with_name("zuxun"))
    with tempfile.TemporaryDirectory() as scratch:
        ours = command(zuxun, "run", str(SAMPLE), "--period", "2026-10", "-o", str(Path(scratch) / "ours.xlsx"))
        plain = command(python, str(HERE / "plain_script.py"), str(SAMPLE), str(Path(scratch) / "plain.xlsx"))
        raw = command(python, "-c", RAW_READ, str(SAMPLE))
        # Without the environment: an editable install adds about 10 ms to every start, ours included.
        bare = command(str(Path(python).resolve()), "-I", "-c", "pass")
        rows: list[Comparison] = [
            compare("zuxun run ／ pandas+openpyxl 脚本", ours, plain, goal=10, pairs=5),
            compare("zuxun run ／ calamine 只读全部工作表", ours, raw, goal=0.5),
            compare("zuxun --help ／ 空解释器", command(zuxun, "--help"), bare, goal=0.2, pairs=21),
        ]
    print(table(rows))


if __name__ == "__main__":
    main()
