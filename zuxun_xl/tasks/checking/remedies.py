"""Rules of 附表五 and 诊断表 on what is done about red indicators (V507, V508): measures with owner and date, ids that exist."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zuxun_xl.book.grid import Grid
from zuxun_xl.cells import address
from zuxun_xl.diagnosis.lookup import by_kpi, exists, problems
from zuxun_xl.findings import Finding
from zuxun_xl.forms import appendix5
from zuxun_xl.tasks.checking.stages import Stage, stages
from zuxun_xl.tasks.ledger import Ledger

_ID = re.compile(r"(?<![A-Za-z])[A-Z]{2}-[CMF]\d+(?:\.\d+)*")
_RED = "红"
_DIAGNOSIS = re.compile(r"诊断表\d*")
_HEADS = ("组别", "问题", "状态", "责任人", "完成时限")


def check_remedies(ledger: Ledger) -> Iterator[Finding]:
    """All rules on what is done."""
    for stage in stages(ledger):
        yield from _answered(stage)
        yield from _ids(ledger.grids[stage.table.sheet])
    for name, grid in ledger.grids.items():
        if _DIAGNOSIS.fullmatch(name):
            yield from _owned(grid)
            yield from _ids(grid)


def _answered(stage: Stage) -> Iterator[Finding]:
    """V507: a red indicator that the lookup knows has a measure, and an owner and a date where the form has room for them."""
    table = stage.table
    for key, index in stage.rows.items() if table.has(appendix5.STATE) else ():
        if _RED not in stage.text(index, appendix5.STATE) or by_kpi(key) is None:
            continue
        wanted = [column for column in (appendix5.REMEDY, "责任人", "完成时限") if table.has(column)]
        missing = [column for column in wanted if stage.text(index, column) in ("", "无")]
        if missing:
            yield _lacking(table.sheet, table.cell(index, missing[0]), key, [table.form.by_key[column].heading for column in missing])


def _owned(grid: Grid) -> Iterator[Finding]:
    """V507 in a 诊断表 that people have begun to fill in."""
    columns: dict[str, int] = {}
    blank: list[Finding] = []
    begun = False
    names = {problem.name for problem in problems()}
    for row, values in enumerate(grid.rows, start=1):
        if set(_HEADS) <= {value for value in values if isinstance(value, str)}:
            columns = {head: values.index(head) for head in _HEADS}
        elif columns and values[columns["问题"]] in names:
            missing = [head for head in ("责任人", "完成时限") if values[columns[head]] is None]
            begun |= len(missing) < 2  # noqa: PLR2004 - one of both is filled in
            if missing and values[columns["状态"]] == _RED:
                subject = f"{values[columns['组别']]}{values[columns['问题']]}"
                blank.append(_lacking(grid.sheet, address(row, columns[missing[0]] + 1), subject, missing))
    yield from blank if begun else ()


def _lacking(sheet: str, cell: str, subject: str, missing: list[str]) -> Finding:
    return appendix5.FORM.rule("V507").at(sheet, cell, subject=subject, missing="、".join(missing))


def _ids(grid: Grid) -> Iterator[Finding]:
    """V508: ids of causes and measures are those of the shipped lookup."""
    for row, values in enumerate(grid.rows, start=1):
        for column, value in enumerate(values, start=1):
            unknown = [found for found in _ID.findall(value) if not exists(found)] if isinstance(value, str) else []
            if unknown:
                yield appendix5.FORM.rule("V508").at(grid.sheet, address(row, column), ids="、".join(unknown))
