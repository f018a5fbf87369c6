"""The task ``fill``: actual columns of 附表一 and 附表二, 附表四 for the period's weeks, 附表五 for its period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from zuxun_xl.book.changes import ChangeSet
from zuxun_xl.findings import Finding, Level, Rule
from zuxun_xl.forms import appendix1, appendix2, appendix4
from zuxun_xl.forms.labels import period_in
from zuxun_xl.periods import Period
from zuxun_xl.tasks.diagnose import Diagnosis, diagnose
from zuxun_xl.tasks.filling.kpis import fill_kpis
from zuxun_xl.tasks.filling.months import fill_months
from zuxun_xl.tasks.filling.ours import remembered
from zuxun_xl.tasks.filling.pen import MERGED, How, Pen
from zuxun_xl.tasks.filling.weeks import fill_weeks
from zuxun_xl.tasks.ledger import Ledger

OTHER_PERIOD = Rule("T201", Level.NOTE, "表的期间与所选一致", "{form}写的是{stated}，不是{period}，没有填。", "要填这一期，请把 --period 换成它。")
NO_FORM = Rule("T202", Level.NOTE, "有要填的表", "没有认出{form}，这张表没有填。", "如果有这张表，用 zuxun tables 查看为什么没有认出。")

RULES = (OTHER_PERIOD, NO_FORM, MERGED)


@dataclass
class Filling:
    """What filling amounts to: the changes, the findings, and how many cells of each form change."""

    changes: ChangeSet = field(default_factory=ChangeSet)
    findings: list[Finding] = field(default_factory=list)
    filled: dict[str, int] = field(default_factory=dict)

    def take(self, form: str, *pens: Pen) -> None:
        """Adds what pens wrote."""
        for pen in pens:
            changes = pen.changes()
            self.changes += changes
            self.findings += pen.findings
            self.filled[form] = self.filled.get(form, 0) + len(changes.changes)



def fill(ledger: Ledger, period: Period, how: How | None = None, problems: Sequence[Diagnosis] | None = None) -> Filling:
    """All forms that the workbook has; a form or block that states another period is left alone.

    Args:
        ledger: the workbook.
        period: the period; actual columns of 附表一 and 附表二 are filled for all months that have begun.
        how: kind of formulas, overwriting.
        problems: the period's diagnosis, if the caller has it already.
    """
    filling, how = Filling(), how or How()
    for form, rule in ((appendix1.FORM, "V110"), (appendix2.FORM, "V206")):
        for pen in _pens(ledger, form.key, how, filling):
            fill_months(pen, form.rule(rule))
            filling.take(form.key, pen)
    _fill_weeks(ledger, period, how, filling)
    _fill_kpis(ledger, period, how, filling, problems)
    filling.changes += ChangeSet(names=remembered(ledger.book, filling.changes.changes))
    return filling


def _pens(ledger: Ledger, form: str, how: How, filling: Filling) -> list[Pen]:
    """A pen for every sheet that keeps the form."""
    table = ledger.tables.get(form)
    if table is None:
        filling.findings.append(NO_FORM.at("", form=form))
        return []
    return [Pen(ledger, part, how) for part in table.whole]


def _fill_weeks(ledger: Ledger, period: Period, how: How, filling: Filling) -> None:
    for pen in _pens(ledger, "附表四", how, filling):
        others = fill_weeks(pen, appendix4.FORM.rule("V405"), period)
        if others and not pen.changes():
            stated = f"{others[0].label}至{others[-1].label}"
            filling.findings.append(OTHER_PERIOD.at(pen.table.sheet, form="附表四", stated=stated, period=period.label))
        filling.take("附表四", pen)


def _fill_kpis(ledger: Ledger, period: Period, how: How, filling: Filling, problems: Sequence[Diagnosis] | None) -> None:
    for pen in _pens(ledger, "附表五", how, filling):
        stated = period_in(pen.table.title, period.cut) or period
        if stated == period:
            fill_kpis(pen, period, diagnose(ledger, period) if problems is None else problems)
            filling.take("附表五", pen)
        else:
            filling.findings.append(OTHER_PERIOD.at(pen.table.sheet, form="附表五", stated=stated.label, period=period.label))
