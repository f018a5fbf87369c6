"""The oracle itself: it must see values, errors and truth values as a spreadsheet program does."""

from __future__ import annotations

import os
import signal
import time
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from tests.oracle.client import Oracle, OracleError

pytestmark = pytest.mark.libreoffice

STALE = 7
CASES = [
    ("=1+2", 3.0),
    ("=1/0", "#DIV/0!"),
    ("=NA()", "#N/A"),
    ('="a"+1', "#VALUE!"),
    ("=EXP(1000)", "#NUM!"),
    ("=#REF!+1", "#REF!"),
    ("=NO_SUCH_FUNCTION(1)", "#NAME?"),
    ("=2>1", True),
    ("=NOT(TRUE)", False),
    ("=3-2", 1.0),
    ('="中"&"文"', "中文"),
    ('=""', ""),
    ("=ROUND(2.675,2)", 2.68),
]


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small workbook whose stored formula values are all wrong."""
    path = tmp_path_factory.mktemp("oracle") / "小表.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("公式")
        for row, (formula, _) in enumerate(CASES):
            sheet.write_formula(row, 0, formula, None, STALE)
        constants = workbook.add_worksheet("常数")
        constants.write_row("B2", [1, 0, "文本", True, False, "", None])
        constants.write_datetime("B3", date(2026, 10, 31), workbook.add_format({"num_format": "yyyy-mm-dd"}))
    return path


def it_recalculates_every_formula(libreoffice: Oracle, book: Path) -> None:
    values = libreoffice.values(book)["公式"]
    assert [values[f"A{row}"] for row in range(1, len(CASES) + 1)] == [expected for _, expected in CASES]
    assert [type(values[f"A{row}"]) for row in (8, 9, 10)] == [bool, bool, float]


def it_shows_stored_values_when_told_not_to_recalculate(libreoffice: Oracle, book: Path) -> None:
    values = libreoffice.values(book, recalculate=False)["公式"]
    assert values["A1"] == STALE


def it_tells_numbers_texts_truth_values_and_blanks_apart(libreoffice: Oracle, book: Path) -> None:
    values = libreoffice.values(book)["常数"]
    assert values == {"B2": 1.0, "C2": 0.0, "D2": "文本", "E2": True, "F2": False, "B3": 46326.0}
    assert [type(values[cell]) for cell in ("B2", "C2", "E2", "F2")] == [float, float, bool, bool]


def it_leaves_the_file_alone(libreoffice: Oracle, book: Path) -> None:
    before = book.read_bytes()
    libreoffice.values(book)
    assert book.read_bytes() == before
    assert [path.name for path in book.parent.iterdir()] == [book.name]


def it_refuses_what_is_no_workbook(libreoffice: Oracle, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        libreoffice.values(tmp_path / "没有.xlsx")
    broken = tmp_path / "坏.xlsx"
    broken.write_bytes(b"PK\x03\x04 no zip")
    with pytest.raises(OracleError):
        libreoffice.values(broken)


def it_prints_pages(libreoffice: Oracle, book: Path, tmp_path: Path) -> None:
    assert libreoffice.pdf(book, tmp_path / "书.pdf").read_bytes().startswith(b"%PDF")
    assert libreoffice.png(book, tmp_path)[0].read_bytes().startswith(b"\x89PNG")


def it_reads_the_sample_ledger(libreoffice: Oracle, sample_path: Path) -> None:
    values = libreoffice.values(sample_path)
    assert values["花名册"]["C4"] == "钱永瑶"
    assert values["附表一"]["D7"] == 11 + 9 + 10


@pytest.mark.usefixtures("libreoffice")
def it_leaves_no_orphan_and_starts_again_after_a_death(book: Path) -> None:
    with Oracle() as oracle:
        oracle.values(book)
        assert oracle._worker is not None
        worker = oracle._worker.pid
        children = Path(f"/proc/{worker}/task/{worker}/children").read_text(encoding="ascii").split()
        os.kill(worker, signal.SIGKILL)
        assert children
        assert _gone_within(5, [int(child) for child in children])
        with pytest.raises(OracleError):
            oracle.values(book)
        assert oracle.values(book)["公式"]["A1"] == CASES[0][1]


def _gone_within(seconds: float, processes: list[int]) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if not any(_alive(process) for process in processes):
            return True
        time.sleep(0.05)
    return False


def _alive(process: int) -> bool:
    """Whether it still runs; a zombie that nobody collects is dead."""
    try:
        return Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
