"""The command ``zuxun``: parse, call a task, show, apply.

Exit codes: 0 done, 1 findings of level 错 in ``check``, 2 wrong call, 3 unreadable file.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from zuxun_xl import __version__
from zuxun_xl.errors import CallError, ZuxunError

if TYPE_CHECKING:
    from zuxun_xl.book.changes import ChangeSet
    from zuxun_xl.book.file import FileBook
    from zuxun_xl.periods import Period
    from zuxun_xl.tasks.filling.pen import How
    from zuxun_xl.tasks.ledger import Ledger

_PERIOD_HELP = "期间：2026-10、2026Q3、2026、2026-01..2026-10 或 2026-10-12..2026-10-18"
_BROKEN_PIPE = 141


def main() -> None:
    """Entry point: every error becomes one Chinese sentence and an exit code; no traceback reaches a user."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    gc.disable()  # one short job a process: collecting costs a tenth of it and frees nothing
    sys.exit(_guarded(sys.argv[1:]))


def _guarded(arguments: list[str]) -> int:
    try:
        return int(cli.main(arguments, prog_name="zuxun", standalone_mode=False) or 0)
    except ZuxunError as error:
        return _fail(f"[{error.code}] {error}", error.exit_code)
    except click.UsageError as error:
        return _fail(f"[{CallError.code}] 命令写法不对：{_usage(error)}。用 zuxun --help 或 zuxun 命令 --help 查看写法。", 2)
    except (click.Abort, KeyboardInterrupt):
        return _fail("已中止，没有写入任何文件。", 2)
    except BrokenPipeError:
        return _BROKEN_PIPE
    except Exception as error:
        if os.environ.get("ZUXUN_DEBUG"):
            raise
        return _fail(f"[E999] 程序内部出错（{_where(error)}），没有改动原文件。请把这行文字和所用的命令告诉维护者。", 3)


def _fail(message: str, code: int) -> int:
    sys.stderr.write(message + "\n")
    return code


def _usage(error: click.UsageError) -> str:
    match error:
        case click.NoSuchOption():
            return f"没有选项 {error.option_name}"
        case click.MissingParameter():
            return f"缺少{error.param.make_metavar(error.ctx) if error.param is not None and error.ctx is not None else '参数'}"
        case click.BadParameter():
            return f"{error.param.opts[-1] if error.param is not None else '参数'} 的值不对（{error.message}）"
    return error.message.replace("No such command", "没有命令").rstrip(".")


def _where(error: Exception) -> str:
    """Kind and place of an unexpected error, without anything from the user's data."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace is not None else "?"
    return f"{type(error).__name__}，{place}"


@click.group(help="组训工具箱：检查台账、填附表、算KPI、对照速查表诊断。原文件从不改动。")
@click.version_option(__version__, message="zuxun_xl %(version)s")
def cli() -> None:
    """The command group."""


def _book_command(*, period: bool) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Options that every command on a workbook has."""

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        function = click.option("--json", "as_json", is_flag=True, help="只输出一个JSON对象")(function)
        function = click.option("--as-of", metavar="日期", help="数据截止日，默认是记录里的最后一天")(function)
        if period:
            function = click.option("--period", metavar="期间", help=_PERIOD_HELP + "；默认是截止日所在的月")(function)
        return click.argument("book", metavar="工作簿", type=click.Path(path_type=Path))(function)

    return decorate


def _writing_command(function: Callable[..., Any]) -> Callable[..., Any]:
    """Options of commands that write a result."""
    function = click.option("--overwrite", is_flag=True, help="手填的实绩与记录不一致时，以记录为准改写")(function)
    function = click.option("--dry-run", is_flag=True, help="只列出将要写入的内容，不写文件")(function)
    function = click.option(
        "--formulas", type=click.Choice(["native", "zx", "value"]), default="native", show_default=True,
        help="KPI格写成原生公式、ZX_函数或纯数值",
    )(function)
    return click.option("-o", "--out", metavar="文件", type=click.Path(path_type=Path), help="结果文件，默认放在原文件旁边")(function)


def _open(path: Path, as_of: str | None) -> Ledger:
    from zuxun_xl.book.file import FileBook
    from zuxun_xl.kpi.catalogue import check_variants
    from zuxun_xl.settings import load
    from zuxun_xl.tasks.diagnose import thresholds_of
    from zuxun_xl.tasks.ledger import Ledger, settings_in
    from zuxun_xl.units import parse_date

    book = FileBook(path)
    try:
        day: date | None = parse_date(as_of)
    except ValueError as error:
        raise CallError(f"--as-of 的值{error}。", "请写成 2026-10-16 这样的形式。") from None
    settings = load(path.resolve().parent, settings_in(book))
    check_variants(settings.variants)
    thresholds_of(settings)
    return Ledger(book, settings, day)


def _period(ledger: Ledger, text: str | None) -> Period:
    from zuxun_xl.periods import month, parse_period

    return parse_period(text) if text else month(ledger.as_of.year, ledger.as_of.month)


def _how(formulas: str, overwrite: bool) -> How:
    from zuxun_xl.tasks.filling.pen import How

    return How(formulas, overwrite)  # type: ignore[arg-type]  # click.Choice allows just these


def _save(ledger: Ledger, changes: ChangeSet, out: Path | None, label: str) -> Path:
    """Applies the changes to a new file; returns where it lies."""
    book: FileBook = ledger.book  # type: ignore[assignment]  # commands work on files
    target = out or book.path.with_name(f"{book.path.stem}（{label}）{book.path.suffix}")
    if target.exists() and target.samefile(book.path):
        raise CallError("结果文件不能就是原文件。", "请用 -o 另给一个文件名。")
    return book.save(changes, target)


def _written(ledger: Ledger, changes: ChangeSet, out: Path | None, label: str, *, preview: bool, as_json: bool) -> Path | None:
    """Where the changes were written; ``None`` if they were only to be shown."""
    from zuxun_xl import console

    if preview:
        console.preview(changes, as_json=as_json)
        return None
    return _save(ledger, changes, out, label)


@cli.command(help="列出工作簿里认出的表：在哪里、有多大把握、哪些列没有用到。")
@_book_command(period=False)
def tables(book: Path, as_of: str | None, as_json: bool) -> None:
    """``zuxun tables BOOK``."""
    from zuxun_xl import console

    ledger = _open(book, as_of)
    console.print_json(console.tables_json(ledger)) if as_json else console.tables_table(ledger)


@cli.command(help="校验原始台账和附表一至五，列出问题、位置和办法。有“错”时退出码为1。")
@_book_command(period=False)
def check(book: Path, as_of: str | None, as_json: bool) -> int:
    """``zuxun check BOOK``."""
    from zuxun_xl import console
    from zuxun_xl.findings import Level
    from zuxun_xl.tasks.check import check as check_ledger

    findings = check_ledger(_open(book, as_of))
    if as_json:
        console.print_json({"findings": [finding.as_dict() for finding in findings]})
    else:
        console.findings_table(findings)
    return int(any(finding.level is Level.ERROR for finding in findings))


@cli.command(help="算各组和全部的KPI；--list 列出指标库。")
@click.option("--list", "listing", is_flag=True, help="列出指标库：公式、口径、函数名")
@click.option("--by", type=click.Choice(["group", "all"]), default="group", show_default=True, help="分组列出，或只列全部")
@click.option("--json", "as_json", is_flag=True, help="只输出一个JSON对象")
@click.option("--as-of", metavar="日期", help="数据截止日，默认是记录里的最后一天")
@click.option("--period", metavar="期间", help=_PERIOD_HELP + "；默认是截止日所在的月")
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

    ledger = _open(book, as_of)
    chosen = _period(ledger, period)
    result = report(ledger, chosen, WHOLE if by == "all" else None)
    if as_json:
        console.print_json(result)
    else:
        console.kpi_table(f"{chosen.label}（截至{ledger.as_of}）", result["kpi"], ledger.settings.variants)


@cli.command(help="填附表一、二的实绩列，附表四的各周，附表五的KPI。")
@_book_command(period=True)
@_writing_command
def fill(
    book: Path, period: str | None, as_of: str | None, as_json: bool, out: Path | None, formulas: str, dry_run: bool, overwrite: bool
) -> None:
    """``zuxun fill BOOK --period P -o OUT``."""
    from zuxun_xl import console
    from zuxun_xl.tasks.fill import fill as fill_ledger

    ledger = _open(book, as_of)
    chosen = _period(ledger, period)
    ledger.measures(chosen)
    filling = fill_ledger(ledger, chosen, _how(formulas, overwrite))
    path = _written(ledger, filling.changes, out, chosen.id, preview=dry_run, as_json=as_json)
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
@_book_command(period=True)
@click.option("-o", "--out", metavar="文件", type=click.Path(path_type=Path), help="写出加了诊断表的工作簿")
def diagnose(book: Path, period: str | None, as_of: str | None, as_json: bool, out: Path | None) -> None:
    """``zuxun diagnose BOOK --period P -o OUT``."""
    from zuxun_xl import console
    from zuxun_xl.tasks.diagnose import diagnose as diagnose_ledger
    from zuxun_xl.tasks.run import sheet_changes

    ledger = _open(book, as_of)
    chosen = _period(ledger, period)
    problems = diagnose_ledger(ledger, chosen)
    path = _save(ledger, sheet_changes(ledger, chosen, problems), out, chosen.id) if out else None
    if as_json:
        console.print_json({"period": chosen.id, "problems": [problem.as_dict() for problem in problems]})
    else:
        console.problems_table(problems)
    if path:
        console.say(f"结果：{path}")


@cli.command(name="run", help="检查、填表、算KPI、诊断，一次做完。")
@_book_command(period=True)
@_writing_command
def run_all(
    book: Path, period: str | None, as_of: str | None, as_json: bool, out: Path | None, formulas: str, dry_run: bool, overwrite: bool
) -> None:
    """``zuxun run BOOK --period P -o OUT``."""
    _run(book, period, as_of, out, _how(formulas, overwrite), as_json=as_json, dry_run=dry_run)


@cli.command(help="在自带的样例台账上走一遍 run，结果放在 out 文件夹。")
@click.option("-o", "--out", metavar="文件", type=click.Path(path_type=Path), help="结果文件")
def demo(out: Path | None) -> None:
    """``zuxun demo``."""
    from importlib import resources

    shipped = resources.files("zuxun_xl.workbooks")
    with resources.as_file(next(item for item in shipped.iterdir() if item.name.endswith(".xlsx"))) as path:
        target = out or Path("out") / f"{path.stem}（结果）.xlsx"
        target.parent.mkdir(parents=True, exist_ok=True)
        _run(path, None, None, target, _how("native", overwrite=False), as_json=False, dry_run=False)


def _run(
    book: Path, period: str | None, as_of: str | None, out: Path | None, how: How, *, as_json: bool, dry_run: bool
) -> None:
    from zuxun_xl import console
    from zuxun_xl.forms.catalogue import FORMS
    from zuxun_xl.tasks.run import run

    ledger = _open(book, as_of)
    chosen = _period(ledger, period)
    outcome = run(ledger, chosen, how)
    path = _written(ledger, outcome.changes, out, chosen.id, preview=dry_run, as_json=as_json)
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
