"""The workbook of a collection: the board, a note for each returned file, and the merged plan that adds up."""

from __future__ import annotations

from collections.abc import Sequence

from zuxun_xl.batch.board import Board, State, Submission
from zuxun_xl.book.changes import BookSpec, SheetSpec
from zuxun_xl.book.layout import Layout, Styled
from zuxun_xl.build.templates.canvas import finished
from zuxun_xl.build.templates.plans import plan_forms
from zuxun_xl.build.templates.targets import TargetSheet
from zuxun_xl.findings import Finding, Level
from zuxun_xl.forms.returns import BOARD_SHEET, NOTES_SHEET

_HEADS = ("序号", "组别", "状态", "文件", "填表人", "编号", "问题", "说明")
_WIDTHS = (6, 12, 10, 34, 10, 18, 12, 60)
_LOOKS = {State.TAKEN: "绿", State.SUPERSEDED: "灰", State.EMPTY: "灰"}
_SHOWN = 3
_GRAVITY = list(Level)


def summary_book(board: Board) -> BookSpec:
    """The whole workbook; the plan forms only where something was merged."""
    sheets: list[SheetSpec] = [_board(board), _notes(board)]
    plan = board.merged()
    if plan.groups:
        results, people = plan_forms(plan)
        sheets += finished([results.canvas, people.canvas, TargetSheet(plan, results).canvas])
    return BookSpec(tuple(sheets), title=f"{board.year}年目标计划汇总")


def _board(board: Board) -> SheetSpec:
    layout = Layout(_WIDTHS)
    layout.line(f"{board.year}年目标计划提交情况", "title", 30)
    layout.line(headline(board), "note")
    layout.gap()
    layout.row([(head, "head") for head in _HEADS])
    rows = [_submission(each) for each in board.submissions]
    rows += [
        [(group, "center"), ("未交", "红"), ("", "text"), *[("", "center")] * 3, ("请催交。", "text")] for group in board.unsent
    ]
    for number, row in enumerate(rows, start=1):
        layout.row([(number, "center"), *row])
    return layout.spec(BOARD_SHEET, freeze=(4, 0), repeat_rows=(4, 4), tab_color="#548235")


def _submission(each: Submission) -> list[Styled]:
    meta = each.returned.meta
    issue = meta.issue if meta else ""
    texts = (each.returned.filled_by, issue, counted(each.findings))
    return [*_named(each), *((text, "center") for text in texts), (brief(each.findings), "text")]


def _named(each: Submission) -> list[Styled]:
    """Group, state and file."""
    return [(each.group or "—", "center"), (each.state.value, _LOOKS.get(each.state, "红")), (each.returned.path.name, "text")]


def headline(board: Board) -> str:
    """Who was asked, who has sent, how much is covered, in one sentence."""
    if not board.expected:
        return f"收到{len(board.submissions)}个文件，里面没有下发的模板。"
    missing = f"未采用：{'、'.join(board.missing)}。" if board.missing else "全部到齐。"
    return (
        f"编号{board.issue or '—'}：下发{len(board.expected)}组，收到{len(board.submissions)}个文件，采用{len(board.taken)}组，"
        f"覆盖率{board.coverage:.1%}。{missing}汇总只含采用的各组，没有重复计算。"
    )


def counted(findings: Sequence[Finding]) -> str:
    """How many findings of each level there are."""
    counts = {level: sum(finding.level is level for finding in findings) for level in Level}
    return "，".join(f"{level.value}{count}" for level, count in counts.items() if count) or "无"


def brief(findings: Sequence[Finding]) -> str:
    """The gravest kinds of findings in a few words, each by its first place."""
    kinds = _kinds(findings)
    told = [_placed(same[0]) + (f"（同类{len(same)}处）" if len(same) > 1 else "") for same in kinds[:_SHOWN]]
    return "".join(told) + (f"……共{len(kinds)}类" if len(kinds) > _SHOWN else "")


def _placed(finding: Finding) -> str:
    where = f"{finding.sheet}!{finding.cell}：" if finding.cell else ""
    return where + finding.message


def _notes(board: Board) -> SheetSpec:
    """A note for each file with something to correct, ready to be sent on."""
    layout = Layout((12, 10, 34, 90))
    layout.line("退回说明（可逐条复制，用微信发给主管）", "title", 30)
    layout.line("只列要主管改正或知道的；已经自动处理、不影响汇总的不列。", "note")
    layout.gap()
    layout.row([(head, "head") for head in ("组别", "状态", "文件", "说明")])
    for each in board.submissions:
        if text := note_of(each):
            layout.row([*_named(each), (text, "text")])
    return layout.spec(NOTES_SHEET, freeze=(4, 0), repeat_rows=(4, 4), tab_color="#C00000")


def note_of(each: Submission) -> str:
    """What to tell the supervisor: what is wrong, in which cell, how to correct it; empty where there is nothing to tell."""
    told = [finding for finding in each.findings if finding.level is not Level.NOTE]
    if not told or each.state is State.SUPERSEDED:
        return ""
    lines = [f"{number}. {line}" for number, line in enumerate(_gathered(told), start=1)]
    opening = "下面几处要改，改好后请把整个文件再发一次：" if each.state is not State.TAKEN else "已经汇总，下面几处请核对："
    return "\n".join([f"{each.returned.filled_by or each.group or '您好'}，您交的《{each.returned.path.name}》{opening}", *lines])


def _gathered(findings: Sequence[Finding]) -> list[str]:
    """A line a kind of finding, the gravest first: a few places with what is wrong there, how many more, what to do."""
    return [
        "".join(map(_placed, same[:_SHOWN])) + (f"……同类共{len(same)}处。" if len(same) > _SHOWN else "") + same[0].remedy
        for same in _kinds(findings)
    ]


def _kinds(findings: Sequence[Finding]) -> list[list[Finding]]:
    """Findings of one code together, the gravest first."""
    kinds: dict[str, list[Finding]] = {}
    for finding in sorted(findings, key=lambda finding: _GRAVITY.index(finding.level)):
        kinds.setdefault(finding.code, []).append(finding)
    return list(kinds.values())
