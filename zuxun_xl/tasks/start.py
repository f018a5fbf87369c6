"""How every door begins: a workbook, from disk or open in Excel, with the settings in force."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from zuxun_xl.book.port import Book
from zuxun_xl.kpi.catalogue import check_variants
from zuxun_xl.settings import load
from zuxun_xl.tasks.diagnose import thresholds_of
from zuxun_xl.tasks.ledger import Ledger, settings_in


def start(book: Book, folder: Path, as_of: date | None = None) -> Ledger:
    """The ledger of a workbook.

    Args:
        book: the workbook.
        folder: where its ``zuxun.toml`` may lie.
        as_of: last day to count, if the user named one.

    Raises:
        CallError: a setting is wrong.
    """
    settings = load(folder, settings_in(book))
    check_variants(settings.variants)
    thresholds_of(settings)
    return Ledger(book, settings, as_of)
