"""The task ``check --mark``: the cells that findings name, coloured by level, with message and remedy as a note."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from zuxun_xl.book.changes import CellMark
from zuxun_xl.findings import Finding, Level
from zuxun_xl.tasks.checking.sheet import LISTED
from zuxun_xl.tasks.ledger import Ledger

_COLOURS: Mapping[Level, str] = {Level.ERROR: "FFC7CE", Level.WARNING: "FFEB9C", Level.NOTE: "DDEBF7"}
_SPELT_OUT = 5
"""So many findings of one cell are spelt out in its note."""


def marks_of(ledger: Ledger, findings: Sequence[Finding]) -> tuple[tuple[CellMark, ...], list[str]]:
    """A mark for every cell that findings name, and what to say of sheets that can take no notes.

    Args:
        ledger: the workbook.
        findings: in order of gravity; the first of a cell decides its colour.
    """
    by_cell: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        if finding.cell:
            by_cell.setdefault((finding.sheet, finding.cell), []).append(finding)
    obstacles = {sheet: ledger.book.note_obstacle(sheet) for sheet in dict.fromkeys(sheet for sheet, _ in by_cell)}
    said = [f"工作表“{sheet}”{why}，只标了颜色，没有加批注；说明见“校验结果”表。" for sheet, why in obstacles.items() if why]
    return tuple(_marks(by_cell, obstacles)), said


def _marks(by_cell: Mapping[tuple[str, str], Sequence[Finding]], obstacles: Mapping[str, str]) -> Iterator[CellMark]:
    """Notes are for the cells of the gravest findings only, as many as the sheet 校验结果 lists."""
    for number, ((sheet, cell), found) in enumerate(by_cell.items()):
        note = "" if obstacles[sheet] or number >= LISTED else _text(found)
        yield CellMark(sheet, cell, _COLOURS[found[0].level], note)


def _text(findings: Sequence[Finding]) -> str:
    lines = [f"[{finding.level.value}] {finding.code} {finding.message}{finding.remedy}" for finding in findings[:_SPELT_OUT]]
    more = len(findings) - _SPELT_OUT
    return "\n".join([*lines, *([f"另有{more}条，见“校验结果”表。"] if more > 0 else [])])
