"""Attendance from its tables: signs under days, or rows of day, person and result."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from zuxun_xl.cells import address
from zuxun_xl.forms import records as rules
from zuxun_xl.forms.table import Table
from zuxun_xl.records.events import Reading, usable
from zuxun_xl.records.model import Attendance, Mark
from zuxun_xl.records.texts import text_of
from zuxun_xl.units import squeeze

_SIGNS: dict[Mark, str] = {
    Mark.PRESENT: "√ ✓ ✔ V 出 出勤 到 签到 1 勤 正常 已签到 全勤 到会 出席 已到 实到 是",
    Mark.LATE: "△ ▲ 迟 迟到 L 晚 晚到 早退 迟到早退",
    Mark.LEAVE: "○ 〇 ◯ O 假 请假 事 病 事假 病假 休 公假 年假 产假 婚假 丧假 公出 外出 调休",
    Mark.ABSENT: "× ✗ ✘ X ╳ 旷 旷工 缺 缺勤 0 旷课 旷会 缺席 未到 未签到 未出勤 否",
}
_MARKS = {sign: mark for mark, signs in _SIGNS.items() for sign in signs.split()}
_EXPLAINED: dict[Mark, str] = {
    Mark.PRESENT: "出勤 正常 签到 出席 到会", Mark.LATE: "迟到", Mark.LEAVE: "请假 事假 病假", Mark.ABSENT: "缺勤 旷工 缺席 旷课 旷会 未到",
}
_MEANINGS = {word: mark for mark, words in _EXPLAINED.items() for word in words.split()}
_WORDS = "|".join(_MEANINGS)
_LEGEND = re.compile(rf"([^\s\w,，、;；:：=()（）/]|[出迟假旷缺事病到勤])[=:：为\-—]?\s*({_WORDS})")
_LETTERS = re.compile(rf"(?<![A-Za-z0-9])([A-Za-z0-9])\s*[=:：为\-—＝]\s*({_WORDS})")
_NO_MARKS = frozenset({"", "-", "—", "/", "\\", "休", "未入司", "离司", "已离司", "未上岗"})


def attendance_of(tables: Sequence[Table], reading: Reading) -> list[Attendance]:
    """Attendance signs by agent and day; the legend of the table goes before the usual signs."""
    return [item for table in tables for item in (_by_row(table, reading) if table.has("结果") else _by_day(table, reading))]


def _by_day(table: Table, reading: Reading) -> Iterator[Attendance]:
    marks = {**_MARKS, **legend(table.title)}
    days = [(column, day, table.values[f"@{column}"]) for column, day in table.extra.items() if isinstance(day, date)]
    for index, row in enumerate(table.rows):
        found = reading.known(table, index, days[-1][1]) if days else None
        if found is None:
            continue
        agent = found[0]
        for column, day, signs in days:
            sign = text_of(signs[index]).upper()
            if sign in marks:
                yield Attendance(day, agent.code, agent.group_on(day), marks[sign])
            elif sign not in _NO_MARKS:
                reading.findings.append(rules.ODD_MARK.at(table.sheet, address(row, column), mark=sign))


def _by_row(table: Table, reading: Reading) -> Iterator[Attendance]:
    marks: Mapping[str, Mark] = {**_MARKS, **legend(table.title)}
    for index in usable(table, reading, ("日期",), ()):
        day = table.column("日期")[index]
        found = reading.known(table, index, day)
        sign = text_of(table.column("结果")[index]).upper()
        if found is not None and sign in marks:
            yield Attendance(day, found[0].code, found[1], marks[sign])
        elif found is not None and sign not in _NO_MARKS:
            reading.note(rules.ODD_MARK, table, index, "结果", mark=sign)


def legend(title: str) -> dict[str, Mark]:
    """Signs that a title explains, e.g. ``√出勤 △迟到 ○请假 ×缺勤`` or ``A=出勤 B=迟到``."""
    return {squeeze(sign).upper(): _MEANINGS[meaning] for pattern in (_LEGEND, _LETTERS) for sign, meaning in pattern.findall(title)}
