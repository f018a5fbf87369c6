"""All that is ambiguous in a workbook, as numbered questions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from zuxun_xl.book.answers import SEPARATOR, Kind
from zuxun_xl.book.candidate import Candidate
from zuxun_xl.book.gather import rivals
from zuxun_xl.cells import address
from zuxun_xl.forms.table import Table
from zuxun_xl.tasks.adopting.headings import heading_questions, missing_questions
from zuxun_xl.tasks.adopting.magnitude import unit_questions
from zuxun_xl.tasks.adopting.question import Option, Question

if TYPE_CHECKING:
    from zuxun_xl.tasks.ledger import Ledger


def questions(ledger: Ledger) -> list[Question]:
    """The open questions of a workbook, one a column or form, in a lasting order."""
    found: dict[str, Question] = {}
    for form, places in ledger.places.items():
        for question in _of_form(ledger, form, places):
            found.setdefault(question.label, question)
    return [replace(question, id=f"Q{number}") for number, question in enumerate(found.values(), start=1)]


def _of_form(ledger: Ledger, form: str, places: Sequence[Candidate]) -> Iterator[Question]:
    table = ledger.readable.get(form)
    if table is None:
        yield from missing_questions(ledger.grids[places[0].sheet], places[0])
        return
    if not ledger.decisions.sheets(form):
        yield from _sheet_question(ledger, table, places)
    for part in table.whole:
        place = next(each for each in places if (each.sheet, each.header) == (part.sheet, part.header))
        yield from heading_questions(ledger.grids[part.sheet], part, place)
        yield from unit_questions(part, place)


def _sheet_question(ledger: Ledger, table: Table, places: Sequence[Candidate]) -> Iterator[Question]:
    """Sheets that look as much like a form as the one in use, and hold something else."""
    others = rivals(table, places, ledger.read_place)
    if others:
        used = SEPARATOR.join(dict.fromkeys(part.sheet for part in table.whole))
        rows = sum(len(part) for part in table.whole)
        words = "、".join(f"“{other.sheet}”" for other in others)
        yield Question(
            Kind.SHEET, table.form.key, "", table.sheet, address(table.header, min(table.columns.values())),
            f"“{used}”和{words}都像是{table.form.key}，内容不同。用哪一张？",
            (Option(used, (f"{rows}行",)), *(Option(other.sheet, (f"{len(other)}行",)) for other in others)), used,
        )
