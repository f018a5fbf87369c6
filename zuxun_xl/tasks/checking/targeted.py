"""Reading 附表三: the columns of its periods, the target in a cell, the person of a row."""

from __future__ import annotations

from zuxun_xl.forms.form import fold
from zuxun_xl.forms.table import Table
from zuxun_xl.periods import Period
from zuxun_xl.records.model import Agent
from zuxun_xl.records.people import text_of
from zuxun_xl.tasks.ledger import Ledger
from zuxun_xl.units import MONEY_SCALES


def columns_of(table: Table) -> dict[Period, int]:
    """Period → column number."""
    return {period: column for column, period in table.extra.items() if isinstance(period, Period)}


def months_of(table: Table) -> dict[Period, int]:
    """Month → column number."""
    return {period: column for period, column in columns_of(table).items() if len(period.pieces()) == 1}


def target_of(table: Table, column: int, index: int) -> float | None:
    """The target in a cell; ``None`` for a blank or a text."""
    value = table.values[f"@{column}"][index]
    return value if isinstance(value, float) else None


def name_of(table: Table, index: int) -> str:
    """The person's name, else the code."""
    return text_of(table.column("姓名")[index]) or text_of(table.column("工号")[index])


def person_of(ledger: Ledger, table: Table, index: int) -> Agent | None:
    """The person of a row on the roster, by code or by name."""
    code, name, group = (text_of(table.column(key)[index]) for key in ("工号", "姓名", "组别"))
    return ledger.department.people.find(code, name, group)


def in_yuan(table: Table) -> bool:
    """Whether the monthly targets are FYP in 元, as title and note say."""
    return "FYP" in fold(table.title)[0] and not any(f"单位：{unit}" in table.title for unit in MONEY_SCALES if unit != "元")
