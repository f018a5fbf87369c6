"""The fictitious departments 夏荷 and 冬青: the generator gives the committed files, and the hard cases are really in them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from tests.departments import dongqing, xiahe
from tests.departments.__main__ import truth_text
from tests.departments.catalogue import departments
from tests.departments.truth import truth
from zuxun_xl.book.file import FileBook

MODULES: dict[str, Any] = {"夏荷": xiahe, "冬青": dongqing}
FIRST_WORKDAYS = {date(2026, 1, 4), date(2026, 4, 1), date(2026, 7, 1), date(2026, 9, 1)}


@pytest.mark.parametrize("name", MODULES)
def it_gives_the_committed_figures(name: str) -> None:
    assert truth_text(MODULES[name]) == departments()[name].truth_path.read_text(encoding="utf-8")


def plain(value: Any) -> Any:
    """A cell as any reader gives it back: whole numbers as floats, midnight as a day."""
    if isinstance(value, datetime) and value.time() == datetime.min.time():
        return value.date()
    return float(value) if type(value) is int else value


@pytest.mark.parametrize("name", MODULES)
def it_gives_the_committed_workbook(name: str) -> None:
    module = MODULES[name]
    pages, book = module.sheets(module.department()), FileBook(departments()[name].path)
    assert book.sheet_names == tuple(pages)
    for title, page in pages.items():
        grid = book.grid(title)
        wrong = [
            (title, row, column, value, grid.value(row, column))
            for row, values in enumerate(page.rows, start=1) for column, value in enumerate(values, start=1)
            if not str(value).startswith("=") and (plain(value) or None) != (grid.value(row, column) or None)
        ]
        assert wrong == []


@pytest.mark.parametrize("name", MODULES)
def it_holds_the_hard_cases(name: str) -> None:
    own = MODULES[name].department()
    periods: Any = truth(own, 1, own.as_of.month)["periods"]
    contracts = [contract for person in own.people for contract in person.contracts]
    names = [person.name for person in own.people]
    issued = {line.policy: line for line in own.lines if not line.withdrawal}
    withdrawn = [line for line in own.lines if line.withdrawal]
    assert 1000 <= len(own.lines) <= 2000
    assert 4 <= len(own.groups) <= 7
    assert any(c.left and c.joined.replace(day=1) == c.left.replace(day=1) for c in contracts), "joined and left in one month"
    assert any(c.joined in FIRST_WORKDAYS for c in contracts), "joined on the first workday"
    assert sum(len(c.stays) > 1 for c in contracts) >= 3, "transfers"
    assert len(set(names)) < len(names), "namesakes"
    assert any(line.day.month != issued[line.policy].day.month for line in withdrawn), "withdrawn in a later month"
    assert any(line.group != issued[line.policy].group for line in withdrawn), "withdrawn in another group"
    assert any(line.person.contracts[0].left and line.day > line.person.contracts[0].left for line in withdrawn), "withdrawn after leaving"
    assert any(values["首年期交"] > values["FYP"] for figures in periods.values() for values in figures.values())
    assert all(periods["2026-Q2"][unit]["举绩人数"] <= sum(periods[f"2026-0{n}"][unit]["举绩人数"] for n in (4, 5, 6)) for unit in own.groups)
    assert periods["2026-Q2"]["全部"]["举绩人数"] < sum(periods[f"2026-0{n}"]["全部"]["举绩人数"] for n in (4, 5, 6))
    assert min(periods["2026-06"][unit]["平均人力"] for unit in own.groups) < 8
