"""The sample workbook as bytes: the same bytes every time."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING

from xlsxwriter import Workbook

from zuxun_xl.build.sample.days import AS_OF
from zuxun_xl.build.sample.department import simulate
from zuxun_xl.build.sample.profiles import DEPARTMENT
from zuxun_xl.build.sample.sheets import (
    activity,
    attendance,
    month_calendar,
    notes,
    plan_people,
    plan_personal,
    plan_results,
    policies,
    recruiting,
    renewal_list,
    roster,
    stage,
    summary,
    weekly,
)
from zuxun_xl.build.sample.sheets.look import Looks
from zuxun_xl.build.sample.sheets.page import Page

if TYPE_CHECKING:
    from collections.abc import Callable

    from zuxun_xl.build.sample.model import Department

FILE_NAME = f"{DEPARTMENT}_2026年经营台账.xlsx"


def workbook_bytes() -> bytes:
    """Return the workbook; parts are made in memory, where the writer stamps them with a fixed date."""
    target = BytesIO()
    with Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False}) as book:
        book.set_properties(
            {
                "title": f"{DEPARTMENT}2026年经营台账",
                "author": "组训",
                "company": DEPARTMENT,
                "comments": "演示数据，人员和单位均属虚构",
                "created": datetime(AS_OF.year, AS_OF.month, AS_OF.day, 18, tzinfo=UTC),
            }
        )
        _write_sheets(book, simulate())
    return target.getvalue()


def _write_sheets(book: Workbook, department: Department) -> None:
    looks = Looks(book)
    writers: dict[str, Callable[[Page], None]] = {
        notes.NAME: notes.write,
        summary.NAME: lambda page: summary.write(page, department, book),
        plan_results.NAME: lambda page: plan_results.write(page, department),
        plan_people.NAME: lambda page: plan_people.write(page, department),
        plan_personal.NAME: lambda page: plan_personal.write(page, department),
        weekly.NAME: lambda page: weekly.write(page, department),
        stage.NAME: stage.write,
        month_calendar.NAME: lambda page: month_calendar.write(page, department),
        roster.NAME: lambda page: roster.write(page, department),
        policies.NAME: lambda page: policies.write(page, department),
        renewal_list.NAME: lambda page: renewal_list.write(page, department),
        attendance.NAME: lambda page: attendance.write(page, department),
        activity.NAME: lambda page: activity.write(page, department),
        recruiting.NAME: lambda page: recruiting.write(page, department),
    }
    for name, write in writers.items():
        write(Page(book, looks, name))
