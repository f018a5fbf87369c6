"""The commands freeze and thaw: ZX_ functions become native formulas or values, so that a copy can leave, and again what they were."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from zuxun_xl.cli.common import open_book, save_book
from zuxun_xl.cli.root import cli

if TYPE_CHECKING:
    from collections.abc import Callable

    from zuxun_xl.book.file import FileBook
    from zuxun_xl.tasks.freeze import Swap


def _swapping(function: Callable[..., Any]) -> Callable[..., Any]:
    """Options that both commands have."""
    function = click.option("--json", "as_json", is_flag=True, help="只输出一个JSON对象")(function)
    function = click.option("--dry-run", is_flag=True, help="只列出将要写入的内容，不写文件")(function)
    function = click.option("-o", "--out", metavar="文件", type=click.Path(path_type=Path), help="结果文件，默认放在原文件旁边")(function)
    return click.argument("book", metavar="工作簿", type=click.Path(path_type=Path))(function)


@cli.command(help="固化：把 ZX_ 函数换成普通公式（或数值），没装加载项的电脑也能看、能算。")
@_swapping
@click.option("--to", type=click.Choice(["native", "value"]), default="native", show_default=True, help="换成普通公式，或换成数值")
def freeze(book: Path, out: Path | None, to: str, dry_run: bool, as_json: bool) -> None:
    """``zuxun freeze BOOK -o OUT``."""
    from zuxun_xl.tasks.freeze import freeze as freeze_book

    opened = open_book(book)
    swap = freeze_book(opened, to)  # type: ignore[arg-type]  # click.Choice allows just these
    _finish(opened, swap, out, "固化", dry_run=dry_run, as_json=as_json)


@cli.command(help="恢复：把固化过的格子换回原来的 ZX_ 函数；固化后改过的格子不动，逐一列出。")
@_swapping
@click.option("--all", "everything", is_flag=True, help="没固化过的普通公式，行或列标题是指标名、写法与该指标相同的，也换成 ZX_ 函数")
def thaw(book: Path, out: Path | None, everything: bool, dry_run: bool, as_json: bool) -> None:
    """``zuxun thaw BOOK -o OUT``."""
    from zuxun_xl.tasks.freeze import thaw as thaw_book

    opened = open_book(book)
    _finish(opened, thaw_book(opened, everything=everything), out, "恢复", dry_run=dry_run, as_json=as_json)


def _finish(book: FileBook, swap: Swap, out: Path | None, verb: str, *, dry_run: bool, as_json: bool) -> None:
    from zuxun_xl import console

    if dry_run:
        console.preview(swap.changes, as_json=as_json)
    path = None if dry_run else save_book(book, swap.changes, out, verb)
    if as_json:
        if path:
            findings = [finding.as_dict() for finding in swap.findings]
            console.print_json({"out": str(path), "changed": len(swap.changes.changes), "findings": findings})
        return
    console.say(f"{verb}：{len(swap.changes.changes)} 格")
    if swap.findings:
        console.findings_table(swap.findings)
    if path:
        console.say(f"结果：{path}")
