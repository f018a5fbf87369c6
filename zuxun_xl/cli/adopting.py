"""Commands that show what was recognised in a workbook, and take answers to what is ambiguous: tables, adopt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from zuxun_xl.cli.common import book_command, open_ledger, save
from zuxun_xl.cli.root import cli

if TYPE_CHECKING:
    from zuxun_xl.tasks.adopt import Adoption
    from zuxun_xl.tasks.adopting.formulas import OwnFormulas
    from zuxun_xl.tasks.adopting.question import Question
    from zuxun_xl.tasks.adopting.report import ColumnReport, Report, TableReport


@cli.command(help="列出工作簿里认出的表：在哪里、有多大把握、哪些列没有用到。")
@book_command(period=False)
def tables(book: Path, as_of: str | None, as_json: bool) -> None:
    """``zuxun tables BOOK``."""
    from zuxun_xl import console
    from zuxun_xl.tasks.adopting.report import report

    ledger = open_ledger(book, as_of)
    recognised = report(ledger)
    if as_json:
        console.print_json({"tables": [_short(table) for table in recognised.tables]})
        return
    rows = [
        [t.form, t.sheet, f"第{t.header}行", f"{t.confidence:.0%}", str(t.rows) if t.used else "未采用", _remarks(t), _list(t.unused)]
        for t in recognised.tables
    ]
    console.table(f"{ledger.book.name} 里认出的表", ["表", "工作表", "表头", "把握", "行数", "缺列/推断", "没有用到的列"], rows, numbers=9)
    _what_is_not_there(recognised)


@cli.command(help="认一本台账：每张表怎么认的、每列什么单位、哪里拿不准；答案记在工作簿的“映射”表里。")
@click.option(
    "--set", "settings", multiple=True, metavar="对象=答案",
    help="例：保单明细.首年保费=规模保费、保单明细.首年保费.单位=万元、附表一=工作表名",
)
@click.option("--answer", "answers", multiple=True, metavar="Q1=2", help="回答问题：选第几个")
@click.option("-o", "--out", metavar="文件", type=click.Path(path_type=Path), help="写出加了“映射”表的工作簿")
@book_command(period=False)
def adopt(
    book: Path, as_of: str | None, as_json: bool, out: Path | None, answers: Sequence[str], settings: Sequence[str]
) -> None:
    """``zuxun adopt BOOK --answer Q1=2 -o OUT``."""
    from zuxun_xl import console
    from zuxun_xl.tasks.adopt import adopt as adopt_ledger
    from zuxun_xl.tasks.adopt import given

    ledger = open_ledger(book, as_of)
    ledger = replace(ledger, given=given(ledger, answers, settings))
    adoption = adopt_ledger(ledger)
    path = save(ledger, adoption.changes, out, "映射") if out else None
    if as_json:
        console.print_json({"book": ledger.book.name, **adoption.as_dict(), "out": str(path) if path else None})
        return
    _show(adoption)
    if path:
        console.say(f"结果：{path}")
    elif answers or settings:
        console.say("答案只用在这一次；要记住，加 -o 结果.xlsx。")


def _short(table: TableReport) -> dict[str, Any]:
    return {
        "form": table.form, "sheet": table.sheet, "header": table.header, "confidence": table.confidence, "used": table.used,
        "rows": table.rows if table.used else None, "columns": {column.key: column.heading for column in table.columns},
        "inferred": [column.key for column in table.columns if column.found_by == "推断"], "missing": list(table.missing),
        "unknown": list(table.unused),
    }


def _remarks(table: TableReport) -> str:
    """What is missing, else the columns that were not recognised by their headings alone."""
    if table.missing:
        return f"缺少：{'、'.join(table.missing)}"
    return "、".join(f"{c.key}（按“{c.heading}”{c.found_by}）" for c in table.columns if c.found_by not in ("表头", "您的决定"))


def _list(words: Sequence[str]) -> str:
    return "、".join(words) or "—"


def _what_is_not_there(recognised: Report) -> None:
    for form, needs in recognised.absent.items():
        click.echo(f"没有认出{form}。如果台账里有，表头要有：{needs}。")
    if recognised.other_sheets:
        click.echo(f"没有认出的工作表：{'、'.join(recognised.other_sheets)}")


def _show(adoption: Adoption) -> None:
    for table in adoption.report.tables:
        if table.used:
            click.echo("\n".join(_described(table)))
    for form, sheets in adoption.report.joined.items():
        click.echo(f"{form}由{len(sheets)}张表合成：{_list(sheets)}")
    for table in adoption.report.tables:
        if not table.used:
            click.echo(f"没有采用：“{table.sheet}”第{table.header}行像{table.form}（把握{table.confidence:.0%}），{table.why_not}。")
    for own in adoption.formulas:
        click.echo(f"{own.sheet}里您自己的公式{own.count}格，{_compared(own)}。")
    _what_is_not_there(adoption.report)
    for item in adoption.unusable:
        click.echo(f"{item.sheet}!{item.cell} 的答案“{item.label}”没有采用：{item.reason}。")
    _ask(adoption.questions)


def _described(table: TableReport) -> Iterator[str]:
    """A table in a few lines: where and how surely, its columns, what was repaired, what is left over."""
    sheet = f"“{table.sheet}”" + ("（隐藏的工作表）" if table.hidden_sheet else "")
    yield f"■ {table.form}：{sheet}第{table.header}行表头，{table.rows}行，把握{table.confidence:.0%}，{table.layout}"
    yield f"   列：{'　'.join(map(_column, table.columns))}" + (f"　另横排{table.across}列" if table.across else "")
    counted = [
        *([f"小计、合计{table.subtotals}行不重复计"] if table.subtotals else []),
        *([f"隐藏或筛选掉的{table.hidden_rows}行照样计入"] if table.hidden_rows else []),
        *(f"{c.key}有{c.repaired}格文本已按数字、日期读" for c in table.columns if c.repaired),
        *(f"{c.key}有{c.unreadable}格读不出" for c in table.columns if c.unreadable),
    ]
    if counted:
        yield f"   {'；'.join(counted)}"
    if table.unused:
        yield f"   没有用到的列：{_list(table.unused)}"


def _column(column: ColumnReport) -> str:
    heading = "" if column.heading in ("", column.key) else f"←{column.heading}"
    found = "" if column.found_by == "表头" else f"（{column.found_by}）"
    unit = f"〔{column.unit}·{column.unit_from}〕" if column.unit else ""
    return f"{column.key}{heading}{found}{unit}"


def _compared(own: OwnFormulas) -> str:
    if not own.differing:
        return "都与按记录算的一致"
    return f"其中{len(own.differing)}格与按记录算的不同（{_list(own.differing[:5])}），见 zuxun check"


def _ask(questions: Sequence[Question]) -> None:
    if not questions:
        click.echo("没有拿不准的地方。")
    for question in questions:
        click.echo(f"{question.id} {question.sheet}!{question.cell} {question.text}{question.meanwhile}。")
        for number, option in enumerate(question.options, start=1):
            click.echo(f"   {number}. {option.value}" + (f"（{'、'.join(option.samples)}）" if option.samples else ""))
    if questions:
        click.echo(f"回答：zuxun adopt 台账.xlsx --answer {questions[0].id}=1 -o 结果.xlsx；或在结果的“映射”表里选定。")
