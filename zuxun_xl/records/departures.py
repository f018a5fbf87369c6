"""Leave dates from a register of leavers (离司登记) that states no day of joining: it completes the roster, it is no part of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from zuxun_xl.findings import Finding
from zuxun_xl.forms import records as rules
from zuxun_xl.forms.table import Table
from zuxun_xl.records.texts import code_of, text_of

_LEFT = "离司日期"


def adopt_departures(rosters: Sequence[Table], registers: Sequence[Table]) -> Iterator[Finding]:
    """Writes the leave dates of the registers into roster rows without one; who is on no roster becomes a finding."""
    for register in registers:
        for index, left in enumerate(register.column(_LEFT)):
            code, name = code_of(register.column("工号")[index]), text_of(register.column("姓名")[index])
            places = [(roster, row) for roster in rosters for row in _rows(roster, code, name)]
            if not places:
                key = "工号" if code else "姓名"
                yield rules.UNKNOWN_AGENT.at(register.sheet, register.cell(index, key), code=code or name)
            elif left is not None and all(roster.column(_LEFT)[row] is None for roster, row in places):
                roster, row = places[-1]
                roster.values[_LEFT] = [left if place == row else value for place, value in enumerate(roster.column(_LEFT))]


def _rows(roster: Table, code: str, name: str) -> list[int]:
    """Rows of a person: by code, without one by name."""
    key, wanted = ("工号", code) if code else ("姓名", name)
    return [row for row, value in enumerate(roster.column(key)) if wanted and code_of(value).lstrip("0") == code_of(wanted).lstrip("0")]
