"""The task behind ``check -o``: the findings, and the changes that put them into the workbook."""

from __future__ import annotations

from dataclasses import dataclass

from zuxun_xl.book.changes import ChangeSet
from zuxun_xl.book.layout import already_there
from zuxun_xl.findings import Finding
from zuxun_xl.tasks.check import check
from zuxun_xl.tasks.checking.sheet import checked_sheet
from zuxun_xl.tasks.ledger import Ledger


@dataclass(frozen=True)
class Inspection:
    """What a check found and would write.

    Attributes:
        findings: in order of gravity.
        changes: the sheet 校验结果, unless the workbook already shows exactly this.
    """

    findings: list[Finding]
    changes: ChangeSet


def inspect(ledger: Ledger) -> Inspection:
    """Everything that ``check`` can say and write about a workbook."""
    findings = check(ledger)
    spec = checked_sheet(ledger, findings)
    there = already_there(ledger.grids.get(spec.name), spec)
    return Inspection(findings, ChangeSet() if there else ChangeSet(sheets=(spec,)))
