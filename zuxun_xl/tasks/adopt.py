"""The task ``adopt``: what was recognised in a workbook and how surely, what is ambiguous, and the sheet 映射 that remembers answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from zuxun_xl.book.answers import Answers, Decision, UnknownTargetError, stated, without_contradictions
from zuxun_xl.book.changes import ChangeSet
from zuxun_xl.book.layout import already_there
from zuxun_xl.book.mapping import Unusable, contradiction
from zuxun_xl.errors import CallError, MissingTableError
from zuxun_xl.tasks.adopting.doubts import unusable
from zuxun_xl.tasks.adopting.formulas import OwnFormulas, own_formulas
from zuxun_xl.tasks.adopting.question import Question, chosen
from zuxun_xl.tasks.adopting.questions import questions
from zuxun_xl.tasks.adopting.report import Report, report
from zuxun_xl.tasks.adopting.sheet import mapping_sheet
from zuxun_xl.tasks.ledger import Ledger


@dataclass(frozen=True)
class Adoption:
    """What is known of a workbook.

    Attributes:
        report: what was recognised.
        questions: what is ambiguous.
        decisions: answers in force, of the workbook and of the call.
        unusable: answers in the workbook that could not be taken.
        formulas: the user's own formulas in the forms, and those whose values differ from ours.
        changes: the sheet 映射.
    """

    report: Report
    questions: Sequence[Question]
    decisions: Answers
    unusable: Sequence[Unusable]
    formulas: Sequence[OwnFormulas]
    changes: ChangeSet

    def as_dict(self) -> dict[str, Any]:
        """The JSON object of the command line."""
        return {
            **self.report.as_dict(),
            "questions": [question.as_dict() for question in self.questions],
            "decisions": [{"target": each.label, "value": each.value} for each in self.decisions.decisions],
            "unusable": [{"sheet": u.sheet, "cell": u.cell, "answer": u.label, "reason": u.reason} for u in self.unusable],
            "formulas": [each.as_dict() for each in self.formulas],
        }


def adopt(ledger: Ledger) -> Adoption:
    """Everything about the recognition of a workbook; raises ``CallError`` for an answer of the call that fits nothing in it."""
    asked, recognised = questions(ledger), report(ledger)
    without_effect = list(unusable(ledger))
    wrong = next((item for item in without_effect if not item.sheet), None)
    if wrong is not None:
        raise CallError(f"答案“{wrong.label}”用不上：{wrong.reason}。", "不带答案再运行一次 zuxun adopt，照里面的写法写。")
    spec = mapping_sheet(ledger, recognised, asked)
    changes = ChangeSet() if already_there(ledger.grids.get(spec.name), spec) else ChangeSet(sheets=(spec,))
    return Adoption(recognised, asked, ledger.decisions, without_effect, _formulas(ledger), changes)


def _formulas(ledger: Ledger) -> Sequence[OwnFormulas]:
    """The user's own formulas compared with our figures, where there are records to compute figures from."""
    try:
        return own_formulas(ledger)
    except MissingTableError:
        return ()


def given(ledger: Ledger, answers: Sequence[str], settings: Sequence[str]) -> Answers:
    """The decisions of a call: ``Q1=2`` and ``保单明细.首年保费=规模保费``.

    Raises:
        CallError: one that is no such answer, or two that contradict each other.
    """
    asked = questions(ledger) if answers else ()
    taken, pairs = without_contradictions([*(chosen(asked, answer) for answer in answers), *map(_set, settings)])
    if pairs:
        item = contradiction(*pairs[0])
        raise CallError(f"答案“{item.label}”：{item.reason}。", "只留一个。")
    return taken


def _set(text: str) -> Decision:
    target, equals, value = text.replace("＝", "=").partition("=")
    if not equals or not value.strip():
        raise CallError(f"看不懂“{text}”。", "写成 --set 保单明细.首年保费=规模保费 这样的形式。")
    try:
        return stated(target, value)
    except UnknownTargetError as error:
        raise CallError(f"{error}。", "写成 --set 保单明细.首年保费=规模保费 这样的形式。") from None
