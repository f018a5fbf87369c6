"""The tasks on departments in unseen house styles: no error where nothing is wrong, one run is enough, problems as they really are."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.departments.catalogue import departments, period_of
from zuxun_xl.book.file import FileBook
from zuxun_xl.findings import Level
from zuxun_xl.periods import parse_period
from zuxun_xl.tasks.check import check
from zuxun_xl.tasks.diagnose import diagnose
from zuxun_xl.tasks.ledger import Ledger
from zuxun_xl.tasks.run import run

NEW = ("夏荷", "冬青")
STAGES = [(name, key) for name in NEW for key in departments()[name].truth["lookup"]]


@pytest.mark.parametrize("name", NEW)
def it_raises_no_error_and_no_doubt_where_nothing_is_wrong(name: str) -> None:
    found = [f"{f.code} {f.sheet}!{f.cell} {f.message}" for f in check(departments()[name].ledger) if f.level is not Level.NOTE]
    assert found == []


@pytest.mark.parametrize("name", NEW)
def it_changes_nothing_the_second_time(name: str, tmp_path: Path) -> None:
    ledger = departments()[name].ledger
    period = parse_period(f"{ledger.as_of:%Y-%m}")
    first = run(ledger, period)
    book: Any = ledger.book
    again = Ledger(FileBook(book.save(first.changes, tmp_path / "结果.xlsx")))
    assert "诊断表" in again.book.sheet_names
    assert not run(again, period).changes


@pytest.mark.parametrize(("name", "key"), STAGES)
def it_judges_the_five_problems_on_the_ratios_of_the_simulation(name: str, key: str) -> None:
    known = departments()[name]
    for entry in diagnose(known.ledger, period_of(key)):
        evidence = known.truth["lookup"][key][entry.group][entry.problem.name]
        assert entry.value == pytest.approx(evidence["实际"], abs=1e-6)
        assert entry.plan == pytest.approx(evidence["计划"], abs=1e-6)
        assert entry.peers == pytest.approx(evidence["其余各组合并"], abs=1e-6)
        adverse = {test.name: test.adverse for test in entry.verdict.tests}
        assert (adverse.get("计划"), adverse.get("同业")) == (evidence["计划法触发"], evidence["同业法触发"])
