"""The task ``run``: check, fill, KPI and diagnosis of a period in one, with one ChangeSet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from zuxun_xl.book.changes import ChangeSet
from zuxun_xl.book.layout import already_there
from zuxun_xl.findings import Finding
from zuxun_xl.periods import Period
from zuxun_xl.tasks.check import check_coverage, check_tables, ordered
from zuxun_xl.tasks.diagnose import Diagnosis, diagnose
from zuxun_xl.tasks.diagnosis.sheet import diagnosis_sheet
from zuxun_xl.tasks.fill import fill
from zuxun_xl.tasks.filling.pen import How
from zuxun_xl.tasks.ledger import Ledger


@dataclass(frozen=True)
class Outcome:
    """What a task found and wants to change.

    Attributes:
        changes: to be applied by the caller.
        findings: in order of gravity.
        filled: form → number of cells that change.
        problems: the diagnosis, group by group.
    """

    changes: ChangeSet
    findings: list[Finding]
    filled: dict[str, int]
    problems: list[Diagnosis]


def run(ledger: Ledger, period: Period, how: How | None = None) -> Outcome:
    """Everything for one period; raises ``CallError`` for one that has not begun."""
    ledger.measures(period)
    problems = diagnose(ledger, period)
    filling = fill(ledger, period, how, problems)
    findings = ordered(ledger, [*check_tables(ledger), *check_coverage(ledger, period), *filling.findings])
    return Outcome(filling.changes + sheet_changes(ledger, period, problems), findings, filling.filled, problems)


def sheet_changes(ledger: Ledger, period: Period, problems: Sequence[Diagnosis]) -> ChangeSet:
    """The sheet 诊断表, unless the workbook already shows exactly this."""
    spec = diagnosis_sheet(ledger, period, problems)
    return ChangeSet() if already_there(ledger.grids.get(spec.name), spec) else ChangeSet(sheets=(spec,))
