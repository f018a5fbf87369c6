"""Print how fast we are beside the plain ways of doing the same: ``make bench``.

Every row times whole processes, start-up included, in turns with its yardstick on the same machine and interpreter.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.benches.ratios import Comparison, command, compare, table
from tests.udfs.stand_in import SET_UP

HERE = Path(__file__).parent
SAMPLE = HERE.parent / "data" / "春华营业部_2026年经营台账.xlsx"
RAW_READ = """
import sys, python_calamine
book = python_calamine.CalamineWorkbook.from_path(sys.argv[1])
for name in book.sheet_names:
    book.get_sheet_by_name(name).to_python()
"""


UDF = SET_UP + """
rows = 20_000
columns = [tuple((float(value + row % 7),) for row in range(rows)) for value in (4, 40, 42)]
call("ZX_ATTRITION", 4.0, 40.0, 42.0)
began = time.perf_counter()
call("ZX_ATTRITION", *columns)
middle = time.perf_counter()
for lost, opening, closing in zip(*columns):
    call("ZX_ATTRITION", lost[0], opening[0], closing[0])
print(middle - began, time.perf_counter() - middle)
"""
"""20,000 cells through xlwings' converters: one call of columns, then a call for each cell. COM itself, about 4 ms a call, comes on top."""


def udf_columns() -> Comparison:
    """A column in one call beside the same cells one by one."""
    pairs = [
        tuple(map(float, subprocess.run([sys.executable, "-c", UDF], capture_output=True, text=True, check=True).stdout.split()))
        for _ in range(3)
    ]
    column, cells = (statistics.median(each) for each in zip(*pairs, strict=True))
    return Comparison("ZX_ 整列2万行一次 ／ 逐格2万次", column, cells, cells / column, 50)


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
            compare("import ZX_ 函数 ／ 空解释器", command(python, "-c", "import zuxun_xl.functions.catalogue"), bare, goal=0.1, pairs=11),
            udf_columns(),
        ]
    print(table(rows))


if __name__ == "__main__":
    main()
