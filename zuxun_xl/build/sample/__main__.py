"""Rebuild the sample workbook and its truth: `python -m zuxun_xl.build.sample workbooks/ tests/data/`."""

from __future__ import annotations

import sys
from pathlib import Path

from zuxun_xl.build.sample.profiles import DEPARTMENT
from zuxun_xl.build.sample.truth.document import truth_text
from zuxun_xl.build.sample.workbook import FILE_NAME, workbook_bytes

_FOLDERS = 2


def main(arguments: list[str]) -> int:
    """Write both files into the two folders and return the exit code."""
    if len(arguments) != _FOLDERS:
        sys.stderr.write("用法：python -m zuxun_xl.build.sample 工作簿文件夹 真值文件夹\n")
        return 2
    books, data = (Path(argument) for argument in arguments)
    for folder in (books, data):
        folder.mkdir(parents=True, exist_ok=True)
    (books / FILE_NAME).write_bytes(workbook_bytes())
    (data / f"{DEPARTMENT}_truth.json").write_bytes(truth_text().encode())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
