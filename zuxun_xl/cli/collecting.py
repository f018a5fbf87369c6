"""Commands on many workbooks: copies handed out to supervisors, and what they return."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from zuxun_xl.cli.common import open_ledger, save
from zuxun_xl.cli.root import cli

if TYPE_CHECKING:
    from collections.abc import Callable

    from zuxun_xl.batch.board import Board

_LAST_QUARTER = 10
_ISSUE_HELP = "编号，默认用现在的时间；后发的编号要排在先发的后面"


@cli.command(help="给每个主管一份锁定的模板：附表一、二、三，只含本组，已知的数已填好。")
@click.option("-o", "--out", metavar="文件夹", type=click.Path(path_type=Path), required=True, help="放模板的文件夹")
@click.option("--year", metavar="年", type=click.IntRange(2000, 2100), help="计划哪一年；默认是台账的年份，10月起是下一年")
@click.option("--unit", type=click.Choice(["元", "万元"]), default="元", show_default=True, help="金额单位")
@click.option("--issue", metavar="编号", help=_ISSUE_HELP)
@click.option("--json", "as_json", is_flag=True, help="只输出一个JSON对象")
@click.argument("book", metavar="工作簿", type=click.Path(path_type=Path))
def distribute(book: Path, out: Path, year: int | None, unit: str, issue: str | None, as_json: bool) -> None:
    """``zuxun distribute BOOK -o DIR``."""
    from zuxun_xl import console
    from zuxun_xl.batch.distribute import distribute as hand_out
    from zuxun_xl.tasks.yearplan import year_plan
    from zuxun_xl.units import MONEY_SCALES

    ledger = open_ledger(book, None)
    chosen = year or ledger.as_of.year + (ledger.as_of.month >= _LAST_QUARTER)
    plan = year_plan(ledger, chosen)
    number = issue or f"{chosen}-{datetime.now():%Y%m%d%H%M%S}"
    with _progress(len(plan.groups), "下发") as told:
        paths = hand_out(plan, out, number, MONEY_SCALES[unit], told)
    if as_json:
        console.print_json({"year": chosen, "issue": number, "groups": list(plan.groups), "files": [str(path) for path in paths]})
        return
    console.say(f"{chosen}年目标计划，编号{number}：{len(paths)}个组，{len(plan.people)}人，已放进“{out}”：")
    for path in paths:
        console.say(f"  {path.name}")
    console.say("请用微信发给各主管；收回的文件放进一个文件夹，再运行 zuxun collect 那个文件夹 -o 汇总.xlsx。")


@cli.command(help="汇总主管交回的模板：谁交了、谁没交、哪里错了，合并成一份能对上的计划。")
@click.option("-o", "--out", metavar="文件", type=click.Path(path_type=Path), required=True, help="汇总工作簿")
@click.option("--year", metavar="年", type=click.IntRange(2000, 2100), help="收哪一年的计划；默认是大多数文件的那一年")
@click.option("--issue", metavar="编号", help="以哪个编号为准；默认是收到的最新编号")
@click.option("--into", metavar="台账", type=click.Path(path_type=Path), help="把采用的计划填进这个台账的附表一至三，另存在汇总旁边")
@click.option("--overwrite", is_flag=True, help="台账里已填的计划与交回的不一致时，以交回的为准")
@click.option("--json", "as_json", is_flag=True, help="只输出一个JSON对象")
@click.argument("folder", metavar="文件夹", type=click.Path(path_type=Path))
def collect(
    folder: Path, out: Path, year: int | None, issue: str | None, into: Path | None, overwrite: bool, as_json: bool
) -> None:
    """``zuxun collect DIR -o OUT``."""
    from zuxun_xl import console
    from zuxun_xl.batch.collect import collect as collect_folder
    from zuxun_xl.batch.collect import files_in

    with _progress(len(files_in(folder, out)), "读取") as told:
        board, path, repaired = collect_folder(folder, out, year, issue, told)
    entered = _entered(board, into, out, overwrite=overwrite) if into else {}
    if as_json:
        console.print_json({**board_json(board), "out": str(path), "repaired": [str(each) for each in repaired], **entered})
        return
    _show(board)
    if repaired:
        console.say(f"已修复{len(repaired)}份，放在“{repaired[0].parent}”，原文件没有改动。")
    console.say(f"结果：{path}")


def _entered(board: Board, into: Path, out: Path, *, overwrite: bool) -> dict[str, Any]:
    """The merged plan written into a copy of the department's own workbook."""
    from zuxun_xl import console
    from zuxun_xl.tasks.enter import enter
    from zuxun_xl.tasks.filling.pen import How

    ledger = open_ledger(into, None)
    entering = enter(ledger, board.merged(), How(overwrite=overwrite))
    path = save(ledger, entering.changes, out.with_name(f"{into.stem}（计划）{into.suffix}"), "计划")
    console.say("台账：" + "、".join(f"{form}{count}格" for form, count in entering.filled.items()) + f"，另存为{path}")
    console.first_findings(entering.findings, more="")
    return {"ledger": str(path), "filled": entering.filled, "findings": [finding.as_dict() for finding in entering.findings]}


def board_json(board: Board) -> dict[str, Any]:
    """The board as a JSON object."""
    return {
        "year": board.year, "issue": board.issue, "expected": list(board.expected), "merged": list(board.taken),
        "missing": list(board.missing), "coverage": board.coverage,
        "files": [
            {
                "file": each.returned.path.name, "group": each.group, "state": each.state.value,
                "findings": [finding.as_dict() for finding in each.findings],
            }
            for each in board.submissions
        ],
    }


def _show(board: Board) -> None:
    from zuxun_xl import console
    from zuxun_xl.batch.summary import brief, counted, headline

    rows = [
        [each.group or "—", each.state.value, each.returned.path.name, counted(each.findings), brief(each.findings)]
        for each in board.submissions
    ]
    rows += [[group, "未交", "", "", "请催交。"] for group in board.unsent]
    console.table(f"{board.year}年目标计划提交情况", ["组别", "状态", "文件", "问题", "说明"], rows, numbers=9)
    console.say(headline(board))


@contextmanager
def _progress(count: int, label: str) -> Iterator[Callable[[Path], None]]:
    """A progress bar with file names on stderr; it shows only in a terminal."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    with Progress(console=console, disable=not console.is_terminal, transient=True) as bar:
        task = bar.add_task(label, total=count)

        def told(path: Path) -> None:
            bar.update(task, advance=1, description=f"{label} {path.name}")

        yield told
