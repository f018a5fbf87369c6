"""Findings about what is ambiguous in a workbook, and about answers that cannot be taken."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING

from zuxun_xl.book.answers import Decision, Kind
from zuxun_xl.book.heads import headings_at
from zuxun_xl.book.mapping import Unusable
from zuxun_xl.findings import Finding, Level, Rule
from zuxun_xl.tasks.adopting.questions import questions

if TYPE_CHECKING:
    from zuxun_xl.tasks.ledger import Ledger

AMBIGUOUS = Rule(
    "T120", Level.WARNING, "表和列认得准", "{text}（{options}）{meanwhile}。",
    "运行 zuxun adopt，用 --answer {id}=号码 回答并用 -o 存下，或在“映射”表里选定。",
)
UNUSABLE = Rule("T121", Level.WARNING, "映射里的答案可用", "答案“{label}”没有采用：{reason}。", "改正“映射”表里的这一格，或清空它。")

RULES = (AMBIGUOUS, UNUSABLE)


def doubts(ledger: Ledger) -> Iterator[Finding]:
    """Open questions and answers without effect."""
    for question in questions(ledger):
        options = "、".join(f"{number}.{option.value}" for number, option in enumerate(question.options, start=1))
        yield AMBIGUOUS.at(
            question.sheet, question.cell, text=question.text, options=options, meanwhile=question.meanwhile, id=question.id
        )
    for item in unusable(ledger):
        yield UNUSABLE.at(item.sheet, item.cell, label=item.label, reason=item.reason)


def unusable(ledger: Ledger) -> Iterator[Unusable]:
    """Answers that are wrong in themselves or fit nothing in the workbook; those of the command line have no place."""
    yield from ledger.remembered[1]
    for decision in ledger.decisions.decisions:
        reason = _without_effect(ledger, decision)
        if reason:
            yield Unusable(*decision.source, f"{decision.label}={decision.value}", reason)


def _without_effect(ledger: Ledger, decision: Decision) -> str:
    """Why a decision changes nothing; empty if it is in force."""
    places = [place for place in ledger.places.get(decision.form, ()) if decision.sheet in ("", place.sheet)]
    if decision.kind is Kind.SHEET:
        wanted = ledger.decisions.sheets(decision.form)
        if not set(wanted) & set(ledger.book.sheet_names):
            return f"工作簿里没有工作表“{decision.value}”"
        return "" if any(place.sheet in wanted for place in places) else f"“{decision.value}”里没有认出{decision.form}"
    if not places:
        return f"没有认出{decision.form}" + (f"（工作表“{decision.sheet}”）" if decision.sheet else "")
    if decision.kind is Kind.UNIT:
        return "" if any(decision.key in place.columns for place in places) else f"没有认出{decision.key}这一列"
    if any(decision.key in place.decided for place in places):
        return ""
    rows = [headings_at(ledger.grids[place.sheet], place.header) for place in places if not place.cells]
    headings = dict.fromkeys(chain.from_iterable(row.values() for row in rows))
    return f"表头里没有“{decision.value}”（有：{'、'.join(headings)}）"
