"""The command check: what is wrong or doubtful in a workbook, on the screen and, on request, in a copy of it."""

from __future__ import annotations

from pathlib import Path

import click

from zuxun_xl.cli.common import book_command, open_ledger, save
from zuxun_xl.cli.root import cli


@cli.command(help="校验原始台账和附表一至六，列出问题、位置和办法。有“错”时退出码为1。")
@book_command(period=False)
@click.option("-o", "--out", metavar="文件", type=click.Path(path_type=Path), help="写出加了“校验结果”表的工作簿")
@click.option("--mark", is_flag=True, help="在结果文件里给有问题的格子标上颜色，说明写进批注")
@click.option("--fix", is_flag=True, help="在结果文件里改好肯定的：文本数字、文本日期、多余空格、写在格子里的单位")
@click.option("--dry-run", is_flag=True, help="只列出，不写文件")
def check(book: Path, as_of: str | None, as_json: bool, out: Path | None, mark: bool, fix: bool, dry_run: bool) -> int:
    """``zuxun check BOOK [--fix] [--mark] -o OUT``."""
    from zuxun_xl import console
    from zuxun_xl.findings import Level
    from zuxun_xl.tasks.inspection import inspect

    ledger = open_ledger(book, as_of)
    inspection = inspect(ledger, fixing=fix, marking=mark)
    writing = (out is not None or mark or fix) and not dry_run
    path = save(ledger, inspection.changes, out, "校验") if writing else None
    if as_json:
        written = {"out": str(path)} if path else {}
        repairs = {"repairs": console.repairs_json(inspection.repairs)} if fix else {}
        console.print_json({"findings": [finding.as_dict() for finding in inspection.findings], **repairs, **written})
    else:
        if fix:
            console.repairs_table(inspection.repairs)
        console.findings_table(inspection.findings)
    for text in inspection.said:
        console.say(text)
    if path:
        console.say(f"结果：{path}")
    return int(any(finding.level is Level.ERROR for finding in inspection.findings))
