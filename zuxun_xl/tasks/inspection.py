"""The task behind ``check -o``, ``--fix`` and ``--mark``: findings and repairs, and the changes that put them into a copy."""

from __future__ import annotations

from dataclasses import dataclass, field

from zuxun_xl.book.changes import Change, ChangeSet
from zuxun_xl.book.layout import already_there
from zuxun_xl.findings import Finding
from zuxun_xl.tasks.check import check
from zuxun_xl.tasks.checking.sheet import checked_sheet
from zuxun_xl.tasks.fix import fix, repaired
from zuxun_xl.tasks.ledger import Ledger
from zuxun_xl.tasks.marks import marks_of


@dataclass(frozen=True)
class Inspection:
    """What a check found and would write.

    Attributes:
        findings: what is left once the repairs are made, in order of gravity.
        repairs: cells that are rewritten, by sheet and cell.
        changes: repairs, marks and the sheet 校验结果; empty where the workbook already shows exactly this.
        said: what the user must be told about the marks.
    """

    findings: list[Finding]
    repairs: list[Change]
    changes: ChangeSet
    said: list[str] = field(default_factory=list)


def inspect(ledger: Ledger, *, fixing: bool = False, marking: bool = False) -> Inspection:
    """Everything that ``check`` can say and write about a workbook."""
    repairs = fix(ledger) if fixing else []
    findings = check(repaired(ledger, repairs) if repairs else ledger)
    marks, said = marks_of(ledger, findings) if marking else ((), [])
    spec = checked_sheet(ledger, findings, repairs)
    there = already_there(ledger.grids.get(spec.name), spec)
    return Inspection(findings, repairs, ChangeSet(tuple(repairs), () if there else (spec,), (), marks), said)
