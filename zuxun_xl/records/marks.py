"""Attendance from its tables: signs under days, or rows of day, person and result."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from zuxun_xl.cells import address
from zuxun_xl.forms import records as rules
from zuxun_xl.forms.table import Table
from zuxun_xl.records.doubts import doubt_days, doubt_twins
from zuxun_xl.records.model import Agent, Attendance, Mark
from zuxun_xl.records.reading import Reading, usable
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
_SIGN = (
    r"[^\s\w，,、;；:：=()（）/|。.·\"'“”‘’【】\[\]<>《》—\-＝!！?？]", "〇",
    r"(?<![A-Za-z0-9])[A-Za-z0-9](?![A-Za-z0-9])", r"(?<![一-鿿])[出迟假旷缺事病到勤]",
)
_TOKEN = re.compile(rf"(?P<word>{'|'.join(sorted(_MEANINGS, key=len, reverse=True))})|(?P<sign>{'|'.join(_SIGN)})")
_GAP = re.compile(r"\s*[=:：为\-—＝]?\s*[，,、;；|]?\s*")
"""What may stand between two tokens of one legend."""
_LINK = re.compile(r"\s*[=:：为\-—＝]\s*")
_CELLS = re.compile(r"\s{2,}|\n")
NO_MARKS = frozenset({"", "-", "—", "/", "\\", "休", "未入司", "离司", "已离司", "未上岗"})
"""What stands for no mark at all."""


@dataclass(slots=True)
class _Marks:
    """Where findings go, and who is known already to have marks after leaving."""

    reading: Reading
    late: set[str] = field(default_factory=set)

    def check(self, agent: Agent, day: date, sheet: str, cell: str) -> None:
        """Lists the first mark after an agent's leave date."""
        left = agent.contract_on(day).left
        if left is not None and day > left and agent.code not in self.late:
            self.late.add(agent.code)
            self.reading.findings.append(
                rules.MARKED_AFTER_LEAVING.at(sheet, cell, name=agent.name, code=agent.code, left=left, day=day)
            )


def attendance_of(tables: Sequence[Table], reading: Reading) -> list[Attendance]:
    """Attendance signs by agent and day; the legend of the table goes before the usual signs. Marks after leaving are kept and listed."""
    marks = _Marks(reading)
    return [item for table in tables for item in (_by_row(table, marks) if table.has("结果") else _by_day(table, marks))]


def _by_day(table: Table, marks: _Marks) -> Iterator[Attendance]:
    meanings, reading = {**_MARKS, **legend(table.title)}, marks.reading
    days = sorted((day, column, table.values[f"@{column}"]) for column, day in table.extra.items() if isinstance(day, date))
    for index, row in enumerate(table.rows):
        found = reading.known(table, index, days[-1][0]) if days else None
        if found is None:
            continue
        agent = found[0]
        for day, column, signs in days:
            sign = text_of(signs[index]).upper()
            if sign in meanings:
                marks.check(agent, day, table.sheet, address(row, column))
                yield Attendance(day, agent.code, agent.group_on(day), meanings[sign])
            elif sign not in NO_MARKS:
                reading.findings.append(rules.ODD_MARK.at(table.sheet, address(row, column), mark=sign))


def _by_row(table: Table, marks: _Marks) -> Iterator[Attendance]:
    meanings, reading = {**_MARKS, **legend(table.title)}, marks.reading
    doubt_days(table, "日期", reading)
    doubt_twins(table, "日期", list(zip(*(table.column(key) for key in ("日期", "工号", "姓名", "组别")), strict=True)), reading)
    for index in usable(table, reading, ("日期",), ()):
        day = table.column("日期")[index]
        found = reading.known(table, index, day)
        sign = text_of(table.column("结果")[index]).upper()
        if found is not None and sign in meanings:
            marks.check(found[0], day, table.sheet, table.cell(index, "结果"))
            yield Attendance(day, found[0].code, found[1], meanings[sign])
        elif found is not None and sign not in NO_MARKS:
            reading.note(rules.ODD_MARK, table, index, "结果", mark=sign)


def legend(title: str) -> dict[str, Mark]:
    """Signs that a title explains: ``√出勤 △迟到``, ``A=出勤 B=迟到``, ``出勤√ 迟到△``; none where that is not certain."""
    by_cell = [chain for cell in _CELLS.split(title) for chain in _chains(cell)]
    return _pairs(by_cell) or _pairs(_chains(title))


_Token = tuple[str, str, str]
"""``sign`` or ``word``, the text, and what stands before it."""


def _chains(text: str) -> list[list[_Token]]:
    """Runs of signs and words with nothing but blanks, commas and colons between."""
    chains: list[list[_Token]] = []
    end = -1
    for match in _TOKEN.finditer(text):
        gap = text[end : match.start()] if end >= 0 else ""
        token = (str(match.lastgroup), match[0], gap)
        if end >= 0 and _GAP.fullmatch(gap):
            chains[-1].append(token)
        else:
            chains.append([token])
        end = match.end()
    return chains


def _pairs(chains: Sequence[Sequence[_Token]]) -> dict[str, Mark]:
    """Sign → meaning, if all chains agree whether signs or words come first."""
    orders = {(chain[0][0], chain[-1][0]) for chain in chains} & {("sign", "word"), ("word", "sign")}
    if len(orders) != 1:
        return {}
    (order,) = orders
    found: dict[str, set[Mark]] = {}
    for chain in chains:
        for one, other in pairwise(chain):
            if (one[0], other[0]) == order and not (_plain(one, other) and not _LINK.fullmatch(other[2])):
                sign, word = (one, other) if order[0] == "sign" else (other, one)
                found.setdefault(squeeze(sign[1]).upper(), set()).add(_MEANINGS[word[1]])
    doubtful = any(len(marks) > 1 for marks in found.values())
    return {} if doubtful else {sign: marks.pop() for sign, marks in found.items()}


def _plain(one: _Token, other: _Token) -> bool:
    """Whether the sign is a letter or digit: such a one explains something only with ``=`` or a colon between."""
    sign = one if one[0] == "sign" else other
    return sign[1].isascii() and sign[1].isalnum()
