"""Fixtures of the tasks' tests: the sample ledgers, opened once, filled once, and as a house whose tables can be restyled."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from tests.tasks.restyle import House, house_of
from zuxun_xl.book.file import FileBook
from zuxun_xl.periods import Period, parse_period
from zuxun_xl.tasks.ledger import Ledger
from zuxun_xl.tasks.run import Outcome, run
from zuxun_xl.workbooks import sample_path as shipped_path


@pytest.fixture(scope="session")
def sample_house(sample_path: Path) -> House:
    """The sample's sheets in memory; copy it before changing anything."""
    return house_of(sample_path)


@pytest.fixture(scope="session")
def ledger(sample_path: Path) -> Ledger:
    """The department 春华."""
    return Ledger(FileBook(sample_path))


@pytest.fixture(scope="session")
def october() -> Period:
    return parse_period("2026-10")


@pytest.fixture(scope="session")
def outcome(ledger: Ledger, october: Period) -> Outcome:
    """The whole job on 春华 for October."""
    return run(ledger, october)


@pytest.fixture(scope="session")
def filled_path(ledger: Ledger, outcome: Outcome, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The filled workbook of 春华."""
    book: Any = ledger.book
    return Path(book.save(outcome.changes, tmp_path_factory.mktemp("filled") / "结果.xlsx"))


@pytest.fixture(scope="session")
def filled(filled_path: Path) -> dict[str, list[list[Any]]]:
    """Values of the filled workbook by sheet, read by calamine alone."""
    workbook = CalamineWorkbook.from_path(str(filled_path))
    return {name: workbook.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in workbook.sheet_names}


@pytest.fixture(scope="session")
def shipped() -> Ledger:
    """The department 秋实, in another house style, in the middle of a month."""
    return Ledger(FileBook(shipped_path()))
