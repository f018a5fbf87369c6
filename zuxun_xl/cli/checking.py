"""The command check: what is wrong or doubtful in a workbook, on the screen and, on request, in a copy of it."""

from __future__ import annotations

from pathlib import Path

import click

from zuxun_xl.cli.common import book_command, open_ledger, save
from zuxun_xl.cli.root import cli


@cli.command(help="校验原始台账和附表一至六，列出问题、位置和办法。有“错”时退出码为1。")
@book_command(period=False)
@click.option("-o", "--out", metavar="文件", type=click.Path(path_type=Path), help="写出加了“校验结果”表的工作簿")
def check(book: Path, as_of: str | None, as_json: bool, out: Path | None) -> int:
    """``zuxun check BOOK -o OUT``."""
    from zuxun_xl import console
    from zuxun_xl.findings import Level
    from zuxun_xl.tasks.inspection import inspect

    ledger = open_ledger(book, as_of)
    inspection = inspect(ledger)
    path = save(ledger, inspection.changes, out, "校验") if out else None
    if as_json:
        console.print_json({"findings": [finding.as_dict() for finding in inspection.findings]})
    else:
        console.findings_table(inspection.findings)
    if path:
        console.say(f"结果：{path}")
    return int(any(finding.level is Level.ERROR for finding in inspection.findings))
