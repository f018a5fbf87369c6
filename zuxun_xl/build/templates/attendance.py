"""考勤 as sheets: one a month, a row a person, a column a workday, and counts of each sign."""

from __future__ import annotations

from collections.abc import Sequence

from zuxun_xl.book.changes import Content, Entry
from zuxun_xl.build.templates.canvas import A3, Canvas
from zuxun_xl.build.templates.computed import Computed, native
from zuxun_xl.build.templates.lists import chosen
from zuxun_xl.build.templates.plans import HEAD_ROW, heading
from zuxun_xl.cells import address
from zuxun_xl.forms.blanks import COMPUTED, Field
from zuxun_xl.forms.choices import GROUPS, MARKS
from zuxun_xl.forms.planned import Person
from zuxun_xl.forms.records import ATTENDANCE
from zuxun_xl.periods import Period
from zuxun_xl.workdays import WEEKDAYS, Workdays

_LABELS = (Field("组别", "训", width=9, choices=GROUPS), Field("工号", "训", width=12), Field("姓名", "训", width=10))
_COUNTS = ("应出勤", "实出勤", "出勤率", "迟到", "请假", "缺勤")
_COUNTED = {"迟到": "△", "请假": "○", "缺勤": "×"}
_PRESENT = ("√", "△")
_SPARE, _LEAST = 10, 25
"""Rows behind the people known, and rows at least."""


def attendance_sheet(department: str, month: Period, workdays: Workdays, people: Sequence[Person]) -> Canvas:
    """The sheet of a month."""
    days = workdays.within(month)
    left = len(_LABELS)
    canvas = Canvas(sheet_name(month), [*(each.width for each in _LABELS), *[3.6] * len(days), *[6.5] * len(_COUNTS)])
    canvas.across(1, f"{department}{month.label}早会考勤表", "title", 30)
    legend = "　".join(f"{sign}{meaning}" for sign, meaning in MARKS.items())
    width = len(canvas.widths)
    for column in range(1, width + 1):
        canvas.put(2, column, f"{legend}　（不在册或没有开会的空着）" if column == 1 else None, "note")
        canvas.put(3, column, WEEKDAYS[days[column - left - 1].weekday()] if left < column <= left + len(days) else None, "weekday")
    for number, each in enumerate(_LABELS, start=1):
        heading(canvas, number, each.key, each.key, each)
    for number, day in enumerate(days, start=left + 1):
        canvas.put(HEAD_ROW, number, day, "head:day")
    for number, key in enumerate(_COUNTS, start=left + len(days) + 1):
        heading(canvas, number, key, key, Field(key, COMPUTED))
    canvas.heights |= {2: 18, 3: 14, HEAD_ROW: 24}
    canvas.hidden.append(HEAD_ROW - 1)
    last = HEAD_ROW + max(len(people) + _SPARE, _LEAST)
    for row in range(HEAD_ROW + 1, last + 1):
        person = people[row - HEAD_ROW - 1] if row - HEAD_ROW <= len(people) else None
        _row(canvas, row, person, len(days))
    signs = f"{address(HEAD_ROW + 1, left + 1)}:{address(last, left + len(days))}"
    groups = f"{address(HEAD_ROW + 1, 1)}:{address(last, 1)}"
    canvas.entries += [Entry(groups, chosen(GROUPS)), Entry(signs, chosen("考勤符号"))]
    canvas.options |= {
        "freeze": (HEAD_ROW, left), "repeat_rows": (HEAD_ROW, HEAD_ROW), "paper": A3, "locked": True,
        "column_styles": ("open:center", "open:code", "open:center", *["open:center"] * len(days), *["computed:count"] * len(_COUNTS)),
    }
    return canvas


def sheet_name(month: Period) -> str:
    """Name of a month's sheet."""
    return f"{ATTENDANCE.key}{month.end.month}月"


def _row(canvas: Canvas, row: int, person: Person | None, days: int) -> None:
    labels: Sequence[Content] = (person.group, person.code, person.name) if person else ()
    for column, (text, look) in enumerate(zip(labels, ("center", "code", "center"), strict=False), start=1):
        canvas.put(row, column, text, f"open:{look}")
    left = len(_LABELS)
    signs = f"{address(row, left + 1)}:{address(row, left + days)}"
    due, present = address(row, left + days + 1), address(row, left + days + 2)
    for column, key in enumerate(_COUNTS, start=left + days + 1):
        canvas.put(row, column, _count(canvas.name, key, signs, due, present), f"computed:{'percent' if key == '出勤率' else 'count'}")
    canvas.heights[row] = 16.5


def _count(here: str, key: str, signs: str, due: str, present: str) -> Computed:
    if key == "应出勤":
        return native(f'IF(COUNTA({signs})=0,"",COUNTA({signs}))', here)
    if key == "实出勤":
        counted = "+".join(f'COUNTIF({signs},"{sign}")' for sign in _PRESENT)
    elif key == "出勤率":
        counted = f"{present}/{due}"
    else:
        counted = f'COUNTIF({signs},"{_COUNTED[key]}")'
    return native(f'IF({due}="","",{counted})', here)
