"""Whole sheets: rendered beside, copied in by Excel itself; the one that a new sheet replaces is kept very hidden until the next batch."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from zuxun_xl.book.changes import BookSpec
from zuxun_xl.book.excel.batch import Batch, WholeSheet
from zuxun_xl.book.excel.held import Snapshot
from zuxun_xl.book.excel.sheet import LiveSheet
from zuxun_xl.book.ooxml.compose import composed
from zuxun_xl.book.own import OLD

if TYPE_CHECKING:
    from zuxun_xl.book.changes import SheetSpec
    from zuxun_xl.book.excel.book import ExcelBook

VERY_HIDDEN = 2


def place_sheet(book: ExcelBook, spec: SheetSpec, batch: Batch) -> None:
    """Put a new sheet at the end, or in the place of the one that bears its name."""
    sheets, kept, visible = book.book.sheets, "", -1
    before = next((sheet for sheet in sheets if sheet.name == spec.name), None)
    record = WholeSheet(spec.name)
    if before is not None:
        kept, visible = f"{OLD}{batch.number}_{len(batch.whole) + 1}", int(before.visible)
        record.kept, record.visible = kept, visible
        batch.whole.append(record)
        before.name = kept
    else:
        batch.whole.append(record)
    with tempfile.TemporaryDirectory(prefix="zuxun-") as folder:
        path = Path(folder) / "sheet.xlsx"
        path.write_bytes(composed(BookSpec((spec,))))
        scratch = book.book.app.books.open(str(path))
        try:
            new = scratch.sheets[0].copy(after=before if before is not None else sheets[-1])
        finally:
            scratch.close()
    if new.name != spec.name:
        new.name = spec.name
    if before is not None:
        before.visible = VERY_HIDDEN  # type: ignore[assignment]  # Excel takes its own numbers
    book.refresh()
    record.fingerprint = Snapshot(LiveSheet(new)).fingerprint()


def take_away(book: ExcelBook, whole: WholeSheet) -> None:
    """The sheet gone, and the one that it replaced back in its place."""
    sheets = {sheet.name: sheet for sheet in book.book.sheets}
    kept = sheets.get(whole.kept)
    if kept is not None:
        kept.visible = whole.visible  # type: ignore[assignment]
    if whole.name in sheets:
        sheets[whole.name].delete()
    if kept is not None:
        kept.name = whole.name
    book.refresh()


def sweep(book: ExcelBook, batch: Batch) -> None:
    """Sheets that earlier batches kept: nothing leads back to them any more."""
    keep = {whole.kept for whole in batch.whole}
    for sheet in list(book.book.sheets):
        if sheet.name.startswith(OLD) and sheet.name not in keep:
            sheet.delete()
