"""增员名单: the recruiting list; text dates as 2026.03.05."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zuxun_xl.build.sample.sheets.page import Column, Page

if TYPE_CHECKING:
    from zuxun_xl.build.sample.model import Department, Recruit

NAME = "增员名单"
_TOP = 2


@dataclass(frozen=True)
class _Row:
    number: int
    recruit: Recruit

    def step(self, number: int) -> str | None:
        """Return the day of a step as text."""
        day = self.recruit.steps[number]
        return f"{day:%Y.%m.%d}" if day else None


_COLUMNS: tuple[Column[_Row], ...] = (
    Column("序号", 6, "plain", lambda row: row.number),
    Column("准增员姓名", 12, "center", lambda row: row.recruit.name),
    Column("性别", 6, "center", lambda row: row.recruit.sex),
    Column("所属小组", 10, "center", lambda row: row.recruit.group),
    Column("介绍人", 11, "center", lambda row: row.recruit.introducer),
    Column("来源渠道", 12, "center", lambda row: row.recruit.source),
    Column("接触日", 12, "center", lambda row: row.step(0)),
    Column("面谈日", 12, "center", lambda row: row.step(1)),
    Column("考试日", 12, "center", lambda row: row.step(2)),
    Column("签约日", 12, "center", lambda row: row.step(3)),
    Column("进展", 10, "center", lambda row: row.recruit.state),
)


def write(page: Page, department: Department) -> None:
    """Write the sheet."""
    page.title(0, 0, len(_COLUMNS) - 1, "2026年增员对象跟踪名单")
    rows = [_Row(number, recruit) for number, recruit in enumerate(department.recruits, 1)]
    page.table(_TOP, 0, _COLUMNS, rows)
    page.sheet.freeze_panes(_TOP + 1, 2)
    page.paper(repeat=(_TOP, _TOP))
