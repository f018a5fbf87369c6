"""Commands on a department's workbook: kpi, fill, diagnose, run, demo."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from zuxun_xl.cli.common import PERIOD_HELP, book_command, how_of, open_ledger, period_of, save, writing_command, written
from zuxun_xl.cli.root import cli
from zuxun_xl.errors import CallError

if TYPE_CHECKING:
    from zuxun_xl.tasks.filling.pen import How




@cli.command(help="算各组和全部的KPI；--list 列出指标库。")
@click.option("--list", "listing", is_flag=True, help="列出指标库：公式、口径、函数名")
@click.option("--by", type=click.Choice(["group", "all"]), default="group", show_default=True, help="分组列出，或只列全部")
@click.option("--json", "as_json", is_flag=True, help="只输出一个JSON对象")
@click.option("--as-of", metavar="日期", help="数据截止日，默认是记录里的最后一天")
@click.option("--period", metavar="期间", help=PERIOD_HELP + "；默认是截止日所在的月")
@click.argument("book", metavar="[工作簿]", type=click.Path(path_type=Path), required=False)
def kpi(book: Path | None, period: str | None, as_of: str | None, as_json: bool, by: str, listing: bool) -> None:
    """``zuxun kpi BOOK --period P``."""
    from zuxun_xl import console

    if listing:
        console.print_json(console.catalogue_json()) if as_json else console.catalogue_table()
        return
    if book is None:
        raise CallError("没有指定工作簿。", "写法：zuxun kpi 工作簿.xlsx --period 2026-10。")
    from zuxun_xl.records.model import WHOLE
    from zuxun_xl.tasks.kpi import report

    ledger = open_ledger(book, as_of)
    chosen = period_of(ledger, period)
    result = report(ledger, chosen, WHOLE if by == "all" else None)
    if as_json:
        console.print_json(result)
    else:
        console.kpi_table(f"{chosen.label}（截至{ledger.as_of}）", result["kpi"], ledger.settings.variants)


@cli.command(help="填附表一、二的实绩列，附表四的各周，附表五的KPI。")
@book_command(period=True)
@writing_command
def fill(
    book: Path, period: str | None, as_of: str | None, as_json: bool, out: Path | None, formulas: str, dry_run: bool, overwrite: bool
) -> None:
    """``zuxun fill BOOK --period P -o OUT``."""
    from zuxun_xl import console
    from zuxun_xl.tasks.fill import fill as fill_ledger

    ledger = open_ledger(book, as_of)
    chosen = period_of(ledger, period)
    ledger.measures(chosen)
    filling = fill_ledger(ledger, chosen, how_of(formulas, overwrite))
    path = written(ledger, filling.changes, out, chosen.id, preview=dry_run, as_json=as_json)
    if path is None:
        return
    if as_json:
        console.print_json({
            "period": chosen.id, "out": str(path), "filled": filling.filled, "findings": [f.as_dict() for f in filling.findings],
        })
        return
    console.say(_filled(filling.filled))
    console.first_findings(filling.findings)
    console.say(f"结果：{path}")


@cli.command(help="对照速查表诊断各组，加上工作表“诊断表”。")
@book_command(period=True)
@click.option("-o", "--out", metavar="文件", type=click.Path(path_type=Path), help="写出加了诊断表的工作簿")
def diagnose(book: Path, period: str | None, as_of: str | None, as_json: bool, out: Path | None) -> None:
    """``zuxun diagnose BOOK --period P -o OUT``."""
    from zuxun_xl import console
    from zuxun_xl.tasks.diagnose import diagnose as diagnose_ledger
    from zuxun_xl.tasks.run import sheet_changes

    ledger = open_ledger(book, as_of)
    chosen = period_of(ledger, period)
    problems = diagnose_ledger(ledger, chosen)
    path = save(ledger, sheet_changes(ledger, chosen, problems), out, chosen.id) if out else None
    if as_json:
        console.print_json({"period": chosen.id, "problems": [problem.as_dict() for problem in problems]})
    else:
        console.problems_table(problems)
    if path:
        console.say(f"结果：{path}")


@cli.command(name="run", help="检查、填表、算KPI、诊断，一次做完。")
@book_command(period=True)
@writing_command
def run_all(
    book: Path, period: str | None, as_of: str | None, as_json: bool, out: Path | None, formulas: str, dry_run: bool, overwrite: bool
) -> None:
    """``zuxun run BOOK --period P -o OUT``."""
    _run(book, period, as_of, out, how_of(formulas, overwrite), as_json=as_json, dry_run=dry_run)


@cli.command(help="在自带的样例台账上走一遍 run，结果放在 out 文件夹。")
@click.option("-o", "--out", metavar="文件", type=click.Path(path_type=Path), help="结果文件")
def demo(out: Path | None) -> None:
    """``zuxun demo``."""
    from importlib import resources

    shipped = resources.files("zuxun_xl.workbooks")
    with resources.as_file(next(item for item in shipped.iterdir() if item.name.endswith(".xlsx"))) as path:
        target = out or Path("out") / f"{path.stem}（结果）.xlsx"
        target.parent.mkdir(parents=True, exist_ok=True)
        _run(path, None, None, target, how_of("native", overwrite=False), as_json=False, dry_run=False)


def _run(
    book: Path, period: str | None, as_of: str | None, out: Path | None, how: How, *, as_json: bool, dry_run: bool
) -> None:
    from zuxun_xl import console
    from zuxun_xl.forms.catalogue import FORMS
    from zuxun_xl.tasks.run import run

    ledger = open_ledger(book, as_of)
    chosen = period_of(ledger, period)
    outcome = run(ledger, chosen, how)
    path = written(ledger, outcome.changes, out, chosen.id, preview=dry_run, as_json=as_json)
    if path is None:
        return
    if as_json:
        console.print_json({
            "period": chosen.id, "out": str(path), "filled": outcome.filled, "findings": [f.as_dict() for f in outcome.findings],
            "problems": [problem.as_dict() for problem in outcome.problems],
        })
        return
    console.say(f"{ledger.book.name}：{chosen.label}，数据截至{ledger.as_of}")
    rows = {key: sum(len(part) for part in ledger.tables[key].whole) for key in FORMS if key in ledger.tables}
    console.say(f"认出：{'、'.join(f'{key}{count}行' for key, count in rows.items())}")
    console.say(f"校验：{console.counts(outcome.findings)}")
    console.first_findings(outcome.findings)
    console.say(_filled(outcome.filled))
    console.say("诊断：")
    console.problem_lines(outcome.problems)
    console.say(f"结果：{path}")


def _filled(filled: dict[str, int]) -> str:
    return "填写：" + ("、".join(f"{form}{count}格" for form, count in filled.items() if count) or "没有需要改动的格子")
