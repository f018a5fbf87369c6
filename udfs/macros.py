"""What the ribbon's buttons do: each one task, the same as the command line's, shown before it is written, and undone by 撤销上次."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import xlwings as xw

from zuxun_xl.book.changes import ChangeSet
from zuxun_xl.book.excel.apply import apply, lay_out, remove, undo
from zuxun_xl.book.excel.book import ExcelBook
from zuxun_xl.book.own import LOG, PREVIEW
from zuxun_xl.book.preview import preview_sheet
from zuxun_xl.errors import CallError, ZuxunError, place_of_fault
from zuxun_xl.findings import Finding, Level
from zuxun_xl.udfs.desk import Desk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zuxun_xl.periods import Period
    from zuxun_xl.tasks.ledger import Ledger

_FEW = 6


@dataclass(frozen=True)
class Result:
    """What a job would write, and what it says."""

    changes: ChangeSet
    said: str = ""


@dataclass(frozen=True)
class Scene:
    """Where a button was pressed."""

    book: ExcelBook
    desk: Desk

    def ledger(self) -> Ledger:
        """The workbook with its settings."""
        from zuxun_xl.tasks.start import start

        self.desk.progress("正在读工作簿……")
        return start(self.book, self.folder)

    @property
    def folder(self) -> Path:
        """Where the workbook lies; the user's own folder for one that was never saved."""
        parent = Path(self.book.book.fullname).parent
        return parent if parent.is_dir() else Path.home()

    def period(self, ledger: Ledger) -> Period:
        """The period that the user names; the month of the last day counted is proposed."""
        from zuxun_xl.periods import month_of, parse_period

        cut = ledger.settings.month_start
        answer = self.desk.ask_text("哪个期间？例：2026-10、2026Q3、2026-01..2026-10", month_of(ledger.as_of, cut).id)
        if not answer:
            raise _Cancelled
        return parse_period(answer, cut)

    def text(self, prompt: str) -> str:
        """A text that must be given."""
        answer = self.desk.ask_text(prompt)
        if not answer:
            raise _Cancelled
        return str(answer)


class _Cancelled(Exception):  # noqa: N818 - no error: the user does not want to go on
    """The user closed a question without an answer."""


def press(button: str) -> None:
    """What a button of the ribbon does in the active workbook; called by the add-in with the button's id."""
    app = xw.apps.active
    book = app.books.active if app is not None else None
    if app is not None and book is not None:
        perform(button, Scene(ExcelBook(book), Desk(app)))


def perform(button: str, scene: Scene) -> None:
    """Runs a button's job; whatever goes wrong ends as a Chinese message."""
    desk = scene.desk
    try:
        BUTTONS[button](scene)
    except _Cancelled:
        return
    except ZuxunError as error:
        desk.tell(str(error))
    except Exception as error:  # noqa: BLE001 - the user gets a sentence, the log the place
        place = place_of_fault(error)
        desk.note_failure(button, place)
        desk.tell(f"程序内部出错（{place}），工作簿没有改动。请把这行文字告诉维护者，日志在 {desk.folder}。")
    finally:
        desk.progress("")


def _writing(title: str, job: Callable[[Scene], Result]) -> Callable[[Scene], None]:
    """A button that shows what it would write, and writes it if the user agrees."""

    def button(scene: Scene) -> None:
        result = job(scene)
        if not result.changes:
            scene.desk.tell(f"{title}：没有需要改动的地方。{_below(result.said)}")
            return
        answer = scene.desk.ask(
            f"{title}：将要{_counted(result.changes)}。{_below(result.said)}\n\n是：写入；否：先列在“{PREVIEW}”表里看；取消：不写。"
        )
        if answer == "no":
            lay_out(scene.book, preview_sheet(title, result.changes))
        if answer != "yes":
            return
        remove(scene.book, PREVIEW)
        scene.desk.progress(f"{title}：正在写入……")
        apply(scene.book, result.changes, title, scene.desk.user)
        scene.desk.tell(f"{title}：已{_counted(result.changes)}。\n每一格写了什么见“{LOG}”；要退回去，按“撤销上次”。")

    return button


def _below(said: str) -> str:
    return f"\n\n{said}" if said else ""


def _counted(changes: ChangeSet) -> str:
    """The changes in a few words, sheet by sheet."""
    counts = Counter(change.sheet for change in changes.changes)
    parts = [f"写“{sheet}”{count}格" for sheet, count in counts.items()]
    parts += [f"加一张“{spec.name}”" for spec in changes.sheets if spec.visibility == "visible"]
    parts += [f"给{len(changes.marks)}格标颜色、写批注"] if changes.marks else []
    return "、".join(parts) or "更新记录"


def _told(findings: Sequence[Finding]) -> str:
    """How many findings of each level, and the gravest."""
    counts = Counter(finding.level for finding in findings)
    head = "、".join(f"{level.value} {counts[level]} 条" for level in Level)
    first = [f"[{f.level.value}] {f.sheet}{'!' if f.cell else ''}{f.cell} {f.message}" for f in findings[:_FEW]]
    return "\n".join([f"校验：{head}", *first])


def _run(scene: Scene) -> Result:
    from zuxun_xl.tasks.run import run

    ledger = scene.ledger()
    outcome = run(ledger, scene.period(ledger))
    return Result(outcome.changes, _told(outcome.findings))


def _fill(scene: Scene) -> Result:
    from zuxun_xl.tasks.fill import fill

    ledger = scene.ledger()
    period = scene.period(ledger)
    ledger.measures(period)
    filling = fill(ledger, period)
    return Result(filling.changes, _told(filling.findings) if filling.findings else "")


def _bridge(scene: Scene) -> Result:
    from zuxun_xl.tasks.bridge import bridge

    ledger = scene.ledger()
    outcome = bridge(ledger, scene.period(ledger))
    return Result(outcome.sheet(), f"手填的人力核对了{len(outcome.typed)}项，{outcome.different}项与名单不一致。")


def _inspecting(*, fixing: bool = False, marking: bool = False) -> Callable[[Scene], Result]:
    def job(scene: Scene) -> Result:
        from zuxun_xl.tasks.inspection import inspect

        inspection = inspect(scene.ledger(), fixing=fixing, marking=marking)
        return Result(inspection.changes, "\n".join([_told(inspection.findings), *inspection.said]))

    return job


def _diagnose(scene: Scene) -> Result:
    from zuxun_xl.tasks.diagnose import diagnose
    from zuxun_xl.tasks.run import sheet_changes

    ledger = scene.ledger()
    period = scene.period(ledger)
    problems = diagnose(ledger, period)
    found = [f"{each.group}{each.problem.name}（{each.verdict.state}）" for each in problems if each.present]
    return Result(sheet_changes(ledger, period, problems), "、".join(found) or "没有判为红或黄的问题。")


def _kpi(scene: Scene) -> None:
    from zuxun_xl.kpi.catalogue import KPIS
    from zuxun_xl.records.model import WHOLE
    from zuxun_xl.tasks.kpi import report
    from zuxun_xl.units import show

    ledger = scene.ledger()
    period = scene.period(ledger)
    values = report(ledger, period, WHOLE)["kpi"][WHOLE]
    lines = [f"{key}：{show(values[key], kpi.unit)}" for key, kpi in KPIS.items() if isinstance(values.get(key), float)]
    scene.desk.tell("\n".join([f"{period.label}，全部（截至{ledger.as_of}）", *lines, "", "各组的指标见附表五，或用“诊断”。"]))


def _calendar(scene: Scene) -> None:
    from zuxun_xl.tasks.check import check

    found = [finding for finding in check(scene.ledger()) if finding.code.startswith("V60")]
    scene.desk.tell(_told(found) if found else "行事历没有发现问题（或台账里没有附表六）。")


def _adopt(scene: Scene) -> Result:
    from zuxun_xl.tasks.adopt import adopt

    adoption = adopt(scene.ledger())
    asked = [f"{question.sheet}!{question.cell} {question.text}" for question in adoption.questions[:_FEW]]
    return Result(adoption.changes, "\n".join(["拿不准的地方，请在“映射”表里选定：", *asked]) if asked else "没有拿不准的地方。")


def _freeze(scene: Scene) -> Result:
    from zuxun_xl.tasks.freeze import freeze

    swap = freeze(scene.book)
    return Result(swap.changes, _told(swap.findings) if swap.findings else "")


def _thaw(scene: Scene) -> Result:
    from zuxun_xl.tasks.freeze import thaw

    swap = thaw(scene.book)
    return Result(swap.changes, _told(swap.findings) if swap.findings else "")


def _spread(scene: Scene) -> Result:
    from decimal import Decimal

    from zuxun_xl.tasks.spread import spread
    from zuxun_xl.tasks.spreading.wish import Wish
    from zuxun_xl.units import parse_number

    ledger = scene.ledger()
    text = scene.text("全年FYP目标是多少？例：1200万")
    try:
        total = parse_number(text)
    except ValueError as error:
        raise CallError(f"目标{error}。", "请写成 1200万、12,000,000 这样的数。") from None
    spreading = spread(ledger, Wish(total=None if total is None else Decimal(repr(total))))
    return Result(spreading.changes, _told(spreading.findings) if spreading.findings else "")


def _undo(scene: Scene) -> None:
    undone = undo(scene.book, scene.desk.user)
    left = f"\n写入后被改过、没有退回的：{'、'.join(undone.left[:_FEW])}" if undone.left else ""
    scene.desk.tell(f"已撤销“{undone.title}”，退回{undone.restored}格。{left}")


def _log(scene: Scene) -> None:
    if LOG not in scene.book.sheet_names:
        raise CallError("还没有变更记录。", "本工具写过内容以后才有。")
    scene.book.live(LOG).sheet.impl.activate()


def _distribute(scene: Scene) -> None:
    from datetime import datetime

    from zuxun_xl.batch.distribute import distribute
    from zuxun_xl.tasks.yearplan import year_plan
    from zuxun_xl.units import MONEY_SCALES

    ledger = scene.ledger()
    year = scene.desk.ask_text("下发哪一年的计划模板？", str(ledger.as_of.year + (ledger.as_of.month >= 10)))  # noqa: PLR2004 - the last quarter plans the next year
    if not year:
        raise _Cancelled
    if not year.isdecimal():
        raise CallError(f"“{year}”不是年份。", "请写成 2027 这样的四位数。")
    out = scene.folder / f"下发{year}"
    issue = f"{year}-{datetime.now():%Y%m%d%H%M%S}"
    paths = distribute(year_plan(ledger, int(year)), out, issue, MONEY_SCALES["元"], lambda path: scene.desk.progress(f"下发 {path.name}"))
    scene.desk.tell(f"已生成{len(paths)}份模板，放在“{out}”。收回的放进一个文件夹，再按“汇总收回”。")


def _collect(scene: Scene) -> None:
    from zuxun_xl.batch.collect import collect
    from zuxun_xl.batch.summary import headline

    folder = Path(scene.text("收回的模板放在哪个文件夹？（完整路径）").strip('"'))
    out = folder.parent / f"{folder.name}汇总.xlsx"
    board, path, _ = collect(folder, out, None, None, lambda path: scene.desk.progress(f"读取 {path.name}"))
    scene.desk.tell(f"{headline(board)}\n结果：{path}")


def _doctor(scene: Scene) -> None:
    from zuxun_xl.build.addin.health import examine
    from zuxun_xl.build.addin.machine import ThisMachine

    lines = [f"{each.verdict}　{each.name}：{each.seen}" + (f"\n　→ {each.cure}" if each.cure else "") for each in examine(ThisMachine())]
    scene.desk.tell("\n".join(lines))


def _help(scene: Scene) -> None:
    scene.desk.tell(
        "填写附表：从花名册、保单等明细填附表一、二、四、五的实绩。\n校验：列出错误和疑点；修正写法：改好文本数字、文本日期。\n"
        "诊断：对照速查表找问题和措施。\n固化：换成普通公式，发给没装加载项的人；恢复：换回来。\n"
        f"每次写入前都会先问；写了什么见“{LOG}”，按“撤销上次”退回。"
    )


BUTTONS: dict[str, Callable[[Scene], None]] = {
    "zxSpread": _writing("分解目标", _spread), "zxDistribute": _distribute, "zxCollect": _collect,
    "zxRun": _writing("一键填报", _run), "zxFill": _writing("填写附表", _fill), "zxBridge": _writing("人力核对", _bridge),
    "zxCheck": _writing("校验", _inspecting()), "zxMark": _writing("校验并标记", _inspecting(marking=True)),
    "zxFix": _writing("修正写法", _inspecting(fixing=True)),
    "zxDiagnose": _writing("诊断", _diagnose), "zxKpi": _kpi, "zxCalendar": _calendar,
    "zxAdopt": _writing("认表", _adopt), "zxFreeze": _writing("固化", _freeze), "zxThaw": _writing("恢复", _thaw),
    "zxUndo": _undo, "zxLog": _log, "zxDoctor": _doctor, "zxHelp": _help,
}
"""Id of each button of ``ribbon.xml`` → what it does."""
