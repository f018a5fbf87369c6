"""附表六 as a sheet: a row a day of one month with its kind, and below it how often each segment of the morning meeting is planned a week."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from zuxun_xl.book.changes import Content, Entry, Highlight
from zuxun_xl.build.templates.canvas import A3, Canvas
from zuxun_xl.build.templates.computed import native
from zuxun_xl.build.templates.lists import chosen
from zuxun_xl.build.templates.plans import HEAD_ROW, heading
from zuxun_xl.cells import address
from zuxun_xl.forms.appendix6 import WEEKLY
from zuxun_xl.forms.blanks import COMPUTED
from zuxun_xl.forms.tracking import AGENDA
from zuxun_xl.periods import Period
from zuxun_xl.units import EPOCH
from zuxun_xl.workdays import WEEKDAYS, Workdays

_FIELDS = AGENDA.fields()
_COLUMNS = {each.key: number for number, each in enumerate(_FIELDS, start=1)}
_WORKING = ("工作日", "调休上班")
_KIND, _HOST = _COLUMNS["日历"], _COLUMNS["主持人"]
_SATURDAY = 5


@dataclass
class AgendaSheet:
    """附表六 being laid out.

    Attributes:
        department: whose calendar it is.
        month: the month.
        workdays: on which days people work.
    """

    department: str
    month: Period
    workdays: Workdays
    canvas: Canvas = field(init=False)

    def __post_init__(self) -> None:
        self.canvas = Canvas(AGENDA.form.key, [each.width for each in _FIELDS])
        self._head()
        for number, each in enumerate(_FIELDS, start=1):
            heading(self.canvas, number, each.key, AGENDA.column(each).heading, each)
        self.canvas.heights[HEAD_ROW] = 32
        for row, day in enumerate(self.month.days(), start=HEAD_ROW + 1):
            self._day(row, day)
        self._counters(self.last + 2)
        self._guides()

    @property
    def number(self) -> int:
        """The month's number."""
        return self.month.end.month

    @property
    def last(self) -> int:
        """Row of the last day."""
        return HEAD_ROW + len(self.month.days())

    def progress(self, day: date) -> str:
        """Formula of the share of the month's workdays that lie up to a day."""
        days, kinds = self._outside(1), self._outside(_KIND)
        gone = "+".join(f'COUNTIFS({days},"<={(day - EPOCH).days}",{kinds},"{kind}")' for kind in _WORKING)
        whole = "+".join(f'COUNTIF({kinds},"{kind}")' for kind in _WORKING)
        return f'IF({whole}=0,"",({gone})/({whole}))'

    def _outside(self, column: int) -> str:
        """A column of days as other sheets refer to it."""
        first, last = address(HEAD_ROW + 1, column), address(self.last, column)
        return f"'{self.canvas.name}'!{first}:{last}"

    def _head(self) -> None:
        self.canvas.across(1, f"{AGENDA.form.key}　{AGENDA.form.title}　{self.month.label}", "title", 30)
        pairs = (("单位", self.department or None), ("月份", self.month.label), ("状态", "草案"), ("版本", "第1版"), ("修订日期", None), ("编排人", None))
        for number, (label, content) in enumerate(pairs):
            self.canvas.put(2, 2 * number + 1, label, "tag")
            self.canvas.put(2, 2 * number + 2, content, "fixed" if label == "月份" else "blank")
        for place, label in ((1, "经营目标"), (5, "经营主题"), (10, "激励口号")):
            self.canvas.put(3, place, label, "tag")
            for column in range(place + 1, place + 4):
                self.canvas.put(3, column, None, "blank")
        self.canvas.heights |= {2: 20, 3: 20}
        self.canvas.hidden.append(HEAD_ROW - 1)
        self.canvas.entries.append(Entry(address(2, 6), chosen("版本状态")))

    def _day(self, row: int, day: date) -> None:
        shown: dict[str, Content] = {"日期": day, "星期": f"星期{WEEKDAYS[day.weekday()]}", "日历": self.kind(day)}
        for number, each in enumerate(_FIELDS, start=1):
            kind = "label" if each.by == COMPUTED else "input"
            look = "date" if each.key == "日期" else "center" if each.key in shown else "words"
            self.canvas.put(row, number, shown.get(each.key), f"{kind}:{look}")
        self.canvas.heights[row] = 20

    def kind(self, day: date) -> str:
        """What a day is."""
        weekend = day.weekday() >= _SATURDAY
        if self.workdays.is_workday(day):
            return _WORKING[weekend]
        return "周末" if weekend and not self.workdays.is_holiday(day) else "放假"

    def _counters(self, row: int) -> None:
        """How often each segment is planned a week, red where the handbook wants more; no date and weekday, so no day is read from it."""
        self.canvas.put(row, _KIND, "每周核对", "head")
        self.canvas.put(row, _HOST, "工作日数", "head")
        for key, least in WEEKLY.items():
            self.canvas.put(row, _COLUMNS[key], f"{key}（每周至少{least}）", "head")
        self.canvas.heights[row] = 32
        for offset, week in enumerate(self.workdays.weeks(self.month), start=1):
            rows = [HEAD_ROW + 1 + (day - self.month.start).days for day in (week.start, week.end)]
            label = f"{week.start.day}日" if week.start == week.end else f"{week.start.day}—{week.end.day}日"
            self._counter(row + offset, rows[0], rows[1], label)

    def _counter(self, row: int, first: int, last: int, label: str) -> None:
        kinds = f"{address(first, _KIND)}:{address(last, _KIND)}"
        self.canvas.put(row, _KIND, label, "label")
        self.canvas.put(row, _HOST, native("+".join(f'COUNTIF({kinds},"{kind}")' for kind in _WORKING), self.canvas.name), "computed:count")
        for key, least in WEEKLY.items():
            place = _COLUMNS[key]
            held = f"{address(first, place)}:{address(last, place)}"
            self.canvas.put(row, place, native(f"COUNTA({held})", self.canvas.name), "computed:count")
            here = address(row, place)
            self.canvas.highlights.append(Highlight(here, "wrong", {"type": "formula", "criteria": f"={here}<MIN({least},{address(row, _HOST)})"}))
        self.canvas.heights[row] = 18

    def _guides(self) -> None:
        first = HEAD_ROW + 1
        for number, each in enumerate(_FIELDS, start=1):
            if each.choices:
                told = {"input_title": each.key, "input_message": each.help} if each.help else {}
                self.canvas.entries.append(Entry(f"{address(first, number)}:{address(self.last, number)}", {**chosen(each.choices), **told}))
        body, kind = f"{address(first, 1)}:{address(self.last, len(_FIELDS))}", f"${address(first, _KIND)}"
        for look, test in (("off", f'=OR({kind}="周末",{kind}="放假")'), ("swapped", f'={kind}="调休上班"')):
            self.canvas.highlights.append(Highlight(body, look, {"type": "formula", "criteria": test}))
        self.canvas.options |= {
            "freeze": (HEAD_ROW, 2), "repeat_rows": (HEAD_ROW, HEAD_ROW), "locked": True, "landscape": True, "paper": A3, "one_page": True,
        }
