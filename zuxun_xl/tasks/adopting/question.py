"""A question about something ambiguous in a workbook, its possible answers, and the decision that an answer makes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from zuxun_xl.book.answers import Decision, Kind
from zuxun_xl.book.grid import Grid
from zuxun_xl.errors import CallError

_SAMPLES = 3
_LONGEST = 16


@dataclass(frozen=True, slots=True)
class Option:
    """A possible answer and what it means: first values of the column, rows of the sheet, an amount in the unit."""

    value: str
    samples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """Something ambiguous.

    Attributes:
        kind: what is asked for.
        form, key: the form and its column; no column where its sheet is asked for.
        sheet, cell: where it stands.
        text: the question, one Chinese sentence.
        options: the possible answers.
        taken: what is taken meanwhile; empty if nothing is, and then the table is not used.
        id: Q1, Q2, …, by which the command line answers.
    """

    kind: Kind
    form: str
    key: str
    sheet: str
    cell: str
    text: str
    options: tuple[Option, ...]
    taken: str = ""
    id: str = ""

    @property
    def label(self) -> str:
        """What it is about, as the command line writes it."""
        return Decision(self.kind, self.form, self.key, "").label

    @property
    def meanwhile(self) -> str:
        """What happens until it is answered."""
        return f"暂按“{self.taken}”" if self.taken else "回答之前不采用"

    def as_dict(self) -> dict[str, Any]:
        """The JSON object of the command line."""
        options = [{"answer": n, "value": o.value, "samples": list(o.samples)} for n, o in enumerate(self.options, start=1)]
        return {
            "id": self.id, "kind": self.kind.value, "target": self.label, "sheet": self.sheet, "cell": self.cell, "question": self.text,
            "options": options, "taken": self.taken or None,
        }


def chosen(questions: Iterable[Question], answer: str) -> Decision:
    """The decision that an answer such as ``Q1=2`` makes; raises ``CallError`` where there is no such question or answer."""
    by_id = {question.id: question for question in questions}
    name, _, number = answer.replace("＝", "=").partition("=")
    question = by_id.get(name.strip().upper())
    if question is None:
        known = "、".join(by_id) or "没有"
        raise CallError(f"没有问题“{name.strip()}”（现有：{known}）。", "不带 --answer 再运行一次 zuxun adopt，看现在的问题。")
    options = {str(place): option for place, option in enumerate(question.options, start=1)}
    if number.strip() not in options:
        known = f"1—{len(options)}"
        raise CallError(f"{question.id}没有第“{number.strip()}”个答案（有：{known}）。", f"写成 --answer {question.id}=1 这样的形式。")
    return Decision(question.kind, question.form, question.key, options[number.strip()].value)


def samples(grid: Grid, rows: Iterable[int], column: int) -> tuple[str, ...]:
    """The first different values of a column, as texts."""
    held = dict.fromkeys(text_of_cell(value) for row in rows if (value := grid.value(row, column)) is not None)
    return tuple(list(held)[:_SAMPLES])


def text_of_cell(value: object) -> str:
    """A value as a cell shows it, cut to a glance."""
    text = f"{value:.10g}" if isinstance(value, float) else str(value)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
