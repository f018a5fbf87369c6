"""What commands share: options, opening a workbook, writing the result."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from zuxun_xl.errors import CallError

if TYPE_CHECKING:
    from zuxun_xl.book.changes import ChangeSet
    from zuxun_xl.book.file import FileBook
    from zuxun_xl.periods import Period
    from zuxun_xl.tasks.filling.pen import How
    from zuxun_xl.tasks.ledger import Ledger

PERIOD_HELP = "期间：2026-10、2026Q3、2026、2026-01..2026-10 或 2026-10-12..2026-10-18"


def book_command(*, period: bool) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Options that every command on a workbook has."""

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        function = click.option("--json", "as_json", is_flag=True, help="只输出一个JSON对象")(function)
        function = click.option("--as-of", metavar="日期", help="数据截止日，默认是记录里的最后一天")(function)
        if period:
            function = click.option("--period", metavar="期间", help=PERIOD_HELP + "；默认是截止日所在的月")(function)
        return click.argument("book", metavar="工作簿", type=click.Path(path_type=Path))(function)

    return decorate


def writing_command(function: Callable[..., Any]) -> Callable[..., Any]:
    """Options of commands that write a result."""
    function = click.option("--overwrite", is_flag=True, help="手填的实绩与记录不一致时，以记录为准改写")(function)
    function = click.option("--dry-run", is_flag=True, help="只列出将要写入的内容，不写文件")(function)
    function = click.option(
        "--formulas", type=click.Choice(["native", "zx", "value"]), default="native", show_default=True,
        help="KPI格写成原生公式、ZX_函数或纯数值",
    )(function)
    return click.option("-o", "--out", metavar="文件", type=click.Path(path_type=Path), help="结果文件，默认放在原文件旁边")(function)


def open_ledger(path: Path, as_of: str | None = None) -> Ledger:
    """The workbook with the settings in force."""
    from zuxun_xl.book.file import FileBook
    from zuxun_xl.tasks.start import start
    from zuxun_xl.units import parse_date

    book = FileBook(path)
    try:
        day: date | None = parse_date(as_of)
    except ValueError as error:
        raise CallError(f"--as-of 的值{error}。", "请写成 2026-10-16 这样的形式。") from None
    return start(book, path.resolve().parent, day)


def period_of(ledger: Ledger, text: str | None) -> Period:
    """The period asked for; the month of the last day counted if none was."""
    from zuxun_xl.periods import month_of, parse_period

    cut = ledger.settings.month_start
    return parse_period(text, cut) if text else month_of(ledger.as_of, cut)


def how_of(formulas: str, overwrite: bool) -> How:
    """How to fill, by the options of a writing command."""
    from zuxun_xl.tasks.filling.pen import How

    return How(formulas, overwrite)  # type: ignore[arg-type]  # click.Choice allows just these


def save(ledger: Ledger, changes: ChangeSet, out: Path | None, label: str) -> Path:
    """Applies the changes to a new file; returns where it lies."""
    book: FileBook = ledger.book  # type: ignore[assignment]  # commands work on files
    return save_book(book, changes, out, label)


def open_book(path: Path) -> FileBook:
    """The workbook alone, for commands that need no tables."""
    from zuxun_xl.book.file import FileBook

    return FileBook(path)


def save_book(book: FileBook, changes: ChangeSet, out: Path | None, label: str) -> Path:
    """Applies the changes to a new file; returns where it lies."""
    target = out or book.path.with_name(f"{book.path.stem}（{label}）{book.path.suffix}")
    if target.exists() and target.samefile(book.path):
        raise CallError("结果文件不能就是原文件。", "请用 -o 另给一个文件名。")
    return book.save(changes, target)


def written(ledger: Ledger, changes: ChangeSet, out: Path | None, label: str, *, preview: bool, as_json: bool) -> Path | None:
    """Where the changes were written; ``None`` if they were only to be shown."""
    from zuxun_xl import console

    if preview:
        console.preview(changes, as_json=as_json)
        return None
    return save(ledger, changes, out, label)
