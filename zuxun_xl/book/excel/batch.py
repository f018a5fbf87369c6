"""A batch: what one button press changes in the open workbook, with all that is needed to put it back. As JSON it lives in the workbook."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from zuxun_xl.book.excel.held import Held, as_json, from_json
from zuxun_xl.cells import address, parse_address


@dataclass
class CellRecord:
    """A cell's content and number format, before and after.

    Attributes:
        row, column: 1-based.
        old, new: contents.
        old_format, new_format: number formats.
        quoted: whether an apostrophe stood before the old text.
        why: for the change log.
    """

    row: int
    column: int
    old: Held
    new: Held
    old_format: str
    new_format: str
    quoted: bool = False
    why: str = ""


@dataclass
class MarkRecord:
    """A cell's ground and note, before and after.

    Attributes:
        row, column: 1-based.
        pattern, colour: the old ground, as Excel counts.
        new_colour: the new one.
        old_note, new_note: texts; ``None`` for no note.
    """

    row: int
    column: int
    pattern: int
    colour: int
    new_colour: int
    old_note: str | None
    new_note: str | None


@dataclass
class SheetRecord:
    """What changes on one sheet; heights are row → (before, after)."""

    name: str
    cells: list[CellRecord] = field(default_factory=list)
    heights: dict[int, tuple[float, float]] = field(default_factory=dict)
    marks: list[MarkRecord] = field(default_factory=list)


@dataclass
class NameRecord:
    """A sheet-local name: what it referred to and whether it was visible, and what it refers to now; empty for no name."""

    sheet: str
    name: str
    old: str
    visible: bool
    new: str


@dataclass
class WholeSheet:
    """A sheet added, or put in the place of another.

    Attributes:
        name: its name.
        kept: the technical name of the sheet that it replaced; empty if there was none.
        visible: whether that one was shown, as Excel counts.
        fingerprint: of its contents when it was added.
    """

    name: str
    kept: str = ""
    visible: int = -1
    fingerprint: str = ""


@dataclass
class Batch:
    """One batch.

    Attributes:
        number: successive in a workbook.
        title: what was done, in Chinese.
        sheets, names, whole: the parts.
    """

    number: int
    title: str
    sheets: list[SheetRecord] = field(default_factory=list)
    names: list[NameRecord] = field(default_factory=list)
    whole: list[WholeSheet] = field(default_factory=list)

    def dumped(self) -> str:
        """As text."""
        sheets = [
            {
                "name": each.name, "heights": [[row, *pair] for row, pair in each.heights.items()],
                "cells": [
                    [address(c.row, c.column), as_json(c.old), as_json(c.new), c.old_format, c.new_format, c.quoted, c.why]
                    for c in each.cells
                ],
                "marks": [[address(m.row, m.column), m.pattern, m.colour, m.new_colour, m.old_note, m.new_note] for m in each.marks],
            }
            for each in self.sheets
        ]
        names = [[n.sheet, n.name, n.old, n.visible, n.new] for n in self.names]
        whole = [[w.name, w.kept, w.visible, w.fingerprint] for w in self.whole]
        record = {"version": 1, "number": self.number, "title": self.title, "sheets": sheets, "names": names, "whole": whole}
        return json.dumps(record, ensure_ascii=False, separators=(",", ":"))


def loaded(text: str) -> Batch | None:
    """A batch from its text; ``None`` if it is none of ours."""
    try:
        record: dict[str, Any] = json.loads(text)
        return Batch(
            record["number"], record["title"], [_sheet(each) for each in record["sheets"]],
            [NameRecord(*each) for each in record["names"]], [WholeSheet(*each) for each in record["whole"]],
        )
    except (ValueError, KeyError, TypeError):
        return None


def _sheet(record: dict[str, Any]) -> SheetRecord:
    return SheetRecord(
        record["name"],
        [
            CellRecord(*parse_address(cell), from_json(old), from_json(new), old_format, new_format, quoted, why)
            for cell, old, new, old_format, new_format, quoted, why in record["cells"]
        ],
        {row: (before, after) for row, before, after in record["heights"]},
        [MarkRecord(*parse_address(cell), *rest) for cell, *rest in record["marks"]],
    )
