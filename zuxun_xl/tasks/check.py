"""The task ``check``: everything that is wrong or doubtful in the raw tables and in 附表一…六, with cell, figures and remedy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from zuxun_xl.findings import Finding, Level, Rule
from zuxun_xl.forms import appendix1, appendix2, appendix4
from zuxun_xl.forms.catalogue import FORMS
from zuxun_xl.forms.labels import period_in
from zuxun_xl.forms.table import Table
from zuxun_xl.periods import Period
from zuxun_xl.tasks.adopting.doubts import RULES as DOUBTS
from zuxun_xl.tasks.adopting.doubts import doubts
from zuxun_xl.tasks.checking.against_plan import check_against_plan
from zuxun_xl.tasks.checking.calendar import check_calendar
from zuxun_xl.tasks.checking.headcount import check_people, check_people_sums
from zuxun_xl.tasks.checking.kpis import check_kpis
from zuxun_xl.tasks.checking.production import check_production, check_production_sums
from zuxun_xl.tasks.checking.remedies import check_remedies
from zuxun_xl.tasks.checking.stages import stages
from zuxun_xl.tasks.checking.summaries import DIFFERS, check_summaries
from zuxun_xl.tasks.checking.targets import check_targets
from zuxun_xl.tasks.checking.weeks import check_weeks
from zuxun_xl.tasks.filling.kpis import fill_kpis
from zuxun_xl.tasks.filling.months import fill_months
from zuxun_xl.tasks.filling.pen import How, Pen
from zuxun_xl.tasks.filling.weeks import fill_weeks
from zuxun_xl.tasks.ledger import Ledger

ABSENT = Rule("T101", Level.NOTE, "台账齐全", "没有认出{form}，相关指标为空。", "如果有这张表，用 zuxun tables 查看为什么没有认出。")
SIMILAR = Rule("T102", Level.WARNING, "每种表只有一张", "{form}取自“{sheet}”，另有相似的表：{others}，没有采用。", "如果取错了，请改表名或标题，让正确的那张写明{form}。")
REPAIRED = Rule("T103", Level.NOTE, "数字、日期不是文本", "{form}的{column}有{count}格是文本，已按{kind}读取，原件没有改动。", "用 zuxun check --fix -o 结果.xlsx 改成真正的{kind}，或在 Excel 里分列转换。")

UNCALCULATED = Rule("T105", Level.WARNING, "公式都有值", "{form}有{count}个公式还没有计算值，按空白读取，靠它们的格子没有填。", "用 Excel 或 WPS 打开这个文件保存一次，再重新运行。")

PARTIAL = Rule("T106", Level.NOTE, "记录覆盖整个期间", "{form}从{first}起才有记录，{period}的有关数字只反映这以后的部分。", "补齐记录，或改看有记录的期间。")

RULES = (ABSENT, SIMILAR, REPAIRED, UNCALCULATED, PARTIAL, DIFFERS, *DOUBTS)

EXPLAINED = {"V107": ("V110", "V405"), "V207": ("V206",), "V403": ("V405",), "V406": ("V405",), "V503": ("V502",), "V505": ("V502",), "V502": ("V504",)}
"""Codes of findings that say more about a cell → codes of those that they make superfluous there."""

_OPTIONAL = ("续期明细", "考勤", "活动日志")


def check(ledger: Ledger) -> list[Finding]:
    """All findings, by sheet in tab order, 错 before 警 before 示."""
    return ordered(ledger, [*check_tables(ledger), *typed_figures(ledger)])


def check_tables(ledger: Ledger) -> list[Finding]:
    """Findings in the raw tables and by the rules of the forms; typed actual figures are left to whoever fills the forms."""
    checks: dict[str, Callable[[Table], Iterator[Finding]]] = {
        "附表一": lambda table: check_production(ledger, table),
        "附表二": lambda table: check_people(ledger, table),
        "附表三": lambda table: check_targets(ledger, table),
        "附表四": lambda table: check_weeks(ledger, table),
        "附表六": lambda table: check_calendar(ledger, table),
    }
    findings = [*ledger.department.findings, *_recognition(ledger), *doubts(ledger)]
    for form, rules in checks.items():
        for table in _parts(ledger, form):
            findings += rules(table)
    findings += [*check_production_sums(_parts(ledger, "附表一")), *check_people_sums(_parts(ledger, "附表二"))]
    return [*findings, *check_against_plan(ledger), *check_kpis(ledger), *check_remedies(ledger), *check_summaries(ledger)]


def check_coverage(ledger: Ledger, period: Period) -> Iterator[Finding]:
    """Attendance and logs that begin only within a period: sums and ratios then speak of a part of it."""
    department = ledger.department
    days = {"考勤": [mark.day for mark in department.marks or ()], "活动日志": [log.day for log in department.logs or ()]}
    for form, own in days.items():
        first = min(own, default=None)
        if first is not None and first in period and any(piece.end < first for piece in period.pieces()):
            yield PARTIAL.at(ledger.tables[form].sheet, form=form, first=first, period=period.label)


def typed_figures(ledger: Ledger) -> list[Finding]:
    """Actual figures that people typed, against the records: what filling would find and not overwrite."""
    pens = {form: [Pen(ledger, part, How()) for part in _parts(ledger, form)] for form in ("附表一", "附表二", "附表四", "附表五")}
    for pen in pens["附表一"]:
        fill_months(pen, appendix1.FORM.rule("V110"))
    for pen in pens["附表二"]:
        fill_months(pen, appendix2.FORM.rule("V206"))
    for pen in pens["附表四"]:
        if weeks := pen.table.column("周次"):
            fill_weeks(pen, appendix4.FORM.rule("V405"), weeks[0].spanning(min(weeks).start, max(week.end for week in weeks)))
    for pen in pens["附表五"]:
        stated = period_in(pen.table.title, ledger.settings.month_start)
        if stated is not None and stated.start <= ledger.as_of:
            fill_kpis(pen, stated, ())
    return [finding for form in pens.values() for pen in form for finding in pen.findings]


def _parts(ledger: Ledger, form: str) -> tuple[Table, ...]:
    """The sheets that together keep a form."""
    return ledger.tables[form].whole if form in ledger.tables else ()


def ordered(ledger: Ledger, findings: list[Finding]) -> list[Finding]:
    """By gravity, then by sheet in tab order; the same finding once, and only the one that says more about a cell."""
    tabs = {name: place for place, name in enumerate(ledger.book.sheet_names)}
    levels = list(Level)
    superfluous = {(f.sheet, f.cell, code) for f in findings for code in EXPLAINED.get(f.code, ())}
    unique = [f for f in dict.fromkeys(findings) if (f.sheet, f.cell, f.code) not in superfluous]
    return sorted(unique, key=lambda f: (levels.index(f.level), tabs.get(f.sheet, len(tabs))))


def _recognition(ledger: Ledger) -> Iterator[Finding]:
    for key in _OPTIONAL:
        if key not in ledger.tables:
            yield ABSENT.at("", form=key)
    archived = {stage.place for stage in stages(ledger)[1:] if stage.period is not None}
    for key, table in ledger.tables.items():
        others = [place for place in table.similar if key != "附表五" or place not in archived]
        if others:
            yield SIMILAR.at(table.sheet, form=key, others="、".join(others))
        for part in table.whole:
            yield from _as_read(ledger, key, part)


def _as_read(ledger: Ledger, key: str, table: Table) -> Iterator[Finding]:
    """What reading had to put up with in a table: formulas without values, numbers and dates kept as text."""
    if cells := ledger.book.uncalculated(table.sheet):
        yield UNCALCULATED.at(table.sheet, cells[0], form=key, count=len(cells))
    for column, count in Counter(column for _, column in table.repaired).items():
        first = next(index for index, name in table.repaired if name == column)
        kind = "日期" if FORMS[key].by_key[column].unit.name == "日期" else "数字"
        yield REPAIRED.at(table.sheet, table.cell(first, column), form=key, column=column, count=count, kind=kind)
