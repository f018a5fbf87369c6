"""The command ``lite``: the functions for xlwings Lite, carried by the workbook itself."""

from __future__ import annotations

from pathlib import Path

import click

from zuxun_xl.cli.root import cli
from zuxun_xl.errors import CallError

_DID = {"added": "已放入", "updated": "已换成新版", "unchanged": "本来就有同一版", "removed": "已取出"}


@cli.command(help="试验：把 ZX_ 函数放进工作簿，在 Mac 和网页版 Excel 里用 xlwings Lite 计算，不装 Python。")
@click.option("-o", "--out", metavar="文件", type=click.Path(path_type=Path), help="结果文件，默认放在原文件旁边")
@click.option("--remove", is_flag=True, help="把以前放进去的取出来")
@click.option("--replace", is_flag=True, help="放进去的代码在 Lite 里改动过，也换掉或取出")
@click.option("--code", metavar="文件", type=click.Path(path_type=Path), help="只写出 Python 代码，自己贴进 Lite")
@click.option("--json", "as_json", is_flag=True, help="只输出一个JSON对象")
@click.argument("book", metavar="[工作簿]", required=False, type=click.Path(path_type=Path))
def lite(book: Path | None, out: Path | None, remove: bool, replace: bool, code: Path | None, as_json: bool) -> None:
    """``zuxun lite BOOK -o OUT [--remove]``, ``zuxun lite --code FILE``."""
    if (book is None) == (code is None):
        raise CallError("请给一个工作簿，或用 --code 写出代码，两者取一。", "例如 zuxun lite 台账.xlsx -o 结果.xlsx。")
    if code is not None:
        _write_code(code, as_json=as_json)
    elif book is not None:
        _write_book(book, out, remove=remove, replace=replace, as_json=as_json)


def _write_code(target: Path, *, as_json: bool) -> None:
    from zuxun_xl import console
    from zuxun_xl.build.lite_code import REQUIREMENTS, main_py

    if target.exists():
        raise CallError(f"“{target}”已经存在。", "请换一个文件名。")
    if not target.parent.is_dir():
        raise CallError(f"文件夹“{target.parent}”不存在。", "请先建好文件夹，或换一个位置。")
    target.write_text(main_py(), encoding="utf-8", newline="\n")
    if as_json:
        console.print_json({"out": str(target), "lite": "code"})
        return
    packages = "、".join(line.partition("  #")[0] for line in REQUIREMENTS)
    console.say(f"代码：{target}")
    console.say(f"在 Lite 里新建一个 .py 文件贴进去，requirements.txt 里要有：{packages}。")


def _write_book(path: Path, out: Path | None, *, remove: bool, replace: bool, as_json: bool) -> None:
    from zuxun_xl import __version__, console
    from zuxun_xl.book.file import FileBook
    from zuxun_xl.build.lite import embedded, present, removed
    from zuxun_xl.functions.catalogue import FUNCTIONS

    book = FileBook(path)
    before = present(book.package)
    parts = (removed if remove else embedded)(book.package, replace=replace)
    did = "removed" if remove else "added" if before is None else "updated" if parts else "unchanged"
    written = book.save_parts(parts, out or path.with_name(f"{path.stem}（Lite）{path.suffix}"))
    if as_json:
        console.print_json({"out": str(written), "lite": did, "version": __version__, "functions": list(FUNCTIONS), "experimental": True})
        return
    console.say(f"{_DID[did]}组训助手 {__version__}（{len(FUNCTIONS)}个 ZX_ 函数）。")
    console.say(f"结果：{written}")
    if not remove:
        console.say("试验功能，尚未在 Lite 里打开验证过。")
        console.say("用 Excel（Mac、网页版或 Microsoft 365）打开，点“开始”选项卡的 xlwings Lite，再点“Trust and Continue”。")
